/* nn-time-reader-every.c - parses repeated times, and the range of steps in which they repeat
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-time-reader.h"
#include "nn/nudge/nn-time-words.h"

/* ---- "from 10 to 20" --------------------------------------------------------------- */

/* After epochs and examples, a bare number would be ambiguous: it may count those. */
static gboolean
read_bound (const NnTime *self, NnTokens *tokens, guint64 *bound)
{
  const gboolean said = nn_time_accept (tokens, NN_TIME_STEP " n");

  return (said || self->when == NN_WHEN_EVERY_STEPS) &&
         nn_time_accept_number (tokens, bound);
}

static gboolean
accept_start (NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  nn_time_accept (&ahead, "the");
  if (!nn_time_accept (&ahead, "start beginning now"))
    return FALSE;
  *tokens = ahead;
  return TRUE;
}

static gboolean
accept_the_end (NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  nn_time_accept (&ahead, "the");
  if (!nn_time_accept (&ahead, "end"))
    return FALSE;
  *tokens = ahead;
  return TRUE;
}

/* "from 10", "from step 10 on", "from the start". "starting at 5" may mean that steps are
 * counted from there, 5, 15 …: it is accepted only if that is the same as 10, 20 … */
static gboolean
read_first (NnTime *self, NnTokens *tokens)
{
  const gboolean starting = nn_time_accept (tokens, "starting beginning");

  if (starting)
    nn_time_accept (tokens, "at from with in");
  else if (!nn_time_accept (tokens, "from since between"))
    return TRUE;
  if (!accept_start (tokens) && !read_bound (self, tokens, &self->from))
    return FALSE;
  nn_time_accept (tokens, "on onward onwards");
  return !starting || self->from % self->interval == 0;
}

/* "to 20", "-20", "until the end", "before step 21" */
static gboolean
read_last (NnTime *self, NnTokens *tokens)
{
  const NnToken next = nn_tokens_peek (tokens);
  const gboolean before =
      nn_time_is_word (&tokens->token, "before") &&
      (nn_time_is_word (&next, NN_TIME_STEP " n") || next.kind == NN_TOKEN_NUMBER);

  if (self->from > 0 && nn_token_is (&tokens->token, '-'))
    nn_tokens_next (tokens);
  else if (before || nn_time_is_word (&tokens->token, "to until till through thru up") ||
           (self->from > 0 && nn_time_is_word (&tokens->token, "and")))
    nn_tokens_next (tokens);
  else
    return TRUE;
  nn_time_accept (tokens, "to");
  if (!before && accept_the_end (tokens))
    return TRUE;
  if (!read_bound (self, tokens, &self->to))
    return FALSE;
  self->to -= before && self->to > 0;
  return self->to >= MAX (self->from, 1);
}

/* "for the first 10 steps", "first 10 steps" */
static gboolean
read_length (NnTime *self, NnTokens *tokens)
{
  guint64 n;

  if (!nn_time_is_word (&tokens->token, "for during over in first"))
    return TRUE;
  nn_time_accept (tokens, "for during over in");
  nn_time_accept (tokens, "the");
  nn_time_accept (tokens, "first");
  if (!nn_time_accept_count (tokens, &n) || !nn_time_accept (tokens, NN_TIME_STEP) ||
      n == 0 || self->to > 0 || self->when != NN_WHEN_EVERY_STEPS)
    return FALSE;
  return g_uint64_checked_add (&self->to, n, MAX (self->from, 1) - 1);
}

/**
 * nn_time_read_range:
 *
 * @self: (inout): gets from and to
 *
 * Reads "from step 10 on", "from 10 to 20", "to 20", "for the first 10 steps",
 * or nothing.
 */
gboolean
nn_time_read_range (NnTime *self, NnTokens *tokens)
{
  return read_first (self, tokens) && read_last (self, tokens) &&
         read_length (self, tokens);
}

/* ---- "every 10 steps" -------------------------------------------------------------- */

/**
 * nn_time_read_every:
 * @self: (inout): initialised to every step
 * @tokens: (inout): after "every", or where it was left out
 * @said: whether there was an "every"
 */
gboolean
nn_time_read_every (NnTime *self, NnTokens *tokens, gboolean said)
{
  const gboolean counted = said && nn_time_accept_count (tokens, &self->interval);

  if (self->interval == 0)
    return FALSE;
  nn_time_accept (tokens, "training optimizer gradient weight mini");
  if (nn_time_accept (tokens, NN_TIME_EXAMPLE)) {
    self->when = NN_WHEN_EVERY_EXAMPLE;
    return self->interval == 1 && nn_time_read_range (self, tokens);
  }
  if (nn_time_accept (tokens, NN_TIME_EPOCH)) {
    self->when = NN_WHEN_EVERY_EPOCH;
    nn_time_accept (tokens, "end ends");
    return nn_time_read_range (self, tokens);
  }
  if (!nn_time_accept (tokens, NN_TIME_STEP) &&
      !(said && nn_time_accept (tokens, "time")) && !counted)
    return FALSE;
  return nn_time_read_range (self, tokens);
}

/* ---- "step % 10 == 0" -------------------------------------------------------------- */

static gboolean
read_remainder (NnTime *self, NnTokens *tokens, gboolean epochs)
{
  guint64 zero;

  if (!nn_time_accept_number (tokens, &self->interval) || self->interval == 0 ||
      !nn_time_accept_sign (tokens, NN_SIGN_EQUAL) ||
      !nn_time_accept_number (tokens, &zero) || zero != 0)
    return FALSE;
  if (epochs)
    self->when = NN_WHEN_EVERY_EPOCH;
  return TRUE;
}

/* "step >= 10" */
static gboolean
read_comparison (NnTime *self, NnTokens *tokens, guint sign)
{
  const gboolean strict = sign == '<' || sign == '>';
  guint64 bound;

  if (!nn_time_accept_number (tokens, &bound) || bound == 0)
    return FALSE;
  if (sign == '>' || sign == NN_SIGN_GREATER_EQUAL)
    self->from = bound + (strict && bound < G_MAXUINT64);
  else
    self->to = bound - strict;
  return self->from > 0 || self->to > 0;
}

static gboolean
read_one (NnTime *self, NnTokens *tokens)
{
  const gboolean epochs = nn_time_accept (tokens, NN_TIME_EPOCH);
  const guint sign =
      epochs || nn_time_accept (tokens, NN_TIME_STEP " n") ? tokens->token.sign : 0;

  if (tokens->token.kind != NN_TOKEN_SIGN)
    return FALSE;
  nn_tokens_next (tokens);
  switch (sign) {
  case '%':
    return read_remainder (self, tokens, epochs);
  case '=':
  case NN_SIGN_EQUAL:
    self->when = epochs ? NN_WHEN_AT_EPOCH : NN_WHEN_AT_STEP;
    return nn_time_accept_number (tokens, &self->interval) &&
           (!epochs || self->interval > 0);
  case '<':
  case '>':
  case NN_SIGN_LESS_EQUAL:
  case NN_SIGN_GREATER_EQUAL:
    return !epochs && read_comparison (self, tokens, sign);
  default:
    return FALSE;
  }
}

/**
 * nn_time_read_condition:
 * @self: (inout): initialised to every step
 * @tokens: (inout): at "step", "n" or "epoch" followed by an operator
 *
 * Reads a condition in Python: "step % 10 == 0 and step > 100".
 */
gboolean
nn_time_read_condition (NnTime *self, NnTokens *tokens)
{
  if (!read_one (self, tokens))
    return FALSE;
  while (!nn_time_names_some (self) &&
         (nn_time_accept (tokens, "and") || nn_time_accept_sign (tokens, NN_SIGN_AND)))
    if (!read_one (self, tokens) || nn_time_names_some (self))
      return FALSE;
  return self->to == 0 || self->to >= self->from;
}
