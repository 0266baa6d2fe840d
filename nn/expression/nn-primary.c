/* nn-primary.c - parses the operands of an expression: numbers, names, calls, parentheses
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/expression/nn-hints.h"
#include "nn/expression/nn-parser.h"

NnTerm *
nn_parser_read_number (NnParser *self)
{
  const NnToken token = *nn_parser_get_token (self);
  g_autofree char *digits = nn_token_dup (&token);

  if (isinf ((float) g_ascii_strtod (digits, NULL))) {
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, token.start,
                  _ ("the number is larger than float32 can hold, 3.4028235e+38"));
    return NULL;
  }
  nn_tokens_next (self->tokens);
  return nn_tree_add_number (
      self->tree, self->meaning ? self->meaning->calling->at : token.start, digits);
}

/* Accepts the target's path, "fc1.weight", which means w. */
static NnTerm *
accept_path (NnParser *self)
{
  const char *at = nn_parser_get_token (self)->start;
  NnTokens ahead;

  if (self->path == NULL || !g_str_has_prefix (at, self->path))
    return NULL;
  nn_tokens_init (&ahead, self->tokens->text, at + strlen (self->path));
  if (ahead.token.kind == NN_TOKEN_NAME && !ahead.token.spaced)
    return NULL;
  *self->tokens = ahead;
  return nn_parser_add_word (self, nn_words_find_op (NN_OP_WEIGHT), at);
}

/* Skips "torch.nn.functional." and the like.
 * @numpy: (out): whether the module is NumPy's */
static void
skip_modules (NnParser *self, gboolean *numpy)
{
  static const char *const modules[] = { "torch",  "np",     "numpy",  "math",
                                         "nn",     "random", "F",      "functional",
                                         "linalg", "init",   "special" };
  NnToken next = nn_tokens_peek (self->tokens);

  *numpy = FALSE;
  while (nn_token_is (&next, '.')) {
    gsize i = 0;

    while (i < G_N_ELEMENTS (modules) &&
           !nn_token_is_word (nn_parser_get_token (self), modules[i]))
      i++;
    if (i == G_N_ELEMENTS (modules))
      return;
    *numpy |= i == 1 || i == 2;
    nn_tokens_next (self->tokens);
    nn_tokens_next (self->tokens);
    next = nn_tokens_peek (self->tokens);
  }
}

/* A name without parentheses.
 * @token: the name, which was consumed */
static NnTerm *
read_word (NnParser *self, const NnToken *token, const char *name, gboolean numpy)
{
  const NnWord *word = nn_words_find (name);
  const NnCall *call = nn_calls_find (name, numpy);

  if (word != NULL)
    return nn_parser_add_word (self, word,
                               self->meaning ? self->meaning->calling->at : token->start);
  if (call == NULL || nn_hints_find (name) != NULL)
    return nn_parser_fail_unknown (self, token, name, FALSE);
  if (nn_parser_get_token (self)->kind == NN_TOKEN_NAME ||
      nn_parser_get_token (self)->kind == NN_TOKEN_NUMBER) {
    const NnToken *next = nn_parser_get_token (self);

    nn_fault_fix (self->fault, token->end, next->end, "(%.*s)",
                  (int) (next->end - next->start), next->start);
  }
  if (nn_op_is_statistic (call->op))
    nn_fault_fix (self->fault, token->start, token->end, "%s(w)", name);
  return nn_parser_fail_expecting (self,
                                   _ ("'(', for what stands before it is a function"));
}

/* Whether a '(' begins the nudge's settings, not arguments: "w (a=0.5)". */
static gboolean
is_setting (const NnParser *self)
{
  NnTokens ahead = *self->tokens;

  if (!nn_token_is (&ahead.token, '(') || !ahead.token.spaced)
    return FALSE;
  nn_tokens_next (&ahead);
  if (ahead.token.kind != NN_TOKEN_NAME)
    return FALSE;
  nn_tokens_next (&ahead);
  return nn_token_is (&ahead.token, '=');
}

static NnTerm *
read_name (NnParser *self)
{
  const char *start = nn_parser_get_token (self)->start;
  g_autofree char *name = NULL;
  gboolean numpy;
  NnToken token;
  NnTerm *term = accept_path (self);

  if (term != NULL || self->fault->error != NULL)
    return term;
  skip_modules (self, &numpy);
  token = *nn_parser_get_token (self);
  if (token.kind != NN_TOKEN_NAME || nn_parser_is_reserved (&token))
    return nn_parser_fail_expecting (self, _ ("a number, a name or '('"));
  name = nn_token_dup (&token);
  nn_tokens_next (self->tokens);
  if (nn_token_is (nn_parser_get_token (self), '(') && !is_setting (self)) {
    const NnCall *call = nn_calls_find (name, numpy);

    if (call == NULL && nn_words_find (name) != NULL)
      return nn_parser_fail_no_function (self, start);
    if (call == NULL)
      return nn_parser_fail_unknown (self, &token, name, TRUE);
    nn_tokens_next (self->tokens);
    return nn_parser_read_call (self, call, name, start, NULL);
  }
  return read_word (self, &token, name, numpy);
}

static NnTerm *
read_plain (NnParser *self)
{
  const NnToken *token = nn_parser_get_token (self);

  if (nn_parser_accept (self, '(')) {
    NnTerm *term = self->read (self);

    if (term == NULL)
      return NULL;
    return nn_parser_accept (self, ')')
               ? term
               : nn_parser_fail_expecting (self, _ ("an operator or ')'"));
  }
  if (token->kind == NN_TOKEN_NUMBER)
    return nn_parser_read_number (self);
  if (token->kind == NN_TOKEN_NAME)
    return read_name (self);
  if (self->meaning != NULL && nn_token_is (token, '$'))
    return nn_parser_read_parameter (self);
  return nn_parser_fail_value (self);
}

/* Whether the method returns the same values: .detach (), .clone () … */
static gboolean
is_same (const char *name)
{
  static const char *const names[] = { "data",       "detach", "clone", "cpu",
                                       "contiguous", "double", "item",  "numpy" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* @token: a name that ends in _ */
static gboolean
check_in_place (NnParser *self, const NnTerm *of, const NnToken *token)
{
  const gboolean is_m = of->kind == NN_TERM_VALUE && of->op == NN_OP_SLOW;
  const gboolean is_w = of->kind == NN_TERM_VALUE && of->op == NN_OP_WEIGHT;

  if (of == self->in_place || of->kind == NN_TERM_NUMBER)
    return TRUE;
  self->in_place_of = is_m ? 'm' : 'w';
  if (is_m || is_w)
    return TRUE;
  nn_fault_fix (self->fault, token->end - 1, token->end, "%s", "");
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, token->start,
                       _ ("only w and m can be changed in place: leave the _ out"));
}

/* An attribute or method, after the '.'.
 * @token: the name, which was consumed */
static NnTerm *
read_attribute (NnParser *self, NnTerm *of, const NnToken *token, const char *name)
{
  const gboolean is_w = of->kind == NN_TERM_VALUE && of->op == NN_OP_WEIGHT;
  const gboolean called = nn_token_is (nn_parser_get_token (self), '(');
  const NnCall *found = nn_calls_find (name, FALSE);
  const NnCall *call = found != NULL && nn_call_is_method (found) ? found : NULL;

  if (is_same (name)) {
    if (called) {
      nn_tokens_next (self->tokens);
      if (!nn_parser_accept (self, ')'))
        return nn_parser_fail_expecting (self, "')'");
    }
    return of;
  }
  if (is_w && !called && strcmp (name, "grad") == 0)
    return nn_parser_add_word (self, nn_words_find_op (NN_OP_GRAD), of->at);
  if (called && call != NULL) {
    const gboolean in_place = name[strlen (name) - 1] == '_';

    if (in_place && !check_in_place (self, of, token))
      return NULL;
    nn_tokens_next (self->tokens);
    return nn_parser_read_call (self, call, name, token->start, of);
  }
  if (call != NULL) {
    nn_fault_fix (self->fault, token->end, token->end, "()");
    return nn_parser_fail_expecting (self,
                                     _ ("'(', for what stands before it is a function"));
  }
  return nn_parser_fail_unknown (self, token, name, TRUE);
}

NnTerm *
nn_parser_read_primary (NnParser *self)
{
  const char *start = nn_parser_get_token (self)->start;
  NnTerm *term = read_plain (self);

  while (term != NULL) {
    NnToken token;
    g_autofree char *name = NULL;

    if (nn_token_is (nn_parser_get_token (self), '(') &&
        !nn_parser_get_token (self)->spaced)
      return nn_parser_fail_no_function (self, start);
    if (nn_token_is (nn_parser_get_token (self), '['))
      return nn_parser_fail_index (self, start);
    if (!nn_parser_accept (self, '.'))
      return term;
    token = *nn_parser_get_token (self);
    if (token.kind != NN_TOKEN_NAME)
      return nn_parser_fail_expecting (self, _ ("a function"));
    name = nn_token_dup (&token);
    nn_tokens_next (self->tokens);
    term = read_attribute (self, term, &token, name);
  }
  return NULL;
}
