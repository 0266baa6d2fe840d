/* nn-time.c - WHEN a nudge is applied, as text
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-time.h"

#include "nn/base/nn-text.h"

#define EXPECTED                                                                         \
  "every step, every N steps, step N, steps A to B, every example, every epoch or at "   \
  "the start, perhaps with before backward, or by hand; N is a whole number from 1"

static gboolean
accept (NnTokens *tokens, const char *word)
{
  if (!nn_token_is_word (&tokens->token, word))
    return FALSE;
  nn_tokens_next (tokens);
  return TRUE;
}

static gboolean
accept_any (NnTokens *tokens, const char *const *words)
{
  for (; *words != NULL; words++)
    if (accept (tokens, *words))
      return TRUE;
  return FALSE;
}

static gboolean
accept_number (NnTokens *tokens, guint64 *number)
{
  g_autofree char *digits = nn_token_dup (&tokens->token);

  if (tokens->token.kind != NN_TOKEN_NUMBER ||
      !g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, number, NULL))
    return FALSE;
  nn_tokens_next (tokens);
  return TRUE;
}

static gboolean
accept_step (NnTokens *tokens)
{
  static const char *const words[] = { "step",      "steps",      "batch",
                                       "batches",   "update",     "updates",
                                       "iteration", "iterations", NULL };

  return accept_any (tokens, words);
}

/* "to step 20", "-20", "and 20" */
static gboolean
accept_end (NnTime *self, NnTokens *tokens)
{
  static const char *const words[] = { "to", "and", "until", "through", NULL };

  if (nn_token_is (&tokens->token, '-'))
    nn_tokens_next (tokens);
  else if (!accept_any (tokens, words))
    return FALSE;
  accept_step (tokens);
  return accept_number (tokens, &self->to) && self->to >= MAX (self->from, 1);
}

/* "from step 10 on", "from 10 to 20", "to 20"; nothing is every step. */
static gboolean
read_range (NnTime *self, NnTokens *tokens)
{
  const NnToken token = tokens->token;

  if (accept (tokens, "from") || accept (tokens, "between")) {
    accept_step (tokens);
    if (!accept_number (tokens, &self->from))
      return FALSE;
    if (accept (tokens, "on") || accept (tokens, "onwards"))
      return TRUE;
  }
  if (nn_token_is_word (&tokens->token, "to") ||
      nn_token_is_word (&tokens->token, "and") ||
      nn_token_is_word (&tokens->token, "until") ||
      (self->from > 0 && nn_token_is (&tokens->token, '-')))
    return accept_end (self, tokens);
  return self->from > 0 || token.start == tokens->token.start;
}

/* Behind every, or where that was left out. */
static gboolean
read_every (NnTime *self, NnTokens *tokens, gboolean said)
{
  self->when = NN_WHEN_EVERY_STEPS;
  if (accept (tokens, "example") || accept (tokens, "sample")) {
    self->when = NN_WHEN_EVERY_EXAMPLE;
    return TRUE;
  }
  if (accept (tokens, "epoch")) {
    self->when = NN_WHEN_EVERY_EPOCH;
    return TRUE;
  }
  if (said && accept_number (tokens, &self->interval)) {
    accept_step (tokens);
    return self->interval > 0 && read_range (self, tokens);
  }
  if (said && accept (tokens, "other"))
    self->interval = 2;
  return accept_step (tokens) && read_range (self, tokens);
}

/* "step 10", "after step 10", "steps 10 to 20" */
static gboolean
read_step (NnTime *self, NnTokens *tokens)
{
  if (!accept_step (tokens) || !accept_number (tokens, &self->interval))
    return FALSE;
  self->when = NN_WHEN_AT_STEP;
  if (!nn_token_is (&tokens->token, '-') && !nn_token_is_word (&tokens->token, "to"))
    return TRUE;
  self->from = self->interval;
  self->interval = 1;
  self->when = NN_WHEN_EVERY_STEPS;
  return self->from > 0 && accept_end (self, tokens);
}

static gboolean
read_start (NnTime *self, NnTokens *tokens)
{
  accept (tokens, "the");
  self->when = NN_WHEN_AT_STEP;
  self->interval = 0;
  return accept (tokens, "start") || accept (tokens, "beginning");
}

static gboolean
read_words (NnTime *self, NnTokens *tokens)
{
  const NnToken next = nn_tokens_peek (tokens);

  if (accept (tokens, "by")) {
    self->when = NN_WHEN_MANUAL;
    return accept (tokens, "hand");
  }
  if (accept (tokens, "every") || accept (tokens, "each"))
    return read_every (self, tokens, TRUE);
  accept (tokens, "once");
  if (nn_token_is_word (&tokens->token, "start"))
    return read_start (self, tokens);
  if (accept (tokens, "at")) {
    if (nn_token_is_word (&tokens->token, "the") ||
        nn_token_is_word (&tokens->token, "start"))
      return read_start (self, tokens);
    return read_step (self, tokens);
  }
  if (accept (tokens, "after") || accept (tokens, "on"))
    return read_step (self, tokens);
  if (nn_token_is_word (&tokens->token, "from") ||
      nn_token_is_word (&tokens->token, "until") ||
      nn_token_is_word (&tokens->token, "between"))
    return read_range (self, tokens);
  if (nn_token_is_word (&tokens->token, "before"))
    return TRUE;
  return next.kind == NN_TOKEN_NUMBER ? read_step (self, tokens)
                                      : read_every (self, tokens, FALSE);
}

static gboolean
read_before_backward (NnTime *self, NnTokens *tokens)
{
  if (!accept (tokens, "before"))
    return TRUE;
  accept (tokens, "the");
  if (!accept (tokens, "backward") || self->when == NN_WHEN_MANUAL ||
      (self->when == NN_WHEN_AT_STEP && self->interval == 0))
    return FALSE;
  accept (tokens, "pass");
  self->before_backward = TRUE;
  return TRUE;
}

/* Another part of the nudge, or its end. */
static gboolean
is_end (const NnTokens *tokens)
{
  const NnToken next = nn_tokens_peek (tokens);

  return tokens->token.kind == NN_TOKEN_END || nn_token_is (&tokens->token, '@') ||
         nn_token_is (&tokens->token, ';') ||
         (tokens->token.kind == NN_TOKEN_NAME && nn_token_is (&next, '='));
}

/* Says what was found: all words up to the end of this part. */
static gboolean
fail (NnTokens *tokens, const char *start, NnFault *fault)
{
  g_autofree char *phrase = NULL;
  g_autofree char *found = NULL;

  while (!is_end (tokens))
    nn_tokens_next (tokens);
  if (g_ascii_isdigit (*start))
    nn_fault_fix (fault, start, start, "step ");
  nn_fault_fix (fault, start, tokens->token.start, "every step ");
  phrase = g_strchomp (g_strndup (start, (gsize) (tokens->token.start - start)));
  found = *phrase == '\0' ? nn_text_dup_found (start) : nn_text_dup_quoted (phrase);
  return nn_fault_set (fault, NN_ERROR_SYNTAX, start, "found %s, expected " EXPECTED,
                       found);
}

/**
 * nn_time_read:
 * @tokens: behind the '@'; then behind the time
 */
gboolean
nn_time_read (NnTime *self, NnTokens *tokens, NnFault *fault)
{
  const char *start = tokens->token.start;

  *self = (NnTime){ .when = NN_WHEN_EVERY_STEPS, .interval = 1 };
  if (is_end (tokens))
    nn_fault_fix (fault, start, start, " every step ");
  if (is_end (tokens) || !read_words (self, tokens) ||
      !read_before_backward (self, tokens) || !is_end (tokens))
    return fail (tokens, start, fault);
  return TRUE;
}

static void
append_steps (const NnTime *self, GString *text)
{
  if (self->interval > 1)
    g_string_append_printf (text, "every %" G_GUINT64_FORMAT " steps", self->interval);
  else
    g_string_append (text, "every step");
  if (self->from > 0)
    g_string_append_printf (text, " from %" G_GUINT64_FORMAT, self->from);
  if (self->to > 0)
    g_string_append_printf (text, " to %" G_GUINT64_FORMAT, self->to);
}

/**
 * nn_time_append_text:
 *
 * Appends " @ every 10 steps", or nothing for every step.
 */
void
nn_time_append_text (const NnTime *self, GString *text)
{
  if (self->when == NN_WHEN_EVERY_STEPS && self->interval == 1 && self->from == 0 &&
      self->to == 0 && !self->before_backward)
    return;
  g_string_append (text, " @ ");
  if (self->when == NN_WHEN_MANUAL)
    g_string_append (text, "by hand");
  else if (self->when == NN_WHEN_AT_STEP && self->interval == 0)
    g_string_append (text, "at the start");
  else if (self->when == NN_WHEN_AT_STEP)
    g_string_append_printf (text, "step %" G_GUINT64_FORMAT, self->interval);
  else if (self->when == NN_WHEN_EVERY_EPOCH)
    g_string_append (text, "every epoch");
  else if (self->when == NN_WHEN_EVERY_EXAMPLE)
    g_string_append (text, "every example");
  else
    append_steps (self, text);
  if (self->before_backward)
    g_string_append (text, " before backward");
}
