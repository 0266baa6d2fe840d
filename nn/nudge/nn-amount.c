/* nn-amount.c - parses the amount of a nudge: 0.5, 0,5, 1/2, 50%
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-amount.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-number.h"

static gboolean
follows (const NnTokens *tokens, guint sign)
{
  return !tokens->token.spaced && nn_token_is (&tokens->token, sign);
}

/* Digits, perhaps with a decimal comma. */
static double
read_number (NnTokens *tokens)
{
  g_autofree char *digits = nn_token_dup (&tokens->token);
  const NnToken whole = tokens->token;
  NnToken next;

  nn_tokens_next (tokens);
  next = nn_tokens_peek (tokens);
  if (follows (tokens, ',') && next.kind == NN_TOKEN_NUMBER && !next.spaced &&
      whole.text == NULL && g_ascii_isdigit (*next.start)) {
    g_autofree char *rest = nn_token_dup (&next);
    g_autofree char *all = g_strconcat (digits, ".", rest, NULL);

    nn_tokens_next (tokens);
    nn_tokens_next (tokens);
    return g_ascii_strtod (all, NULL);
  }
  return g_ascii_strtod (digits, NULL);
}

static gboolean
fail_number (const char *at, NnFault *fault)
{
  nn_fault_fix (fault, at, at + strcspn (at, " @"), "0.001");
  return nn_fault_found (fault, at, _ ("a number, as in a=0.001"));
}

/**
 * nn_amount_read:
 * @amount: (out): finite as float32
 * @tokens: (inout): at the amount; then after it
 *
 * Returns: FALSE, with @fault set, if it is not a number or too large for float32
 */
gboolean
nn_amount_read (double *amount, NnTokens *tokens, NnFault *fault)
{
  const char *start = tokens->token.start;
  const gboolean negative = nn_token_is (&tokens->token, '-');
  double value;

  if (negative || nn_token_is (&tokens->token, '+'))
    nn_tokens_next (tokens);
  if (tokens->token.kind != NN_TOKEN_NUMBER)
    return fail_number (start, fault);
  value = read_number (tokens);
  if (nn_token_is (&tokens->token, '/')) {
    nn_tokens_next (tokens);
    if (tokens->token.kind != NN_TOKEN_NUMBER)
      return fail_number (tokens->token.start, fault);
    value /= read_number (tokens);
  }
  if (nn_token_is (&tokens->token, '%') || nn_token_is_word (&tokens->token, "percent")) {
    nn_tokens_next (tokens);
    value /= 100;
  }
  if (!tokens->token.spaced &&
      (tokens->token.kind == NN_TOKEN_NAME || tokens->token.kind == NN_TOKEN_NUMBER))
    return fail_number (start, fault);
  *amount = negative ? -value : value;
  if (isfinite ((float) *amount))
    return TRUE;
  nn_fault_fix (fault, start, tokens->token.start, "0.001");
  return nn_fault_set (
      fault, NN_ERROR_SYNTAX, start,
      isnan (value) || isfinite (value) == 0
          ? _ ("the amount is not a finite number")
          : _ ("the amount is larger than float32 can hold, 3.4028235e+38"));
}

static gboolean
is_within (float amount, const NnDomain *domain)
{
  return (domain->excludes_least ? amount > domain->least : amount >= domain->least) &&
         amount <= domain->most;
}

/* Guesses an amount within the domain: a percentage, or the other sign. */
static gboolean
guess (float amount, const NnDomain *domain, float *meant)
{
  *meant = amount / 100;
  if (domain->most == 1 && is_within (*meant, domain))
    return TRUE;
  *meant = -amount;
  return is_within (*meant, domain);
}

/**
 * nn_amount_check:
 * @function: whose domain applies
 * @at: (nullable): the amount in the text, up to @end, for the message and its repair
 *
 * Returns: FALSE, with @fault set, if @amount is outside the domain of @function
 */
gboolean
nn_amount_check (float amount,
                 const NnFunction *function,
                 const char *at,
                 const char *end,
                 NnFault *fault)
{
  const NnDomain *domain = function->domain;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) meant = g_string_new (NULL);
  float other;

  if (domain == NULL || is_within (amount, domain))
    return TRUE;
  nn_number_append_float (text, amount);
  if (guess (amount, domain, &other)) {
    nn_number_append_float (meant, other);
  } else {
    other = function->usual;
  }
  if (at != NULL) {
    g_autoptr (GString) fix = g_string_new (NULL);

    nn_number_append_float (fix, other);
    nn_fault_fix (fault, at, end, "%s", fix->str);
  }
  return nn_fault_set (fault, NN_ERROR_SYNTAX, at != NULL ? at : fault->text,
                       _ ("%s takes an amount %s, not %s%s%s%s"), function->name,
                       _ (domain->words), text->str,
                       meant->len > 0 ? _ (": did you mean ") : "", meant->str,
                       meant->len > 0 ? "?" : "");
}
