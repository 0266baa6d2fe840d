/* nn-script-expression.c - an update function in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-expression.h"

#include <math.h>
#include <string.h>

#define PRINT     nn_script_scope_print
#define ROUNDINGS 1e-6 /* relative: a few of float32's */

/* ---- numbers ----------------------------------------------------------------------- */

static NnScriptText
make_number (const char *text)
{
  NnScriptText number = { .text = text, .level = NN_SCRIPT_PRIMARY, .finite = TRUE };

  if (*text == '-')
    number.level = NN_SCRIPT_SIGN;
  else
    number.sign = g_ascii_strtod (text, NULL) > 0 || *text == 'm'
                      ? NN_SCRIPT_POSITIVE
                      : NN_SCRIPT_NOT_NEGATIVE;
  return number;
}

/* What the engine makes of numbers alone, in float32, and Python, in double; FALSE if @term
 * is not of literals and the amount, or not of + - * / alone. */
static gboolean
compute_numbers (const NnScriptScope *self,
                 const NnTerm *term,
                 float *single,
                 double *exact)
{
  float x, y = 0;
  double x64, y64 = 0;
  char *end;

  if (term->kind == NN_TERM_NUMBER ||
      (term->kind == NN_TERM_VALUE && term->op == NN_OP_AMOUNT)) {
    const char *text = term->kind == NN_TERM_NUMBER ? term->digits : self->amount;

    *exact = g_ascii_strtod (text, &end);
    *single = (float) *exact;
    return *end == '\0';
  }
  if (term->kind != NN_TERM_OPERATION ||
      !compute_numbers (self, term->arguments[0], &x, &x64) ||
      (term->n_arguments > 1 && !compute_numbers (self, term->arguments[1], &y, &y64)))
    return FALSE;
  switch (term->op) {
  case NN_OP_NEGATE:
    *single = -x;
    *exact = -x64;
    return TRUE;
  case NN_OP_ADD:
    *single = x + y;
    *exact = x64 + y64;
    return TRUE;
  case NN_OP_SUBTRACT:
    *single = x - y;
    *exact = x64 - y64;
    return TRUE;
  case NN_OP_MULTIPLY:
    *single = x * y;
    *exact = x64 * y64;
    return TRUE;
  case NN_OP_DIVIDE:
    *single = x / y;
    *exact = x64 / y64;
    return TRUE;
  default:
    return FALSE;
  }
}

/* Whether Python would make another number of @term than the engine: 1 - 0.9999, say.
 * @single: (out) the engine's */
static gboolean
rounds_otherwise (const NnScriptScope *self, const NnTerm *term, float *single)
{
  double exact;

  return compute_numbers (self, term, single, &exact) && isfinite (*single) &&
         fabs ((double) *single - exact) > ROUNDINGS * fabs (exact);
}

/* ---- operators --------------------------------------------------------------------- */

/* An `if` of Python where the condition is a number; torch.where () otherwise, and where
 * a branch draws random numbers, which are to be drawn whatever is chosen. */
static NnScriptText
choose (NnScriptScope *self, const NnTerm *term)
{
  const NnTerm *test = term->arguments[0];
  const char *nonzero = self->nonzero;
  NnScriptText condition =
      nn_script_as_condition (self, nn_script_write_term (self, test));
  NnScriptText x, y, result;

  if (test->kind == NN_TERM_COMPARISON && test->relations[0] == NN_OP_GREATER &&
      g_str_has_suffix (condition.text, " > 0"))
    self->nonzero =
        PRINT (self, "%.*s", (int) strlen (condition.text) - 4, condition.text);
  x = nn_script_as_number (self, nn_script_write_term (self, term->arguments[1]));
  self->nonzero = nonzero;
  y = nn_script_as_number (self, nn_script_write_term (self, term->arguments[2]));
  if (!condition.tensor && !term->draws) {
    result = nn_script_join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE);
    /* One of the two may be a number while the other is a tensor. */
    if (x.tensor != y.tensor) {
      x = nn_script_as_full (self, x);
      y = nn_script_as_full (self, y);
    }
    result.text = PRINT (self, "%s if %s else %s", nn_script_bind (self, x, NN_SCRIPT_OR),
                         nn_script_bind (self, condition, NN_SCRIPT_OR),
                         nn_script_bind (self, y, NN_SCRIPT_CHOICE));
    result.full = x.full && y.full;
  } else {
    /* The result is float32 as in the engine, even of two numbers. */
    if (!x.tensor && !y.tensor)
      x = nn_script_as_tensor (self, x);
    if (!condition.tensor)
      condition = nn_script_make_primary (
          condition, PRINT (self, "torch.tensor(%s)", condition.text));
    result = nn_script_make_primary (
        nn_script_join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE),
        PRINT (self, "torch.where(%s, %s, %s)", condition.text, x.text, y.text));
    result.full |= condition.full;
    result.tensor = TRUE;
  }
  result.finite &= condition.finite;
  result.sign = MIN (x.sign, y.sign);
  return result;
}

static NnScriptText
write_operation (NnScriptScope *self, const NnTerm *term)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  NnScriptText x, y;
  float number;

  if (term->op == NN_OP_CHOOSE)
    return choose (self, term);
  if (rounds_otherwise (self, term, &number))
    return make_number (PRINT (
        self, "%s", g_ascii_formatd (digits, sizeof digits, "%.9g", (double) number)));
  x = nn_script_write_term (self, term->arguments[0]);
  if (term->op == NN_OP_NEGATE) {
    x = nn_script_as_number (self, x);
    x.text = PRINT (self, "-%s", nn_script_bind (self, x, NN_SCRIPT_SIGN));
    x.level = NN_SCRIPT_SIGN;
    x.sign = NN_SCRIPT_ANY_SIGN;
    return x;
  }
  y = nn_script_write_term (self, term->arguments[1]);
  return nn_script_calculate (self, term->op, x, y);
}

/* Whether a Python number may be another one than in float32: all but whole ones. */
static gboolean
may_round (const NnTerm *term)
{
  if (term->kind == NN_TERM_NUMBER)
    return strpbrk (term->digits, ".e") != NULL;
  if (term->kind == NN_TERM_VALUE)
    return term->op != NN_OP_STEP;
  if (term->kind != NN_TERM_OPERATION)
    return FALSE;
  if (term->op == NN_OP_DIVIDE)
    return TRUE;
  for (guint i = 0; i < term->n_arguments; i++)
    if (may_round (term->arguments[i]))
      return TRUE;
  return FALSE;
}

/* Whether the outcome may hang on the last bit: 0.1*3 is 0.3 in float32, and greater in
 * Python. */
static gboolean
compares_rounded (const NnTerm *left, const NnTerm *right)
{
  return (left->kind == NN_TERM_OPERATION && may_round (left)) ||
         (right->kind == NN_TERM_OPERATION && may_round (right));
}

static const char *
get_relation (NnOp op)
{
  static const char *const signs[] = { " < ", " <= ", " > ", " >= ", " == ", " != " };

  return signs[op - NN_OP_LESS];
}

static NnScriptText
write_comparison (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText left =
      nn_script_as_number (self, nn_script_write_term (self, term->arguments[0]));
  NnScriptText all = { 0 };

  for (guint i = 1; i < term->n_arguments; i++) {
    NnScriptText right =
        nn_script_as_number (self, nn_script_write_term (self, term->arguments[i]));
    const gboolean rounded =
        !left.tensor && !right.tensor &&
        compares_rounded (term->arguments[i - 1], term->arguments[i]);
    NnScriptText one =
        nn_script_join (self, rounded ? nn_script_as_tensor (self, left) : left,
                        get_relation (term->relations[i - 1]), right, NN_SCRIPT_BITS_OR,
                        NN_SCRIPT_BITS_OR);

    one.level = NN_SCRIPT_COMPARISON;
    if (rounded) {
      one = nn_script_make_primary (one, PRINT (self, "(%s).item()", one.text));
      one.tensor = FALSE;
    }
    one.boolean = TRUE;
    all = i == 1 ? one : nn_script_and_or (self, all, one, FALSE);
    left = right;
  }
  return all;
}

static NnScriptText
write_logic (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText x =
      nn_script_as_condition (self, nn_script_write_term (self, term->arguments[0]));

  if (term->kind != NN_TERM_NOT)
    return nn_script_and_or (
        self, x,
        nn_script_as_condition (self, nn_script_write_term (self, term->arguments[1])),
        term->kind == NN_TERM_OR);
  x.text = PRINT (self, x.tensor ? "~%s" : "not %s",
                  nn_script_bind (self, x, x.tensor ? NN_SCRIPT_SIGN : NN_SCRIPT_NOT));
  x.level = x.tensor ? NN_SCRIPT_SIGN : NN_SCRIPT_NOT;
  return x;
}

/* ---- functions --------------------------------------------------------------------- */

static NnScriptText
drawn (NnScriptScope *self, const NnTerm *term, NnScriptText x, NnScriptText y)
{
  NnScriptText result;

  if (term->op == NN_OP_UNIFORM) {
    result = nn_script_make_primary (
        nn_script_join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE),
        PRINT (self, "uniform(w, %s, %s)", nn_script_as_number (self, x).text,
               nn_script_as_number (self, y).text));
  } else {
    const NnScriptText noise = { .text = "torch.randn(w.shape, generator=noise)",
                                 .level = NN_SCRIPT_PRIMARY,
                                 .tensor = TRUE,
                                 .full = TRUE,
                                 .finite = TRUE };

    result = nn_script_calculate (self, NN_OP_ADD, x,
                                  nn_script_calculate (self, NN_OP_MULTIPLY, y, noise));
  }
  result.tensor = result.full = TRUE;
  return result;
}

static NnScriptText
write_call (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText arguments[3] = { 0 };

  for (guint i = 0; i < term->n_arguments; i++)
    arguments[i] = nn_script_write_term (self, term->arguments[i]);
  switch (term->op) {
  case NN_OP_MIN:
  case NN_OP_AT_MOST:
    return nn_script_min_or_max (self, arguments[0], arguments[1], FALSE);
  case NN_OP_MAX:
  case NN_OP_AT_LEAST:
    return nn_script_min_or_max (self, arguments[0], arguments[1], TRUE);
  case NN_OP_CLAMP:
    return nn_script_clamp (self, arguments[0], arguments[1], arguments[2]);
  case NN_OP_NORMAL:
  case NN_OP_UNIFORM:
    return drawn (self, term, arguments[0], arguments[1]);
  default:
    return nn_script_call (self, term->op, arguments[0]);
  }
}

/* The method over all elements, and along a dimension. */
static const struct {
  NnOp op;
  const char *all;
  const char *along; /* %d */
  NnScriptSign sign;
} statistics[] = {
  { NN_OP_MEAN, "mean()", "mean(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_STD, "std()", "std(%d, keepdim=True)", NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_NORM, "norm()", "norm(dim=%d, keepdim=True)", NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_LEAST, "min()", "amin(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_MOST, "max()", "amax(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_SUM, "sum()", "sum(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_PRODUCT, "prod()", "prod(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_MEDIAN, "median()", "median(%d, keepdim=True).values", NN_SCRIPT_ANY_SIGN },
  { NN_OP_ANY, "any()", "any(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_ALL, "all()", "all(%d, keepdim=True)", NN_SCRIPT_ANY_SIGN },
  { NN_OP_COUNT, "sum().float()", "sum(%d, keepdim=True).float()",
    NN_SCRIPT_NOT_NEGATIVE },
};

static const char *
get_statistic_call (NnScriptScope *self, const NnTerm *term, NnScriptSign *sign)
{
  g_autofree char *dim = g_strdup_printf ("%d", term->dim);

  *sign = NN_SCRIPT_ANY_SIGN;
  if (term->op == NN_OP_QUANTILE) {
    const char *q = nn_script_write_value (self, term->arguments[1]).text;

    return term->dim == NN_DIM_NONE
               ? PRINT (self, "quantile(%s)", q)
               : PRINT (self, "quantile(%s, %s, keepdim=True)", q, dim);
  }
  if (term->op == NN_OP_STD && term->biased)
    return term->dim == NN_DIM_NONE
               ? "std(unbiased=False)"
               : PRINT (self, "std(%s, unbiased=False, keepdim=True)", dim);
  for (gsize i = 0; i < G_N_ELEMENTS (statistics); i++)
    if (statistics[i].op == term->op) {
      g_auto (GStrv) parts = g_strsplit (statistics[i].along, "%d", 2);

      *sign = statistics[i].sign;
      return term->dim == NN_DIM_NONE ? statistics[i].all
                                      : PRINT (self, "%s%s%s", parts[0], dim, parts[1]);
    }
  g_return_val_if_reached ("");
}

static NnScriptText
write_statistic (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText x =
      nn_script_as_full (self, nn_script_write_term (self, term->arguments[0]));
  const NnScriptSign inner = x.sign;
  const gboolean logical = term->op == NN_OP_ANY || term->op == NN_OP_ALL;
  const gboolean counts = logical || term->op == NN_OP_COUNT;
  NnScriptSign sign;
  NnScriptText result = nn_script_make_primary (x, NULL);

  if (counts)
    x = nn_script_as_condition (self, x);
  result.text = get_statistic_call (self, term, &sign);
  result.text =
      PRINT (self, "%s.%s", nn_script_bind (self, x, NN_SCRIPT_PRIMARY), result.text);
  result.full = FALSE;
  result.boolean = logical;
  result.sign = sign;
  if (sign == NN_SCRIPT_ANY_SIGN && term->op != NN_OP_PRODUCT)
    result.sign = inner;
  result.finite &=
      term->op != NN_OP_QUANTILE && (term->op != NN_OP_STD || term->biased ||
                                     (term->dim == NN_DIM_NONE && self->least_size > 1));
  return result;
}

/* ---- names ------------------------------------------------------------------------- */

static NnScriptText
write_array (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText text = { .text = term->name,
                        .level = NN_SCRIPT_PRIMARY,
                        .tensor = TRUE,
                        .full = TRUE,
                        .finite = TRUE };

  if (term->op == NN_OP_NOISE)
    text.text = "torch.randn(w.shape, generator=noise)";
  else if (term->op == NN_OP_RAND)
    text.text = "torch.rand(w.shape, generator=noise)";
  else if (term->op == NN_OP_FRESH)
    text.text = self->fresh;
  else if (term->op == NN_OP_RANK || term->op == NN_OP_SHUFFLED ||
           term->op == NN_OP_ORTHOGONAL)
    text.text = PRINT (self, "%s(w)", term->name);
  else if (term->op == NN_OP_GLOBAL_RANK)
    text.text = "ranks(together, k)";
  return text;
}

static NnScriptText
write_number (NnScriptScope *self, const NnTerm *term)
{
  return make_number (term->kind == NN_TERM_NUMBER ? PRINT (self, "%s", term->digits)
                      : term->op == NN_OP_AMOUNT   ? self->amount
                      : term->op == NN_OP_STEP     ? self->step
                      : term->op == NN_OP_RATE     ? self->rate
                                                   : PRINT (self, "math.%s", term->name));
}

/* ---- all --------------------------------------------------------------------------- */

/**
 * nn_script_write_term:
 *
 * The arrays w, w0, m, g, before, i and j are variables of these names in the program.
 */
NnScriptText
nn_script_write_term (NnScriptScope *self, const NnTerm *term)
{
  switch (term->kind) {
  case NN_TERM_NUMBER:
    return write_number (self, term);
  case NN_TERM_VALUE:
    return term->op < NN_OP_MEAN ? write_array (self, term) : write_number (self, term);
  case NN_TERM_OPERATION:
    return write_operation (self, term);
  case NN_TERM_CALL:
    return write_call (self, term);
  case NN_TERM_COMPARISON:
    return write_comparison (self, term);
  case NN_TERM_AND:
  case NN_TERM_OR:
  case NN_TERM_NOT:
    return write_logic (self, term);
  case NN_TERM_STATISTIC:
    return write_statistic (self, term);
  }
  g_return_val_if_reached ((NnScriptText){ 0 });
}

/**
 * nn_script_write_value:
 *
 * Returns: the expression of a number or of a tensor of numbers: no truth values
 */
NnScriptText
nn_script_write_value (NnScriptScope *self, const NnTerm *term)
{
  return nn_script_as_number (self, nn_script_write_term (self, term));
}

/**
 * nn_script_write_full:
 *
 * Returns: the expression of a tensor of numbers of w's shape
 */
NnScriptText
nn_script_write_full (NnScriptScope *self, const NnTerm *term)
{
  return nn_script_as_full (self, nn_script_write_term (self, term));
}
