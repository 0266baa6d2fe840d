/* nn-parser.c - the parser's tokens and names
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-parser.h"

#include <glib/gi18n.h>

#include "nn/expression/nn-expression.h"

/* ---- tokens and faults ------------------------------------------------------------- */

const NnToken *
nn_parser_get_token (const NnParser *self)
{
  return &self->tokens->token;
}

gboolean
nn_parser_accept (NnParser *self, guint sign)
{
  if (!nn_token_is (nn_parser_get_token (self), sign))
    return FALSE;
  nn_tokens_next (self->tokens);
  return TRUE;
}

gboolean
nn_parser_accept_word (NnParser *self, const char *word)
{
  if (!nn_token_is_word (nn_parser_get_token (self), word))
    return FALSE;
  nn_tokens_next (self->tokens);
  return TRUE;
}

/* Returns: the present position in the user's text, even while the definition of a
 *   function is parsed */
const char *
nn_parser_get_start (const NnParser *self)
{
  return self->meaning != NULL ? self->meaning->calling->at
                               : nn_parser_get_token (self)->start;
}

NnTerm *
nn_parser_fail_expecting (NnParser *self, const char *expected)
{
  nn_fault_found (self->fault, nn_parser_get_token (self)->start, expected);
  return NULL;
}

NnTerm *
nn_parser_fail_too_deep (NnParser *self)
{
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, nn_parser_get_start (self),
                _ ("nested more than %d levels deep: simplify the expression"),
                NN_PARSER_NESTING);
  return NULL;
}

NnTerm *
nn_parser_add (NnParser *self, NnTermKind kind, NnOp op, NnTerm *x, NnTerm *y, NnTerm *z)
{
  NnTerm *const values[] = { x, y, z };
  const guint n = z != NULL ? 3 : y != NULL ? 2 : 1;

  return nn_tree_add (self->tree, kind, op, x->at, n, values);
}

NnTerm *
nn_parser_add_number (NnParser *self, const char *digits)
{
  return nn_tree_add_number (self->tree, nn_parser_get_start (self), digits);
}

/* ---- names ------------------------------------------------------------------------- */

gboolean
nn_parser_is_reserved (const NnToken *token)
{
  static const char *const words_between[] = { "and", "or", "not", "else", "is", "in" };

  for (gsize i = 0; i < G_N_ELEMENTS (words_between); i++)
    if (nn_token_is_word (token, words_between[i]))
      return TRUE;
  return FALSE;
}

NnTerm *
nn_parser_count_draw (NnParser *self, NnTerm *term, const char *at)
{
  if (term == NULL || !term->draws || self->n_draws++ < NN_EXPRESSION_DRAWS)
    return term;
  nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                _ ("random arrays (noise, rand, shuffled, fresh) stand here more than %d "
                   "times: simplify the expression"),
                NN_EXPRESSION_DRAWS);
  return NULL;
}

/* A statistic without parentheses: mean is mean(w). */
static NnTerm *
add_bare_statistic (NnParser *self, const NnWord *word, const char *at)
{
  NnTerm *w = nn_tree_add (self->tree, NN_TERM_VALUE, NN_OP_WEIGHT, at, 0, NULL);
  NnTerm *term = nn_tree_add (self->tree, NN_TERM_STATISTIC, word->op, at, 1, &w);

  w->name = "w";
  term->name = word->name;
  return term;
}

NnTerm *
nn_parser_add_word (NnParser *self, const NnWord *word, const char *at)
{
  NnTerm *term;

  if (nn_op_is_statistic (word->op))
    return add_bare_statistic (self, word, at);
  term = nn_tree_add (self->tree, NN_TERM_VALUE, word->op, at, 0, NULL);
  term->name = word->name;
  term->exact = word->number;
  term->number = (float) word->number;
  return nn_parser_count_draw (self, term, at);
}

/* Returns: the comparison that @token is; 0 if it is none */
NnOp
nn_parser_get_relation (const NnToken *token)
{
  static const struct {
    guint sign;
    NnOp op;
  } relations[] = {
    { '<', NN_OP_LESS },
    { '>', NN_OP_GREATER },
    { NN_SIGN_LESS_EQUAL, NN_OP_LESS_EQUAL },
    { NN_SIGN_GREATER_EQUAL, NN_OP_GREATER_EQUAL },
    { NN_SIGN_EQUAL, NN_OP_EQUAL },
    { NN_SIGN_NOT_EQUAL, NN_OP_NOT_EQUAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    if (nn_token_is (token, relations[i].sign))
      return relations[i].op;
  return 0;
}
