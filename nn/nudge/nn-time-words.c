/* nn-time-words.c - the words and numbers of times, for their parser
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-time-words.h"

#include <math.h>
#include <string.h>

#include "nn/expression/nn-words.h"

/* 2^53: up to here every integer is exact as a double. */
#define LARGEST_EXACT 9007199254740992.0

static const struct {
  guint64 number;
  const char *words;
} counts[] = {
  { 1, "one single" },          { 2, "two second other" },
  { 3, "three third" },         { 4, "four fourth" },
  { 5, "five fifth" },          { 6, "six sixth" },
  { 7, "seven seventh" },       { 8, "eight eighth" },
  { 9, "nine ninth" },          { 10, "ten tenth" },
  { 20, "twenty twentieth" },   { 50, "fifty fiftieth" },
  { 100, "hundred hundredth" }, { 1000, "thousand thousandth" },
};

/**
 * nn_time_is_word:
 * @words: separated by spaces
 */
gboolean
nn_time_is_word (const NnToken *token, const char *words)
{
  g_autofree char *written = NULL;
  g_autofree char *word = NULL;

  if (token->kind != NN_TOKEN_NAME)
    return FALSE;
  written = nn_token_dup (token);
  word = g_ascii_strdown (written, -1);
  return nn_words_is_among (words, word);
}

gboolean
nn_time_accept (NnTokens *tokens, const char *words)
{
  if (!nn_time_is_word (&tokens->token, words))
    return FALSE;
  nn_tokens_next (tokens);
  return TRUE;
}

gboolean
nn_time_accept_sign (NnTokens *tokens, guint sign)
{
  if (!nn_token_is (&tokens->token, sign))
    return FALSE;
  nn_tokens_next (tokens);
  return TRUE;
}

/* "1e3" */
static gboolean
read_exponent (const char *digits, guint64 *number)
{
  const double value = g_ascii_strtod (digits, NULL);

  if (strpbrk (digits, "eE") == NULL || value > LARGEST_EXACT || floor (value) != value)
    return FALSE;
  *number = (guint64) value;
  return TRUE;
}

/* Consumes a number with groups of digits, "10_000".
 *
 * Returns: (transfer full): the digits */
static char *
read_digits (NnTokens *tokens)
{
  GString *digits =
      g_string_new_len (tokens->token.start, tokens->token.end - tokens->token.start);

  nn_tokens_next (tokens);
  if (tokens->token.kind != NN_TOKEN_NAME || tokens->token.spaced ||
      *tokens->token.start != '_')
    return g_string_free (digits, FALSE);
  for (const char *at = tokens->token.start; at < tokens->token.end; at++)
    if (*at != '_')
      g_string_append_c (digits, *at);
  nn_tokens_next (tokens);
  return g_string_free (digits, FALSE);
}

/**
 * nn_time_accept_number:
 * @number: (out): below 2^53
 *
 * Not "000", which is the end of "1,000".
 */
gboolean
nn_time_accept_number (NnTokens *tokens, guint64 *number)
{
  NnTokens ahead = *tokens;
  g_autofree char *digits = NULL;

  if (ahead.token.kind != NN_TOKEN_NUMBER)
    return FALSE;
  digits = read_digits (&ahead);
  if ((digits[0] == '0' && digits[1] != '\0') ||
      (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, number, NULL) &&
       !read_exponent (digits, number)))
    return FALSE;
  *tokens = ahead;
  return TRUE;
}

/**
 * nn_time_accept_ordinal:
 *
 * Accepts "10th".
 */
gboolean
nn_time_accept_ordinal (NnTokens *tokens, guint64 *number)
{
  NnTokens ahead = *tokens;

  if (!nn_time_accept_number (&ahead, number) || ahead.token.spaced ||
      !nn_time_accept (&ahead, "st nd rd th"))
    return FALSE;
  *tokens = ahead;
  return TRUE;
}

/**
 * nn_time_accept_count:
 *
 * Accepts "10", "10th", "ten" or "tenth".
 */
gboolean
nn_time_accept_count (NnTokens *tokens, guint64 *number)
{
  if (nn_time_accept_ordinal (tokens, number) || nn_time_accept_number (tokens, number))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (nn_time_accept (tokens, counts[i].words)) {
      *number = counts[i].number;
      return TRUE;
    }
  return FALSE;
}

/**
 * nn_time_suggest_word:
 *
 * Suggests the word that @token is a misspelling of, if any.
 */
void
nn_time_suggest_word (const NnToken *token, NnFault *fault)
{
  static const char *const known[] = { "every",    "each",   "step",   "steps",
                                       "epoch",    "epochs", "batch",  "example",
                                       "from",     "until",  "before", "backward",
                                       "after",    "start",  "hand",   "iteration",
                                       "beginning" };
  g_autofree char *written = nn_token_dup (token);
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  if (token->kind != NN_TOKEN_NAME)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    const guint distance = nn_words_get_distance (written, known[i]);

    if (distance == 0)
      return;
    if (distance < least) {
      least = distance;
      nearest = known[i];
    }
  }
  if (nearest != NULL)
    nn_fault_fix (fault, token->start, token->end, "%s", nearest);
}
