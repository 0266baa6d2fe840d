/* nn-arithmetic.c - sums, products, signs and powers in an expression
 *
 * SPDX-License-Identifier: MIT
 *
 *   sum        = product { ("+" | "-") product }
 *   product    = factor { ("*" | "/") factor }
 *   factor     = ("+" | "-" | "!" | "~") factor | power
 *   power      = primary [ ("^" | "**") factor ]
 *              | number power                    the number directly before it
 *   primary    = ( number | name | call | "(" choice ")" ) { "." call }
 */

#include <glib/gi18n.h>
#include <string.h>

#include "nn/expression/nn-parser.h"

static NnTerm *read_factor (NnParser *self);
static NnTerm *read_power (NnParser *self);

/* "1/2w" may mean (1/2)*w or 1/(2*w).
 * @number: the 2 in the text */
static NnTerm *
fail_ambiguous (NnParser *self, const char *number)
{
  const char *name = nn_parser_get_token (self)->start;
  const char *end = nn_parser_get_token (self)->end;
  g_autofree char *digits = g_strndup (number, (gsize) (name - number));
  g_autofree char *what = g_strndup (name, (gsize) (end - name));
  g_autofree char *before = g_strndup (self->product, (gsize) (number - self->product));

  if (nn_token_is (nn_parser_get_token (self), '(') || strlen (before) > 30)
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, number,
                  _ ("found %s%s… behind '%c', which may mean two things: write the '*' "
                     "and parentheses"),
                  digits, what, self->after);
  else
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, number,
                  _ ("%s%s%s may mean two things: write (%s%s)*%s or %s(%s*%s)"), before,
                  digits, what, before, digits, what, before, digits, what);
  nn_fault_fix (self->fault, self->product, end, "(%s%s)*%s", before, digits, what);
  return NULL;
}

/* A number directly before a name or '(' is a factor. */
static gboolean
is_implied (const NnParser *self, const NnTerm *term)
{
  const NnToken *next = nn_parser_get_token (self);

  return term->kind == NN_TERM_NUMBER && !next->spaced && self->meaning == NULL &&
         (nn_token_is (next, '(') ||
          (next->kind == NN_TOKEN_NAME && !nn_parser_is_reserved (next) &&
           !nn_token_is_word (next, "if")));
}

/* A superscript exponent: w² or w³. */
static NnTerm *
read_small_exponent (NnParser *self, NnTerm *base)
{
  const char digits[] = { (char) nn_parser_get_token (self)->sign, '\0' };
  NnTerm *exponent = nn_parser_add_number (self, digits);

  nn_tokens_next (self->tokens);
  return nn_parser_add (self, NN_TERM_OPERATION, NN_OP_POWER, base, exponent, NULL);
}

static NnTerm *
read_implied (NnParser *self, NnTerm *number)
{
  NnTerm *right;

  if (self->after != 0)
    return fail_ambiguous (self, number->at);
  right = read_power (self);
  return right == NULL ? NULL
                       : nn_parser_add (self, NN_TERM_OPERATION, NN_OP_MULTIPLY, number,
                                        right, NULL);
}

static NnTerm *
read_base (NnParser *self)
{
  NnTerm *term;

  if (nn_parser_get_token (self)->kind != NN_TOKEN_NUMBER)
    return nn_parser_read_primary (self);
  term = nn_parser_read_number (self);
  if (term != NULL && nn_token_is (nn_parser_get_token (self), '.'))
    return nn_parser_fail_expecting (self, _ ("an operator or the end"));
  return term;
}

static NnTerm *
read_power (NnParser *self)
{
  NnTerm *term = read_base (self);
  NnTerm *exponent;
  const guint after = self->after;

  if (term == NULL)
    return NULL;
  if (is_implied (self, term))
    return read_implied (self, term);
  if (nn_parser_get_token (self)->kind == NN_TOKEN_POWER)
    return read_small_exponent (self, term);
  if (!nn_parser_accept (self, '^'))
    return term;
  self->after = '^';
  exponent = read_factor (self);
  self->after = after;
  return exponent == NULL
             ? NULL
             : nn_parser_add (self, NN_TERM_OPERATION, NN_OP_POWER, term, exponent, NULL);
}

/* !w > 0 is (!w) > 0 in C, and not (w > 0) in Python. */
static NnTerm *
read_not_sign (NnParser *self)
{
  const char *at = nn_parser_get_start (self);
  NnTerm *term;

  nn_tokens_next (self->tokens);
  term = read_factor (self);
  if (term == NULL)
    return NULL;
  if (nn_parser_get_relation (nn_parser_get_token (self)) != 0) {
    nn_fault_fix (self->fault, at, at + 1, "not ");
    nn_fault_set (self->fault, NN_ERROR_SYNTAX, at,
                  _ ("'!' or '~' before a comparison may mean two things: write not (x > "
                     "y), or (not x) > y"));
    return NULL;
  }
  return nn_tree_add (self->tree, NN_TERM_NOT, 0, at, 1, &term);
}

/* The nesting depth is counted here, as every recursion passes through here, except those
 * of choice and not. */
static NnTerm *
read_factor (NnParser *self)
{
  const char *at = nn_parser_get_start (self);
  NnTerm *term;

  if (self->nesting == NN_PARSER_NESTING)
    return nn_parser_fail_too_deep (self);
  self->nesting++;
  if (nn_parser_accept (self, '-')) {
    term = read_factor (self);
    if (term != NULL)
      term = nn_tree_add (self->tree, NN_TERM_OPERATION, NN_OP_NEGATE, at, 1, &term);
  } else if (nn_parser_accept (self, '+')) {
    term = read_factor (self);
  } else if (nn_token_is (nn_parser_get_token (self), '!') ||
             nn_token_is (nn_parser_get_token (self), '~')) {
    term = read_not_sign (self);
  } else {
    term = read_power (self);
  }
  self->nesting--;
  return term;
}

static NnTerm *
read_product (NnParser *self)
{
  const char *outer = self->product;
  const guint after = self->after;
  NnTerm *term;

  self->product = nn_parser_get_token (self)->start;
  self->after = 0;
  term = read_factor (self);
  while (term != NULL) {
    const NnToken sign = *nn_parser_get_token (self);
    NnTerm *right;

    if (nn_token_is (&sign, NN_SIGN_FLOOR_DIVIDE) || nn_token_is (&sign, '%'))
      return nn_parser_fail_remainder (self, read_factor);
    if (!nn_parser_accept (self, '*') && !nn_parser_accept (self, '/'))
      break;
    self->after = sign.sign == '/' ? '/' : 0;
    right = read_factor (self);
    if (right == NULL)
      return NULL;
    term = nn_parser_add (self, NN_TERM_OPERATION,
                          sign.sign == '*' ? NN_OP_MULTIPLY : NN_OP_DIVIDE, term, right,
                          NULL);
  }
  self->product = outer;
  self->after = after;
  return term;
}

NnTerm *
nn_parser_read_sum (NnParser *self)
{
  NnTerm *term = read_product (self);

  while (term != NULL) {
    const gboolean plus = nn_parser_accept (self, '+');
    NnTerm *right;

    if (!plus && !nn_parser_accept (self, '-'))
      return term;
    right = read_product (self);
    if (right == NULL)
      return NULL;
    term = nn_parser_add (self, NN_TERM_OPERATION, plus ? NN_OP_ADD : NN_OP_SUBTRACT,
                          term, right, NULL);
  }
  return NULL;
}
