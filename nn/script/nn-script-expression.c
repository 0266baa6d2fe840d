/* nn-script-expression.c - an update function in PyTorch's words
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-expression.h"

#include <string.h>

void
nn_script_scope_init (NnScriptScope *self)
{
  *self = (NnScriptScope){ .texts = g_ptr_array_new_with_free_func (g_free) };
}

void
nn_script_scope_clear (NnScriptScope *self)
{
  g_ptr_array_unref (self->texts);
}

/**
 * nn_script_scope_print:
 *
 * Returns: (transfer none): kept as long as the scope is
 */
const char *
nn_script_scope_print (NnScriptScope *self, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->texts, text);
  return text;
}

#define PRINT nn_script_scope_print

/**
 * nn_script_bind:
 *
 * Returns: the text, in parentheses if it binds less than @level
 */
const char *
nn_script_bind (NnScriptScope *self, NnScriptText text, NnScriptLevel level)
{
  return text.level < level ? PRINT (self, "(%s)", text.text) : text.text;
}

static NnScriptText
primary (NnScriptText like, const char *text)
{
  like.text = text;
  like.level = NN_SCRIPT_PRIMARY;
  return like;
}

/* ---- from one kind of value to another --------------------------------------------- */

static NnScriptText
as_number (NnScriptScope *self, NnScriptText x)
{
  if (!x.boolean)
    return x;
  x = primary (x, x.tensor ? PRINT (self, "%s.float()",
                                    nn_script_bind (self, x, NN_SCRIPT_PRIMARY))
                           : PRINT (self, "float(%s)", x.text));
  x.boolean = FALSE;
  x.sign = NN_SCRIPT_NOT_NEGATIVE;
  return x;
}

static NnScriptText
as_tensor (NnScriptScope *self, NnScriptText x)
{
  const gboolean literal = strspn (x.text, "0123456789.e+-") == strlen (x.text);

  x = as_number (self, x);
  if (x.tensor)
    return x;
  x = primary (x, !literal ? PRINT (self, "torch.tensor(float(%s))", x.text)
                  : strpbrk (x.text, ".e") ? PRINT (self, "torch.tensor(%s)", x.text)
                                           : PRINT (self, "torch.tensor(%s.0)", x.text));
  x.tensor = TRUE;
  return x;
}

static NnScriptText
as_full (NnScriptScope *self, NnScriptText x)
{
  x = as_number (self, x);
  if (x.full)
    return x;
  x.text = PRINT (self, "torch.zeros_like(w) + %s",
                  nn_script_bind (self, x, NN_SCRIPT_PRODUCT));
  x.level = NN_SCRIPT_SUM;
  x.tensor = x.full = TRUE;
  return x;
}

static NnScriptText
as_condition (NnScriptScope *self, NnScriptText x)
{
  if (x.boolean)
    return x;
  x.text = PRINT (self, "%s != 0", nn_script_bind (self, x, NN_SCRIPT_BITS_OR));
  x.level = NN_SCRIPT_COMPARISON;
  x.boolean = TRUE;
  return x;
}

/* x.abs() */
static NnScriptText
method (NnScriptScope *self, NnScriptText x, const char *call)
{
  x = as_tensor (self, x);
  return primary (
      x, PRINT (self, "%s.%s", nn_script_bind (self, x, NN_SCRIPT_PRIMARY), call));
}

/* ---- operators --------------------------------------------------------------------- */

static NnScriptText
join (NnScriptScope *self,
      NnScriptText x,
      const char *sign,
      NnScriptText y,
      NnScriptLevel level,
      NnScriptLevel right)
{
  return (NnScriptText){ .text = PRINT (self, "%s%s%s", nn_script_bind (self, x, level),
                                        sign, nn_script_bind (self, y, right)),
                         .level = level,
                         .tensor = x.tensor || y.tensor,
                         .full = x.full || y.full,
                         .finite = x.finite && y.finite };
}

static gboolean
is_literal (NnScriptText x)
{
  return g_ascii_isdigit (*x.text) && strspn (x.text, "0123456789.e-") == strlen (x.text);
}

static NnScriptText
divide (NnScriptScope *self, NnScriptText x, NnScriptText y)
{
  const gboolean whole = y.sign == NN_SCRIPT_POSITIVE ||
                         (self->nonzero && strcmp (self->nonzero, y.text) == 0);
  NnScriptText result;

  /* Python's numbers cannot be divided by 0. */
  if (!x.tensor && !y.tensor && !whole)
    y = as_tensor (self, y);
  result = join (self, x, " / ", y, NN_SCRIPT_PRODUCT, NN_SCRIPT_SIGN);
  result.finite &= whole;
  result.sign = whole ? MIN (x.sign, y.sign == NN_SCRIPT_POSITIVE ? x.sign : 0) : 0;
  return result;
}

static NnScriptText
power (NnScriptScope *self, NnScriptText x, NnScriptText y)
{
  const gboolean plain =
      x.sign == NN_SCRIPT_POSITIVE && (is_literal (y) || y.level == NN_SCRIPT_PRIMARY);
  const gboolean whole = is_literal (y) && !strpbrk (y.text, ".e");
  NnScriptText result;

  if (!x.tensor && !y.tensor && !plain)
    x = as_tensor (self, x);
  result = join (self, x, "**", y, NN_SCRIPT_POWER, NN_SCRIPT_SIGN);
  result.text = PRINT (self, "%s ** %s", nn_script_bind (self, x, NN_SCRIPT_PRIMARY),
                       nn_script_bind (self, y, NN_SCRIPT_SIGN));
  result.finite &= whole;
  result.sign = whole && (y.text[strlen (y.text) - 1] - '0') % 2 == 0
                    ? NN_SCRIPT_NOT_NEGATIVE
                    : x.sign;
  return result;
}

static NnScriptText
arithmetic (NnScriptScope *self, NnOp op, NnScriptText x, NnScriptText y)
{
  NnScriptText result;

  x = as_number (self, x);
  y = as_number (self, y);
  switch (op) {
  case NN_OP_ADD:
    result = join (self, x, " + ", y, NN_SCRIPT_SUM, NN_SCRIPT_PRODUCT);
    result.sign = MIN (x.sign, y.sign) == 0 ? 0 : MAX (x.sign, y.sign);
    return result;
  case NN_OP_SUBTRACT:
    return join (self, x, " - ", y, NN_SCRIPT_SUM, NN_SCRIPT_PRODUCT);
  case NN_OP_MULTIPLY:
    result = join (self, x, " * ", y, NN_SCRIPT_PRODUCT, NN_SCRIPT_SIGN);
    result.sign = MIN (x.sign, y.sign);
    return result;
  case NN_OP_DIVIDE:
    return divide (self, x, y);
  default:
    return power (self, x, y);
  }
}

/* What is not chosen does not matter, but what it draws has been drawn. */
static NnScriptText
choose (NnScriptScope *self, const NnTerm *term)
{
  const NnTerm *test = term->arguments[0];
  const char *nonzero = self->nonzero;
  NnScriptText condition = as_condition (self, nn_script_write_term (self, test));
  NnScriptText x, y, result;

  if (test->kind == NN_TERM_COMPARISON && test->relations[0] == NN_OP_GREATER &&
      g_str_has_suffix (condition.text, " > 0"))
    self->nonzero =
        PRINT (self, "%.*s", (int) strlen (condition.text) - 4, condition.text);
  x = as_number (self, nn_script_write_term (self, term->arguments[1]));
  self->nonzero = nonzero;
  y = as_number (self, nn_script_write_term (self, term->arguments[2]));
  if (!condition.tensor && !term->draws) {
    result = join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE);
    /* One of the two may be a number while the other is a tensor. */
    if (x.tensor != y.tensor) {
      x = as_full (self, x);
      y = as_full (self, y);
    }
    result.text = PRINT (self, "%s if %s else %s", nn_script_bind (self, x, NN_SCRIPT_OR),
                         nn_script_bind (self, condition, NN_SCRIPT_OR),
                         nn_script_bind (self, y, NN_SCRIPT_CHOICE));
    result.full = x.full && y.full;
  } else {
    /* Of two numbers it is float32, too. */
    if (!x.tensor && !y.tensor)
      x = as_tensor (self, x);
    if (!condition.tensor)
      condition = primary (condition, PRINT (self, "torch.tensor(%s)", condition.text));
    result =
        primary (join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE),
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
  NnScriptText x, y;

  if (term->op == NN_OP_CHOOSE)
    return choose (self, term);
  x = nn_script_write_term (self, term->arguments[0]);
  if (term->op == NN_OP_NEGATE) {
    x = as_number (self, x);
    x.text = PRINT (self, "-%s", nn_script_bind (self, x, NN_SCRIPT_SIGN));
    x.level = NN_SCRIPT_SIGN;
    x.sign = NN_SCRIPT_ANY_SIGN;
    return x;
  }
  y = nn_script_write_term (self, term->arguments[1]);
  return arithmetic (self, term->op, x, y);
}

/* ---- comparisons and logic --------------------------------------------------------- */

static const char *
get_relation (NnOp op)
{
  static const char *const signs[] = { " < ", " <= ", " > ", " >= ", " == ", " != " };

  return signs[op - NN_OP_LESS];
}

static NnScriptText
both (NnScriptScope *self, NnScriptText x, NnScriptText y, gboolean or)
{
  NnScriptText result;

  if (!x.tensor && !y.tensor)
    result = or ? join (self, x, " or ", y, NN_SCRIPT_OR, NN_SCRIPT_AND)
                : join (self, x, " and ", y, NN_SCRIPT_AND, NN_SCRIPT_NOT);
  else
    result = or ? join (self, x, " | ", y, NN_SCRIPT_BITS_OR, NN_SCRIPT_BITS_AND)
                : join (self, x, " & ", y, NN_SCRIPT_BITS_AND, NN_SCRIPT_SUM);
  result.boolean = TRUE;
  return result;
}

static NnScriptText
write_comparison (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText left = as_number (self, nn_script_write_term (self, term->arguments[0]));
  NnScriptText all = { 0 };

  for (guint i = 1; i < term->n_arguments; i++) {
    NnScriptText right =
        as_number (self, nn_script_write_term (self, term->arguments[i]));
    NnScriptText one = join (self, left, get_relation (term->relations[i - 1]), right,
                             NN_SCRIPT_BITS_OR, NN_SCRIPT_BITS_OR);

    one.level = NN_SCRIPT_COMPARISON;
    one.boolean = TRUE;
    all = i == 1 ? one : both (self, all, one, FALSE);
    left = right;
  }
  return all;
}

static NnScriptText
write_logic (NnScriptScope *self, const NnTerm *term)
{
  NnScriptText x = as_condition (self, nn_script_write_term (self, term->arguments[0]));

  if (term->kind != NN_TERM_NOT)
    return both (self, x,
                 as_condition (self, nn_script_write_term (self, term->arguments[1])),
                 term->kind == NN_TERM_OR);
  x.text = PRINT (self, x.tensor ? "~%s" : "not %s",
                  nn_script_bind (self, x, x.tensor ? NN_SCRIPT_SIGN : NN_SCRIPT_NOT));
  x.level = x.tensor ? NN_SCRIPT_SIGN : NN_SCRIPT_NOT;
  return x;
}

/* ---- functions --------------------------------------------------------------------- */

/* The larger or smaller of two, NaN if either is. */
static NnScriptText
extreme (NnScriptScope *self, NnScriptText x, NnScriptText y, gboolean larger)
{
  NnScriptText result;

  x = as_number (self, x);
  y = as_number (self, y);
  result = join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE);
  if (!x.tensor && !y.tensor)
    result = primary (result,
                      PRINT (self, "%s(%s, %s)", larger ? "max" : "min", x.text, y.text));
  else if (!y.tensor)
    result = primary (result, PRINT (self, "%s.clamp(%s=%s)",
                                     nn_script_bind (self, x, NN_SCRIPT_PRIMARY),
                                     larger ? "min" : "max", y.text));
  else
    result =
        primary (result, PRINT (self, "torch.%s(%s, %s)", larger ? "maximum" : "minimum",
                                as_tensor (self, x).text, y.text));
  result.sign = larger ? MAX (x.sign, y.sign) : MIN (x.sign, y.sign);
  return result;
}

static NnScriptText
clamp (NnScriptScope *self, NnScriptText x, NnScriptText low, NnScriptText high)
{
  NnScriptText result;

  if (!as_number (self, x).tensor || low.tensor || high.tensor)
    return extreme (self, extreme (self, x, low, TRUE), high, FALSE);
  x = as_number (self, x);
  result = primary (x, PRINT (self, "%s.clamp(%s, %s)",
                              nn_script_bind (self, x, NN_SCRIPT_PRIMARY),
                              as_number (self, low).text, as_number (self, high).text));
  result.sign = NN_SCRIPT_ANY_SIGN;
  return result;
}

static NnScriptText
drawn (NnScriptScope *self, const NnTerm *term, NnScriptText x, NnScriptText y)
{
  NnScriptText result;

  if (term->op == NN_OP_UNIFORM) {
    result = primary (join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE),
                      PRINT (self, "uniform(w, %s, %s)", as_number (self, x).text,
                             as_number (self, y).text));
  } else {
    const NnScriptText noise = { .text = "torch.randn(w.shape, generator=noise)",
                                 .level = NN_SCRIPT_PRIMARY,
                                 .tensor = TRUE,
                                 .full = TRUE,
                                 .finite = TRUE };

    result = arithmetic (self, NN_OP_ADD, x, arithmetic (self, NN_OP_MULTIPLY, y, noise));
  }
  result.tensor = result.full = TRUE;
  return result;
}

/* Of one argument: its method, and what is known of the result. */
static const struct {
  NnOp op;
  const char *call;
  gboolean finite;
  NnScriptSign sign;
} functions[] = {
  { NN_OP_ABS, "abs()", TRUE, NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_SIGN, "sign()", TRUE, NN_SCRIPT_ANY_SIGN },
  { NN_OP_SQRT, "sqrt()", FALSE, NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_EXP, "exp()", FALSE, NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_LOG, "log()", FALSE, NN_SCRIPT_ANY_SIGN },
  { NN_OP_SIN, "sin()", TRUE, NN_SCRIPT_ANY_SIGN },
  { NN_OP_COS, "cos()", TRUE, NN_SCRIPT_ANY_SIGN },
  { NN_OP_TANH, "tanh()", TRUE, NN_SCRIPT_ANY_SIGN },
  { NN_OP_SIGMOID, "sigmoid()", TRUE, NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_RELU, "relu()", TRUE, NN_SCRIPT_NOT_NEGATIVE },
  { NN_OP_FLOOR, "floor()", TRUE, NN_SCRIPT_ANY_SIGN },
  { NN_OP_ROUND, "round()", TRUE, NN_SCRIPT_ANY_SIGN },
};

static NnScriptText
function_of_one (NnScriptScope *self, NnOp op, NnScriptText x)
{
  const gboolean at_least_0 = x.sign != NN_SCRIPT_ANY_SIGN;

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i].op == op) {
      x = method (self, x, functions[i].call);
      x.finite &= functions[i].finite || (op == NN_OP_SQRT && at_least_0);
      x.sign = functions[i].sign;
      return x;
    }
  g_return_val_if_reached (x);
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
    return extreme (self, arguments[0], arguments[1], FALSE);
  case NN_OP_MAX:
  case NN_OP_AT_LEAST:
    return extreme (self, arguments[0], arguments[1], TRUE);
  case NN_OP_CLAMP:
    return clamp (self, arguments[0], arguments[1], arguments[2]);
  case NN_OP_NORMAL:
  case NN_OP_UNIFORM:
    return drawn (self, term, arguments[0], arguments[1]);
  default:
    return function_of_one (self, term->op, arguments[0]);
  }
}

/* ---- statistics -------------------------------------------------------------------- */

/* What is called, over all and along a dimension; both take the sample's or not. */
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
  NnScriptText x = as_full (self, nn_script_write_term (self, term->arguments[0]));
  const NnScriptSign inner = x.sign;
  const gboolean logical = term->op == NN_OP_ANY || term->op == NN_OP_ALL;
  const gboolean counts = logical || term->op == NN_OP_COUNT;
  NnScriptSign sign;
  NnScriptText result = primary (x, NULL);

  if (counts)
    x = as_condition (self, x);
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

/* ---- all --------------------------------------------------------------------------- */

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
  NnScriptText text = { .level = NN_SCRIPT_PRIMARY, .finite = TRUE };

  text.text = term->kind == NN_TERM_NUMBER ? PRINT (self, "%s", term->digits)
              : term->op == NN_OP_AMOUNT   ? self->amount
              : term->op == NN_OP_STEP     ? self->step
              : term->op == NN_OP_RATE     ? self->rate
                                           : PRINT (self, "math.%s", term->name);
  if (*text.text == '-')
    text.level = NN_SCRIPT_SIGN;
  else
    text.sign = g_ascii_strtod (text.text, NULL) > 0 || *text.text == 'm'
                    ? NN_SCRIPT_POSITIVE
                    : NN_SCRIPT_NOT_NEGATIVE;
  return text;
}

/**
 * nn_script_write_term:
 *
 * The arrays w, w0, m, g, before, i and j are variables of these names.
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
 * Returns: the text of numbers, not of truth values
 */
NnScriptText
nn_script_write_value (NnScriptScope *self, const NnTerm *term)
{
  return as_number (self, nn_script_write_term (self, term));
}

/**
 * nn_script_write_full:
 *
 * Returns: the text of a tensor with a number for each element of the target
 */
NnScriptText
nn_script_write_full (NnScriptScope *self, const NnTerm *term)
{
  return as_full (self, nn_script_write_term (self, term));
}
