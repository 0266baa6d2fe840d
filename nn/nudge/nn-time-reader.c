/* nn-time-reader.c - the parser of times: when a nudge is applied
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-time-reader.h"

#include <glib/gi18n.h>

#include "nn/base/nn-text.h"
#include "nn/nudge/nn-time-words.h"

#define EXPECTED                                                                         \
  N_ ("every step, every N steps, every epoch, every N epochs, every example, step N, "  \
      "step A, B, epoch N, at the start or by hand, perhaps with from A to B or before " \
      "backward; N is a whole number from 1")

static const NnTime every_step = { .when = NN_WHEN_EVERY_STEPS, .interval = 1 };

/* ---- names of a library's callbacks ------------------------------------------------ */

static gboolean
accept_callback (NnTime *self, NnTokens *tokens)
{
  if (nn_time_accept (tokens, "on_epoch_end on_train_epoch_end epoch_end")) {
    self->when = NN_WHEN_EVERY_EPOCH;
    return TRUE;
  }
  if (nn_time_accept (tokens, "on_train_start on_train_begin on_fit_start")) {
    self->when = NN_WHEN_AT_STEP;
    self->interval = 0;
    return TRUE;
  }
  return nn_time_accept (tokens, "on_step_end on_batch_end on_train_batch_end step_end "
                                 "batch_end always constantly continuously");
}

/* ---- once -------------------------------------------------------------------------- */

static gboolean
accept_start (NnTime *self, NnTokens *tokens)
{
  NnTokens ahead = *tokens;
  gboolean start;

  nn_time_accept (&ahead, "the");
  start = nn_time_accept (&ahead, "start beginning begin init initialization "
                                  "initialisation initially") ||
          (nn_time_is_word (&tokens->token, "before") &&
           nn_time_accept (&ahead, "before") && nn_time_accept (&ahead, "training"));
  if (!start)
    return FALSE;
  if (nn_time_accept (&ahead, "of"))
    nn_time_accept (&ahead, "training");
  *tokens = ahead;
  self->when = NN_WHEN_AT_STEP;
  self->interval = 0;
  return TRUE;
}

/* "the end of each epoch": up to the epoch */
static void
accept_end_of (NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  nn_time_accept (&ahead, "the");
  if (nn_time_accept (&ahead, "end") && nn_time_accept (&ahead, "of")) {
    nn_time_accept (&ahead, "the an");
    *tokens = ahead;
  }
}

/* "step 10", "10th step", "epoch 3", and "step" and "epoch" alone */
static gboolean
read_numbered (NnTime *self, NnTokens *tokens, NnFault *fault)
{
  const gboolean ordinal = nn_time_accept_ordinal (tokens, &self->interval);
  const gboolean epochs = nn_time_is_word (&tokens->token, NN_TIME_EPOCH);
  const NnToken next = nn_tokens_peek (tokens);

  if (nn_time_is_word (&tokens->token, "range"))
    return nn_time_read_named (self, tokens, FALSE, fault);
  if (ordinal) {
    self->when = epochs ? NN_WHEN_AT_EPOCH : NN_WHEN_AT_STEP;
    return nn_time_accept (tokens, NN_TIME_STEP " " NN_TIME_EPOCH) &&
           (!epochs || self->interval > 0);
  }
  if (next.kind == NN_TOKEN_SIGN && !nn_token_is (&next, '[') &&
      !nn_token_is (&next, '(') && !nn_token_is (&next, ',') &&
      nn_time_is_word (&tokens->token, NN_TIME_STEP " n " NN_TIME_EPOCH))
    return nn_time_read_condition (self, tokens);
  if (!nn_time_is_word (&tokens->token, NN_TIME_STEP " n " NN_TIME_EPOCH) ||
      (next.kind != NN_TOKEN_NUMBER && !nn_token_is (&next, '[') &&
       !nn_token_is (&next, '(') && !nn_time_is_word (&next, "in")))
    return nn_time_read_every (self, tokens, FALSE);
  nn_tokens_next (tokens);
  return nn_time_read_named (self, tokens, epochs, fault);
}

/* ---- the whole time ---------------------------------------------------------------- */

/* "before backward", "after the forward pass", "between forward and backward" */
static gboolean
accept_before_backward (NnTokens *tokens)
{
  NnTokens ahead = *tokens;
  gboolean between = FALSE;

  if (!nn_time_accept_sign (&ahead, ','))
    nn_time_accept (&ahead, "and");
  nn_time_accept (&ahead, "right just");
  if (nn_time_accept (&ahead, "after")) {
    nn_time_accept (&ahead, "the");
    between = nn_time_accept (&ahead, "forward");
    nn_time_accept (&ahead, "pass");
  } else if (nn_time_accept (&ahead, "before between")) {
    nn_time_accept (&ahead, "the");
    if (nn_time_accept (&ahead, "forward") && !nn_time_accept (&ahead, "and"))
      return FALSE;
    nn_time_accept (&ahead, "the");
    if (nn_time_accept (&ahead, "loss") && !nn_time_accept_sign (&ahead, '.'))
      return FALSE;
    between = nn_time_accept (&ahead, "backward backwards backprop backpropagation");
    if (nn_time_accept_sign (&ahead, '('))
      nn_time_accept_sign (&ahead, ')');
    nn_time_accept (&ahead, "pass");
  }
  if (between)
    *tokens = ahead;
  return between;
}

/* Accepts "after the optimizer's step", which is the default. */
static gboolean
accept_after_optimizer (NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  nn_time_accept_sign (&ahead, ',');
  if (!nn_time_accept (&ahead, "after"))
    return FALSE;
  nn_time_accept (&ahead, "the");
  if (!nn_time_accept (&ahead, "optimizer optimiser"))
    return FALSE;
  nn_time_accept_sign (&ahead, '.');
  if (nn_time_accept (&ahead, "step update") && nn_time_accept_sign (&ahead, '('))
    nn_time_accept_sign (&ahead, ')');
  *tokens = ahead;
  return TRUE;
}

static gboolean
is_of_range (const NnToken *token)
{
  return nn_time_is_word (token, "from since between starting until till through up for "
                                 "during over first before to");
}

/* "at the end of", "once after", "when" and the like, up to what is counted. */
static void
skip_prepositions (NnTokens *tokens)
{
  nn_time_accept (tokens, "once only just");
  nn_time_accept (tokens, "at after on when if");
  accept_end_of (tokens);
}

static gboolean
read_words (NnTime *self, NnTokens *tokens, NnFault *fault)
{
  if (nn_time_accept (tokens, "manually manual")) {
    self->when = NN_WHEN_MANUAL;
    return TRUE;
  }
  if (nn_time_accept (tokens, "by")) {
    self->when = NN_WHEN_MANUAL;
    return nn_time_accept (tokens, "hand");
  }
  if (accept_callback (self, tokens))
    return TRUE;
  if (accept_before_backward (tokens)) {
    self->before_backward = TRUE;
    return TRUE;
  }
  if (accept_after_optimizer (tokens))
    return TRUE;
  skip_prepositions (tokens);
  if (accept_start (self, tokens))
    return TRUE;
  nn_time_accept (tokens, "the");
  if (nn_time_accept (tokens, NN_TIME_EVERY " a an all"))
    return nn_time_read_every (self, tokens, TRUE);
  if (is_of_range (&tokens->token))
    return nn_time_read_range (self, tokens);
  return read_numbered (self, tokens, fault);
}

static gboolean
read_before_backward (NnTime *self, NnTokens *tokens)
{
  if (!accept_before_backward (tokens)) {
    accept_after_optimizer (tokens);
    return TRUE;
  }
  self->before_backward = TRUE;
  return self->when != NN_WHEN_MANUAL &&
         (self->when != NN_WHEN_AT_STEP || self->interval > 0);
}

/* ---- errors ------------------------------------------------------------------------ */

/* Whether the time ends here: another part of the nudge follows, perhaps after
 * a comma. */
static gboolean
is_end (const NnTokens *tokens)
{
  NnTokens ahead = *tokens;
  NnToken next;

  if (ahead.token.kind == NN_TOKEN_END || nn_token_is (&ahead.token, '@') ||
      nn_token_is (&ahead.token, ';'))
    return TRUE;
  nn_time_accept_sign (&ahead, ',');
  next = nn_tokens_peek (&ahead);
  return nn_token_is (&next, '=') && (nn_token_is_word (&ahead.token, "a") ||
                                      nn_token_is_word (&ahead.token, "amount") ||
                                      nn_token_is_word (&ahead.token, "memory") ||
                                      nn_token_is_word (&ahead.token, "else"));
}

/* "after 10 steps" */
static void
suggest_step (const NnTokens *tokens, const NnToken *number, NnFault *fault)
{
  NnTokens ahead = *tokens;

  nn_tokens_next (&ahead);
  nn_tokens_next (&ahead);
  if (nn_time_is_word (&ahead.token, NN_TIME_STEP " " NN_TIME_EPOCH))
    nn_fault_fix (fault, tokens->token.start, ahead.token.end, "%s %.*s",
                  nn_time_is_word (&ahead.token, NN_TIME_EPOCH) ? "epoch" : "step",
                  (int) (number->end - number->start), number->start);
}

/* "1,000" */
static void
suggest_number (const NnTokens *tokens, NnFault *fault)
{
  const NnToken next = nn_tokens_peek (tokens);

  if (nn_token_is (&tokens->token, ',') && !tokens->token.spaced && !next.spaced &&
      next.kind == NN_TOKEN_NUMBER && next.end - next.start == 3)
    nn_fault_fix (fault, tokens->token.start, tokens->token.end, "%s", "");
}

/* Suggests what may be meant by a number, or by a word that is not a time. */
static void
suggest_phrase (NnTokens *tokens, NnFault *fault)
{
  const NnToken token = tokens->token;
  const NnToken next = nn_tokens_peek (tokens);

  if (is_end (tokens))
    nn_fault_fix (fault, token.start, token.start, " every step ");
  else if (nn_time_is_word (&token, NN_TIME_EVERY) &&
           (next.kind == NN_TOKEN_END || nn_token_is (&next, '@')))
    nn_fault_fix (fault, token.end, token.end, " step");
  else if (nn_time_is_word (&token, "never") ||
           (nn_time_is_word (&token, "on when") &&
            nn_time_is_word (&next, "click clicked press pressed demand apply applied")))
    nn_fault_fix (fault, token.start,
                  nn_time_is_word (&token, "never") ? token.end : next.end, "by hand");
  else if (nn_time_is_word (&token, "after") && next.kind == NN_TOKEN_NUMBER)
    suggest_step (tokens, &next, fault);
  else if (token.kind == NN_TOKEN_NUMBER &&
           nn_time_is_word (&next, NN_TIME_STEP " " NN_TIME_EPOCH))
    nn_fault_fix (fault, token.start, token.start, "every ");
  else if (token.kind == NN_TOKEN_NUMBER)
    nn_fault_fix (fault, token.start, token.start, "step ");
}

static gboolean
fail_now (const char *start, const NnToken *token, NnFault *fault)
{
  nn_fault_fix (fault, start, token->end, "at the start");
  return nn_fault_set (fault, NN_ERROR_SYNTAX, start,
                       _ ("a nudge that is to be applied at once has no time: write 'at "
                          "the start' for a run that begins, or 'by hand' and apply it"));
}

/* Sets the error, which quotes all words up to the end of this part of the nudge. */
static gboolean
fail (NnTokens *tokens, const char *start, NnFault *fault)
{
  const char *text = fault->text;
  g_autofree char *phrase = NULL;
  g_autofree char *found = NULL;

  nn_tokens_init (tokens, text, start);
  nn_time_accept (tokens, "right just");
  if (nn_time_is_word (&tokens->token, "now immediately instantly once"))
    return fail_now (start, &tokens->token, fault);
  nn_tokens_init (tokens, text, start);
  suggest_phrase (tokens, fault);
  for (; !is_end (tokens); nn_tokens_next (tokens)) {
    suggest_number (tokens, fault);
    nn_time_suggest_word (&tokens->token, fault);
  }
  phrase = g_strchomp (g_strndup (start, (gsize) (tokens->token.start - start)));
  found = *phrase == '\0' ? nn_text_dup_found (start) : nn_text_dup_quoted (phrase);
  return nn_fault_set (fault, NN_ERROR_SYNTAX, start, _ ("found %s, expected %s"), found,
                       _ (EXPECTED));
}

/**
 * nn_time_read:
 * @self: (out)
 * @tokens: (inout): after the '@'; then after the time
 *
 * Returns: FALSE, with @fault set, if it is not a time
 */
gboolean
nn_time_read (NnTime *self, NnTokens *tokens, NnFault *fault)
{
  const char *start = tokens->token.start;

  *self = every_step;
  if (is_end (tokens) || !read_words (self, tokens, fault) ||
      !read_before_backward (self, tokens) || !is_end (tokens))
    return fail (tokens, start, fault);
  return TRUE;
}

/**
 * nn_time_parse:
 * @self: (out)
 * @text: valid UTF-8: only a time
 *
 * Returns: FALSE if it is not a time (NN_ERROR_SYNTAX)
 */
gboolean
nn_time_parse (NnTime *self, const char *text, GError **error)
{
  g_auto (NnFault) fault = { .text = text };
  NnTokens tokens;

  nn_tokens_init (&tokens, text, text);
  if (nn_time_read (self, &tokens, &fault) && tokens.token.kind == NN_TOKEN_END)
    return TRUE;
  nn_fault_found (&fault, tokens.token.start, _ ("the end"));
  g_propagate_error (error, g_steal_pointer (&fault.error));
  return FALSE;
}
