/* nn-operators.c - comparisons, conditions and choices in an expression, as in Python
 *
 * SPDX-License-Identifier: MIT
 *
 *   choice     = or [ "?" choice ":" choice | "if" or "else" choice ]
 *   or         = and { "or" and }
 *   and        = not { "and" not }
 *   not        = "not" not | comparison
 *   comparison = bits { ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) bits }
 *   bits       = sum { ("&" | "|") sum }         of conditions alone
 */

#include "nn/expression/nn-parser.h"

#include <glib/gi18n.h>

/* In Python & and | bind more tightly than comparisons, so these need parentheses. */
static NnTerm *
read_bits (NnParser *self)
{
  NnTerm *term = nn_parser_read_sum (self);

  while (term != NULL) {
    const NnToken sign = *nn_parser_get_token (self);
    NnTerm *right;

    if (!nn_parser_accept (self, '&') && !nn_parser_accept (self, '|'))
      return term;
    right = nn_parser_read_sum (self);
    if (right == NULL)
      return NULL;
    if (!term->boolean || !right->boolean) {
      nn_fault_fix (self->fault, sign.start, sign.end,
                    sign.sign == '&' ? " and " : " or ");
      nn_fault_set (self->fault, NN_ERROR_SYNTAX, sign.start,
                    _ ("'%c' binds more tightly than comparisons: write %s, or "
                       "parentheses around both conditions"),
                    sign.sign, sign.sign == '&' ? "and" : "or");
      return NULL;
    }
    term = nn_parser_add (self, sign.sign == '&' ? NN_TERM_AND : NN_TERM_OR, 0, term,
                          right, NULL);
  }
  return NULL;
}

/* x < y < z is (x < y) and (y < z), with y computed once. */
static NnTerm *
read_comparison (NnParser *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (NnOp));
  NnTerm *term = read_bits (self);
  NnOp op;

  if (term == NULL || nn_parser_get_relation (nn_parser_get_token (self)) == 0)
    return term;
  g_ptr_array_add (values, term);
  while ((op = nn_parser_get_relation (nn_parser_get_token (self))) != 0) {
    nn_tokens_next (self->tokens);
    term = read_bits (self);
    if (term == NULL)
      return NULL;
    g_ptr_array_add (values, term);
    g_array_append_val (relations, op);
  }
  term =
      nn_tree_add (self->tree, NN_TERM_COMPARISON, 0, ((NnTerm *) values->pdata[0])->at,
                   values->len, (NnTerm **) values->pdata);
  term->relations = (NnOp *) (void *) g_array_free (g_steal_pointer (&relations), FALSE);
  return term;
}

static NnTerm *
read_not (NnParser *self)
{
  const char *at = nn_parser_get_start (self);
  NnTerm *term;

  if (!nn_parser_accept_word (self, "not"))
    return read_comparison (self);
  if (self->nesting == NN_PARSER_NESTING)
    return nn_parser_fail_too_deep (self);
  self->nesting++;
  term = read_not (self);
  self->nesting--;
  return term == NULL ? NULL : nn_tree_add (self->tree, NN_TERM_NOT, 0, at, 1, &term);
}

static NnTerm *
read_and (NnParser *self)
{
  NnTerm *term = read_not (self);

  while (term != NULL &&
         (nn_parser_accept_word (self, "and") || nn_parser_accept (self, NN_SIGN_AND))) {
    NnTerm *right = read_not (self);

    term = right == NULL ? NULL : nn_parser_add (self, NN_TERM_AND, 0, term, right, NULL);
  }
  return term;
}

static NnTerm *
read_or (NnParser *self)
{
  NnTerm *term = read_and (self);

  while (term != NULL &&
         (nn_parser_accept_word (self, "or") || nn_parser_accept (self, NN_SIGN_OR))) {
    NnTerm *right = read_and (self);

    term = right == NULL ? NULL : nn_parser_add (self, NN_TERM_OR, 0, term, right, NULL);
  }
  return term;
}

/* Reads what follows "condition ?". */
static NnTerm *
read_branches (NnParser *self, NnTerm *condition)
{
  NnTerm *yes = nn_parser_read_choice (self);
  NnTerm *no;

  if (yes == NULL)
    return NULL;
  if (nn_parser_get_token (self)->kind == NN_TOKEN_END)
    nn_fault_fix (self->fault, nn_parser_get_token (self)->start,
                  nn_parser_get_token (self)->end, " : w");
  if (!nn_parser_accept (self, ':'))
    return nn_parser_fail_expecting (self, _ ("an operator or ':'"));
  no = nn_parser_read_choice (self);
  return no == NULL
             ? NULL
             : nn_parser_add (self, NN_TERM_OPERATION, NN_OP_CHOOSE, condition, yes, no);
}

/* Reads what follows "yes if". */
static NnTerm *
read_condition (NnParser *self, NnTerm *yes)
{
  NnTerm *condition = read_or (self);
  NnTerm *no;

  if (condition == NULL)
    return NULL;
  if (nn_parser_get_token (self)->kind == NN_TOKEN_END)
    nn_fault_fix (self->fault, nn_parser_get_token (self)->start,
                  nn_parser_get_token (self)->end, " else w");
  if (nn_token_is (nn_parser_get_token (self), '='))
    nn_fault_fix (self->fault, nn_parser_get_token (self)->start,
                  nn_parser_get_token (self)->end, "==");
  if (!nn_parser_accept_word (self, "else"))
    return nn_parser_fail_expecting (self, _ ("an operator or else"));
  no = nn_parser_read_choice (self);
  return no == NULL
             ? NULL
             : nn_parser_add (self, NN_TERM_OPERATION, NN_OP_CHOOSE, condition, yes, no);
}

/* Reads any expression. Counts the nesting depth, as its branches may be choices again.
 *
 * Returns: (transfer none) (nullable): NULL with the fault set */
NnTerm *
nn_parser_read_choice (NnParser *self)
{
  const char *product = self->product;
  const guint after = self->after;
  NnTerm *term;

  self->after = 0;
  term = read_or (self);
  if (term != NULL && (nn_token_is (nn_parser_get_token (self), '?') ||
                       nn_token_is_word (nn_parser_get_token (self), "if"))) {
    const gboolean as_in_c = nn_parser_accept (self, '?');

    if (self->nesting == NN_PARSER_NESTING)
      return nn_parser_fail_too_deep (self);
    self->nesting++;
    if (as_in_c) {
      term = read_branches (self, term);
    } else {
      nn_tokens_next (self->tokens);
      term = read_condition (self, term);
    }
    self->nesting--;
  }
  self->product = product;
  self->after = after;
  return term;
}
