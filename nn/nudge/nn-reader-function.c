/* nn-reader-function.c - parses the function of a nudge: a name, or an expression
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-text.h"
#include "nn/expression/nn-catalogue.h"
#include "nn/expression/nn-expression-private.h"
#include "nn/expression/nn-hints.h"
#include "nn/expression/nn-words.h"
#include "nn/nudge/nn-amount.h"
#include "nn/nudge/nn-reader.h"

/* ---- functions with a name --------------------------------------------------------- */

static const NnFunction *
find_named (const NnReader *self, const char *name)
{
  const NnFunction *function = nn_catalogue_find (name, NULL);

  if (function == NULL && self->own != NULL)
    function = nn_functions_find (self->own, name);
  return function;
}

/* Words that may precede an amount: "by 0.9", "to 4 bits", "std=0.1". */
static void
skip_amount_words (NnTokens *tokens)
{
  static const char *const words[] = { "by", "to", "with", "of", "the", "smallest" };
  static const char *const keys[] = { "a",      "amount",   "p",     "std",   "sigma",
                                      "factor", "fraction", "alpha", "decay", "bits" };
  NnToken next;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (nn_token_is_word (&tokens->token, words[i]))
      nn_tokens_next (tokens);
  next = nn_tokens_peek (tokens);
  for (gsize i = 0; i < G_N_ELEMENTS (keys) && nn_token_is (&next, '='); i++)
    if (nn_token_is_word (&tokens->token, keys[i])) {
      nn_tokens_next (tokens);
      nn_tokens_next (tokens);
      return;
    }
}

/* Accepts "0.9" or "(0.9)" as the amount, if the function ends there. */
static void
accept_direct_amount (NnReader *self, NnTokens *tokens)
{
  g_auto (NnFault) none = { .text = self->fault->text };
  NnTokens ahead = *tokens;
  const gboolean called = nn_token_is (&ahead.token, '(');
  const char *start, *end;
  double amount;

  if (called)
    nn_tokens_next (&ahead);
  skip_amount_words (&ahead);
  start = ahead.token.start;
  if (!nn_amount_read (&amount, &ahead, &none))
    return;
  end = nn_reader_skip_back (start, ahead.token.start);
  if (nn_token_is_word (&ahead.token, "bits"))
    nn_tokens_next (&ahead);
  if (called) {
    if (!nn_token_is (&ahead.token, ')'))
      return;
    nn_tokens_next (&ahead);
  }
  if (!nn_reader_is_behind_function (&ahead))
    return;
  *tokens = ahead;
  self->amount = amount;
  self->amount_at = self->amount_start = start;
  self->amount_end = end;
}

/* FALSE if the text continues as an expression: noise - 0.5. */
static gboolean
may_have_amount (const NnTokens *tokens, const char *name)
{
  NnTokens ahead = *tokens;

  skip_amount_words (&ahead);
  return ahead.token.start != tokens->token.start ||
         tokens->token.kind == NN_TOKEN_NUMBER || nn_token_is (&tokens->token, '(') ||
         (nn_token_is (&tokens->token, '-') && nn_words_find (name) == NULL);
}

/* Accepts the name of a function. noise, which is also a value, is the function here; the
 * value is written (noise). */
static gboolean
accept_named (NnReader *self)
{
  g_autofree char *name = NULL;
  NnTokens ahead = self->tokens;
  const NnFunction *function;

  if (ahead.token.kind != NN_TOKEN_NAME)
    return FALSE;
  name = nn_token_dup (&ahead.token);
  function = find_named (self, name);
  if (function == NULL)
    return FALSE;
  nn_tokens_next (&ahead);
  if (nn_token_is (&ahead.token, '=') || nn_token_is (&ahead.token, ':'))
    nn_fault_fix (self->fault, ahead.token.start, ahead.token.end, " ");
  if (!nn_reader_is_behind_function (&ahead) && may_have_amount (&ahead, name))
    accept_direct_amount (self, &ahead);
  if (!nn_reader_is_behind_function (&ahead))
    return FALSE;
  self->tokens = ahead;
  self->named = function;
  return TRUE;
}

/* Accepts a function's symbol, as the window shows it: "0 where rank < a". */
static gboolean
accept_symbol (NnReader *self)
{
  const char *end;
  const NnFunction *function = nn_catalogue_find_symbol (self->tokens.token.start, &end);
  NnTokens ahead;

  if (function == NULL)
    return FALSE;
  nn_tokens_init (&ahead, self->fault->text, end);
  if (!nn_reader_is_behind_function (&ahead))
    return FALSE;
  self->tokens = ahead;
  self->named = function;
  return TRUE;
}

/* Returns: (transfer none) (nullable): the function that was probably meant, preferably one
 * of the user's */
static const NnFunction *
find_meant (const NnReader *self, const char *name)
{
  const gsize n_own = self->own != NULL ? nn_functions_get_length (self->own) : 0;
  const NnFunction *meant = nn_catalogue_find_nearest (name);
  guint least = meant != NULL ? nn_words_get_slip (name, meant->name) : G_MAXUINT - 1;

  for (gsize i = 0; i < n_own; i++) {
    const NnFunction *own = nn_functions_get (self->own, i);
    const guint distance = nn_words_get_slip (name, own->name);

    if (distance <= least) {
      least = distance;
      meant = own;
    }
  }
  return meant;
}

#define NAMES 12 /* of the user's functions that a message lists */

static char *
dup_own_names (const NnFunctions *own)
{
  const gsize n = nn_functions_get_length (own);
  GString *names = g_string_new (NULL);

  for (gsize i = 0; i < MIN (n, NAMES); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            nn_functions_get (own, i)->name);
  if (n > NAMES)
    g_string_append (names, ", …");
  return g_string_free (names, FALSE);
}

/* @meant: (nullable): the function that was probably meant */
static void
fail_function (NnReader *self, const char *at, const char *name, const NnFunction *meant)
{
  const gboolean lists =
      meant == NULL && self->own != NULL && nn_functions_get_length (self->own) > 0;
  g_autofree char *own = lists ? dup_own_names (self->own) : NULL;
  g_autoptr (GError) error = NULL;

  nn_catalogue_fail (name, meant, &error);
  if (lists)
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, at, _ ("%s; your own are %s"),
                  error->message, own);
  else
    nn_fault_set (self->fault, NN_ERROR_UNKNOWN, at, "%s", error->message);
}

/* For an unknown name that stands alone: it may be meant as a function or as a value. */
static gboolean
fail_name (NnReader *self)
{
  const NnToken token = self->tokens.token;
  NnTokens ahead = self->tokens;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  const NnFunction *meant;

  if (token.kind != NN_TOKEN_NAME)
    return FALSE;
  name = nn_token_dup (&token);
  nn_tokens_next (&ahead);
  if (!nn_reader_is_behind_function (&ahead) || nn_words_find (name) != NULL ||
      nn_calls_find (name, FALSE) != NULL || nn_hints_find (name) != NULL)
    return FALSE;
  value = nn_words_dup_nearest (name, FALSE);
  meant = find_meant (self, name);
  if (value != NULL && meant == NULL)
    return FALSE;
  if (meant != NULL)
    nn_fault_fix (self->fault, token.start, token.end, "%s", meant->name);
  fail_function (self, token.start, name, meant);
  return TRUE;
}

/* The user's function as a value, which the parser of expressions does not know. */
static void
fail_own_value (NnReader *self)
{
  const char *at = self->fault->at;
  g_autofree char *name = NULL;
  g_autofree char *found = NULL;
  NnTokens tokens;

  if (self->own == NULL ||
      !g_error_matches (self->fault->error, NN_ERROR, NN_ERROR_UNKNOWN))
    return;
  nn_tokens_init (&tokens, self->fault->text, at);
  name = nn_token_dup (&tokens.token);
  if (nn_functions_find (self->own, name) == NULL)
    return;
  found = nn_text_dup_found (at);
  nn_fault_clear (self->fault);
  nn_fault_set (self->fault, NN_ERROR_UNKNOWN, at,
                _ ("%s is a function that stands alone, as in fc1: %s"), found, name);
}

/* Suggests the function's expression where its name is not possible. */
static void
suggest_expression (NnReader *self, const NnFunction *function)
{
  const NnToken *token = &self->tokens.token;
  char usual[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (usual, sizeof usual, "%g", (double) function->usual);
  nn_fault_fix (self->fault, token->start, token->end, "%s%s%s", function->expression,
                function->has_amount ? " a=" : "", function->has_amount ? usual : "");
}

/* For "fc1 += grow": a named function gives the whole new value. */
static gboolean
fail_assigned_name (NnReader *self)
{
  NnTokens ahead = self->tokens;
  g_autofree char *name = nn_token_dup (&ahead.token);

  if (ahead.token.kind != NN_TOKEN_NAME || find_named (self, name) == NULL)
    return FALSE;
  nn_tokens_next (&ahead);
  if (!nn_reader_is_behind_function (&ahead) || nn_words_find (name) != NULL)
    return FALSE;
  if (self->condition == NULL)
    nn_fault_fix (self->fault, self->sign_at.start, self->sign_at.end, ":");
  else
    suggest_expression (self, find_named (self, name));
  nn_fault_set (
      self->fault, NN_ERROR_SYNTAX, self->tokens.token.start,
      _ ("%s gives all of the new value: write it behind ':', without a condition"),
      name);
  return TRUE;
}

/* ---- functions --------------------------------------------------------------------- */

static NnExpression *
read_written (NnReader *self, NnTerm *condition, NnBody *body)
{
  const gboolean assigned = condition != NULL || (self->sign >= NN_SIGN_ADD_TO &&
                                                  self->sign <= NN_SIGN_DIVIDE_BY);

  if (assigned
          ? !nn_grammar_read_assigned (body, &self->tokens, self->path, self->sign,
                                       condition, self->fault)
          : !nn_grammar_read_statements (body, &self->tokens, self->path, self->fault))
    return NULL;
  return nn_expression_new_of (body->statements, body->n, self->fault);
}

/* Reads the function; the tokens are then after it.
 *
 * Returns: (transfer full) (nullable): NULL with the fault set */
NnExpression *
nn_reader_read_function (NnReader *self, NnTerm *condition, NnBody *body)
{
  const NnTokens start = self->tokens;
  const gboolean plain = condition == NULL &&
                         (self->sign < NN_SIGN_ADD_TO || self->sign > NN_SIGN_DIVIDE_BY);
  g_autoptr (NnExpression) expression = NULL;
  NnTokens behind;

  if (plain && accept_named (self)) {
    self->is_called = TRUE;
    return nn_expression_new (self->named->expression, NULL);
  }
  if (plain && fail_name (self))
    return NULL;
  if (!plain && fail_assigned_name (self))
    return NULL;
  if (nn_reader_is_behind_function (&start)) {
    nn_fault_fix (self->fault, start.token.start, start.token.start, " 0.9*w ");
    nn_fault_found (self->fault, start.token.start, _ ("a number, a name or '('"));
    return NULL;
  }
  expression = read_written (self, condition, body);
  if (expression == NULL)
    fail_own_value (self);
  if (!plain || (expression != NULL && nn_reader_is_behind_function (&self->tokens)))
    return g_steal_pointer (&expression);
  behind = self->tokens;
  self->tokens = start;
  if (!accept_symbol (self)) {
    self->tokens = behind;
    return g_steal_pointer (&expression);
  }
  nn_fault_clear (self->fault);
  return nn_expression_new (self->named->expression, NULL);
}
