/* nn-time-reader-named.c - parses lists of steps and epochs: step 10, 20
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/nudge/nn-time-reader.h"
#include "nn/nudge/nn-time-words.h"

/* A sorted set of numbers. */
typedef struct {
  guint n;
  guint64 values[NN_STEPS_MOST];
} Named;

static gboolean
add (Named *self, guint64 number)
{
  guint k = self->n;

  while (k > 0 && self->values[k - 1] > number)
    k--;
  if (k > 0 && self->values[k - 1] == number)
    return TRUE;
  if (self->n == NN_STEPS_MOST)
    return FALSE;
  memmove (self->values + k + 1, self->values + k, (self->n - k) * sizeof *self->values);
  self->values[k] = number;
  self->n++;
  return TRUE;
}

/* @last: at least @first */
static gboolean
add_all (Named *self, guint64 first, guint64 last)
{
  if (last - first >= NN_STEPS_MOST)
    return FALSE;
  for (guint64 number = first; number < last; number++)
    if (!add (self, number))
      return FALSE;
  return add (self, last);
}

/* Stores the numbers. FALSE for epoch 0, which does not exist. */
static gboolean
take (NnTime *self, const Named *named, gboolean epochs)
{
  self->when = epochs ? NN_WHEN_AT_EPOCH : NN_WHEN_AT_STEP;
  self->interval = named->values[0];
  self->also.n = named->n - 1;
  memcpy (self->also.values, named->values + 1, (named->n - 1) * sizeof *named->values);
  return !epochs || self->interval > 0;
}

static gboolean
fail_many (const char *at, gboolean epochs, NnFault *fault)
{
  return nn_fault_set (
      fault, NN_ERROR_SYNTAX, at,
      _ ("more than %d %s are named: name up to %d, or write every N %s"), NN_STEPS_MOST,
      epochs ? "epochs" : "steps", NN_STEPS_MOST, epochs ? "epochs" : "steps");
}

/* For "10:20", in which Python's end is exclusive. */
static gboolean
suggest_slice (const NnTokens *tokens, NnFault *fault)
{
  NnTokens ahead = *tokens;
  const char *start = ahead.token.start;
  guint64 end;

  nn_tokens_next (&ahead);
  if (nn_time_accept_number (&ahead, &end) && end > 0)
    nn_fault_fix (fault, start, ahead.token.start, "-%" G_GUINT64_FORMAT " ", end - 1);
  return FALSE;
}

/* Accepts "-20" or "to 20", after @first. */
static gboolean
accept_last (NnTokens *tokens, guint64 first, guint64 *last, NnFault *fault)
{
  const NnToken token = tokens->token;
  const char *start = token.start;

  *last = first;
  if (nn_token_is (&token, ':'))
    return suggest_slice (tokens, fault);
  if (!nn_time_accept_sign (tokens, '-') &&
      !nn_time_accept (tokens, "to until till through thru"))
    return TRUE;
  nn_time_accept (tokens, NN_TIME_STEP " " NN_TIME_EPOCH);
  if (!nn_time_accept_number (tokens, last))
    return FALSE;
  if (*last >= first)
    return TRUE;
  while (start > fault->text &&
         (g_ascii_isspace (start[-1]) || g_ascii_isdigit (start[-1])))
    start--;
  nn_fault_fix (fault, start, tokens->token.start,
                " %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " ", *last, first);
  return FALSE;
}

/* ", 20", "and 20", ", and step 20": up to the number, if there is one */
static gboolean
accept_separator (NnTokens *tokens)
{
  NnTokens ahead = *tokens;
  gboolean separated = nn_time_accept_sign (&ahead, ',');

  separated |= nn_time_accept_sign (&ahead, '&') || nn_time_accept (&ahead, "and or");
  nn_time_accept (&ahead, "at after");
  nn_time_accept (&ahead, NN_TIME_STEP " " NN_TIME_EPOCH);
  if (!separated || ahead.token.kind != NN_TOKEN_NUMBER)
    return FALSE;
  *tokens = ahead;
  return TRUE;
}

/* Refuses "1,000", which may be one number, and "100,200", which may be two.
 * @before: the digits before the comma, which is the present token */
static gboolean
check_group (const NnToken *before, const NnTokens *tokens, NnFault *fault)
{
  const NnToken next = nn_tokens_peek (tokens);
  const gsize length = (gsize) (next.end - next.start);

  if (!nn_token_is (&tokens->token, ',') || tokens->token.spaced || next.spaced ||
      next.kind != NN_TOKEN_NUMBER || length != 3 || before->end - before->start > 3)
    return TRUE;
  if (*next.start == '0')
    nn_fault_fix (fault, tokens->token.start, tokens->token.end, "%s", "");
  nn_fault_fix (fault, tokens->token.start, tokens->token.end, ", ");
  return nn_fault_set (fault, NN_ERROR_SYNTAX, before->start,
                       _ ("this may be one number or two: write one without a comma, and "
                          "two with a space behind it"));
}

/* "10", or "10-20" */
static gboolean
read_item (NnTokens *tokens, guint64 *first, guint64 *last, NnFault *fault)
{
  const NnToken token = tokens->token;

  return nn_time_accept_number (tokens, first) &&
         accept_last (tokens, *first, last, fault) && check_group (&token, tokens, fault);
}

static gboolean
has_another (const NnTokens *tokens)
{
  NnTokens ahead = *tokens;

  return accept_separator (&ahead);
}

static gboolean
read_items (NnTime *self, NnTokens *tokens, gboolean epochs, NnFault *fault)
{
  Named named = { 0 };

  do {
    const char *at = tokens->token.start;
    guint64 first, last;

    if (!read_item (tokens, &first, &last, fault))
      return FALSE;
    if (!epochs && first > 0 && last > first && named.n == 0 && !has_another (tokens)) {
      self->from = first;
      self->to = last;
      return TRUE;
    }
    if (!add_all (&named, first, last))
      return fail_many (at, epochs, fault);
  } while (accept_separator (tokens));
  return take (self, &named, epochs);
}

/* "range(10, 20)", as Python has it, up to the ')' */
static gboolean
read_python_range (NnTime *self, NnTokens *tokens, gboolean epochs, NnFault *fault)
{
  const char *at = tokens->token.start;
  guint64 numbers[3] = { 0, 0, 1 };
  Named named = { 0 };
  guint n = 0;

  do {
    if (n == G_N_ELEMENTS (numbers) || !nn_time_accept_number (tokens, &numbers[n++]))
      return FALSE;
  } while (nn_time_accept_sign (tokens, ','));
  if (n == 1) {
    numbers[1] = numbers[0];
    numbers[0] = 0;
  }
  if (numbers[1] <= numbers[0] || numbers[2] == 0)
    return FALSE;
  if (numbers[2] == 1 && !epochs && numbers[0] > 0) {
    self->from = numbers[0];
    self->to = numbers[1] - 1;
    return TRUE;
  }
  for (guint64 k = numbers[0]; k < numbers[1]; k += MIN (numbers[2], numbers[1] - k))
    if (!add (&named, k))
      return fail_many (at, epochs, fault);
  return take (self, &named, epochs);
}

/**
 * nn_time_read_named:
 * @self: (inout): initialised to every step
 * @tokens: (inout): after "step" or "epoch"; then after the numbers
 *
 * Reads "10", "10, 20 and 30", "[10, 20]" or "1-3, 10". A single range of steps is every
 * step from its start to its end.
 *
 * Returns: FALSE, perhaps with @fault set, if there are no numbers
 */
gboolean
nn_time_read_named (NnTime *self, NnTokens *tokens, gboolean epochs, NnFault *fault)
{
  gboolean python;
  guint close = 0;

  nn_time_accept (tokens, "in");
  python = nn_time_accept (tokens, "range");
  if (nn_time_accept_sign (tokens, '('))
    close = ')';
  else if (!python && nn_time_accept_sign (tokens, '['))
    close = ']';
  return (python ? close != 0 && read_python_range (self, tokens, epochs, fault)
                 : read_items (self, tokens, epochs, fault)) &&
         (close == 0 || nn_time_accept_sign (tokens, close));
}
