/* nn-script-python.c - Python expressions, and what is made of several
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/script/nn-script-python.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Powers up to this one are finite, but for bases that are large themselves. */
#define MOST_EXPONENT 8

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
 * Returns: (transfer none): the text, in parentheses if it binds less tightly than @level
 */
const char *
nn_script_bind (NnScriptScope *self, NnScriptText text, NnScriptLevel level)
{
  return text.level < level ? PRINT (self, "(%s)", text.text) : text.text;
}

/**
 * nn_script_make_primary:
 * @like: the properties of the value
 * @text: a call, a name or a number, which binds tightest
 */
NnScriptText
nn_script_make_primary (NnScriptText like, const char *text)
{
  like.text = text;
  like.level = NN_SCRIPT_PRIMARY;
  return like;
}

/* ---- from one kind of value to another --------------------------------------------- */

/* A truth value as 0 or 1, a number as it is. */
NnScriptText
nn_script_as_number (NnScriptScope *self, NnScriptText x)
{
  if (!x.boolean)
    return x;
  x = nn_script_make_primary (
      x, x.tensor
             ? PRINT (self, "%s.float()", nn_script_bind (self, x, NN_SCRIPT_PRIMARY))
             : PRINT (self, "float(%s)", x.text));
  x.boolean = FALSE;
  x.sign = NN_SCRIPT_NOT_NEGATIVE;
  return x;
}

/* A Python number as a tensor of float32 without dimensions. */
NnScriptText
nn_script_as_tensor (NnScriptScope *self, NnScriptText x)
{
  const gboolean literal = strspn (x.text, "0123456789.e+-") == strlen (x.text);

  x = nn_script_as_number (self, x);
  if (x.tensor)
    return x;
  x = nn_script_make_primary (
      x, !literal                 ? PRINT (self, "torch.tensor(float(%s))", x.text)
         : strpbrk (x.text, ".e") ? PRINT (self, "torch.tensor(%s)", x.text)
                                  : PRINT (self, "torch.tensor(%s.0)", x.text));
  x.tensor = TRUE;
  return x;
}

/* A tensor of w's shape. */
NnScriptText
nn_script_as_full (NnScriptScope *self, NnScriptText x)
{
  x = nn_script_as_number (self, x);
  if (x.full)
    return x;
  x.text = PRINT (self, "torch.zeros_like(w) + %s",
                  nn_script_bind (self, x, NN_SCRIPT_PRODUCT));
  x.level = NN_SCRIPT_SUM;
  x.tensor = x.full = TRUE;
  return x;
}

/* A number as whether it is not 0. */
NnScriptText
nn_script_as_condition (NnScriptScope *self, NnScriptText x)
{
  if (x.boolean)
    return x;
  x.text = PRINT (self, "%s != 0", nn_script_bind (self, x, NN_SCRIPT_BITS_OR));
  x.level = NN_SCRIPT_COMPARISON;
  x.boolean = TRUE;
  return x;
}

/* ---- operators --------------------------------------------------------------------- */

/**
 * nn_script_join:
 * @sign: " + "
 * @level: how tightly it binds
 * @right: how tightly @y has to bind to need no parentheses
 */
NnScriptText
nn_script_join (NnScriptScope *self,
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

static double
get_literal (NnScriptText x)
{
  return g_ascii_strtod (x.text, NULL);
}

static NnScriptText
divide (NnScriptScope *self, NnScriptText x, NnScriptText y)
{
  const gboolean whole = y.sign == NN_SCRIPT_POSITIVE ||
                         (self->nonzero && strcmp (self->nonzero, y.text) == 0);
  NnScriptText result;

  /* 1/0 is an exception with Python's numbers, and inf with tensors. */
  if (!x.tensor && !y.tensor && !whole)
    y = nn_script_as_tensor (self, y);
  result = nn_script_join (self, x, " / ", y, NN_SCRIPT_PRODUCT, NN_SCRIPT_SIGN);
  result.finite &= whole;
  result.sign = whole ? MIN (x.sign, y.sign == NN_SCRIPT_POSITIVE ? x.sign : 0) : 0;
  return result;
}

/* Whether Python may compute the power of two of its numbers: it raises an exception where
 * the result is too large, and the engine's float32 is infinite. */
static gboolean
fits_python (NnScriptText x, NnScriptText y)
{
  if (x.sign != NN_SCRIPT_POSITIVE)
    return FALSE;
  if (is_literal (x) && is_literal (y))
    return pow (get_literal (x), get_literal (y)) <= (double) FLT_MAX;
  if (is_literal (y))
    return get_literal (y) <= MOST_EXPONENT;
  return is_literal (x) && get_literal (x) <= 1 && y.level == NN_SCRIPT_PRIMARY;
}

static NnScriptText
power (NnScriptScope *self, NnScriptText x, NnScriptText y)
{
  const gboolean whole = is_literal (y) && !strpbrk (y.text, ".e");
  const gboolean fits = x.tensor || y.tensor || fits_python (x, y);
  NnScriptText result;

  if (!fits)
    x = nn_script_as_tensor (self, x);
  result = nn_script_join (self, x, "**", y, NN_SCRIPT_POWER, NN_SCRIPT_SIGN);
  result.text = PRINT (self, "%s ** %s", nn_script_bind (self, x, NN_SCRIPT_PRIMARY),
                       nn_script_bind (self, y, NN_SCRIPT_SIGN));
  result.finite &= whole && fits && get_literal (y) <= MOST_EXPONENT;
  result.sign = whole && (y.text[strlen (y.text) - 1] - '0') % 2 == 0
                    ? NN_SCRIPT_NOT_NEGATIVE
                    : MIN (x.sign, NN_SCRIPT_NOT_NEGATIVE); /* 0.5^2000 is 0 */
  return result;
}

/* @op: ADD to POWER */
NnScriptText
nn_script_calculate (NnScriptScope *self, NnOp op, NnScriptText x, NnScriptText y)
{
  NnScriptText result;

  x = nn_script_as_number (self, x);
  y = nn_script_as_number (self, y);
  switch (op) {
  case NN_OP_ADD:
    result = nn_script_join (self, x, " + ", y, NN_SCRIPT_SUM, NN_SCRIPT_PRODUCT);
    result.sign = MIN (x.sign, y.sign) == 0 ? 0 : MAX (x.sign, y.sign);
    return result;
  case NN_OP_SUBTRACT:
    return nn_script_join (self, x, " - ", y, NN_SCRIPT_SUM, NN_SCRIPT_PRODUCT);
  case NN_OP_MULTIPLY:
    result = nn_script_join (self, x, " * ", y, NN_SCRIPT_PRODUCT, NN_SCRIPT_SIGN);
    result.sign = MIN (x.sign, y.sign);
    return result;
  case NN_OP_DIVIDE:
    return divide (self, x, y);
  default:
    return power (self, x, y);
  }
}

/* Of two truth values: Python's operators, or elementwise ones if either is a tensor. */
NnScriptText
nn_script_and_or (NnScriptScope *self, NnScriptText x, NnScriptText y, gboolean or)
{
  NnScriptText result;

  if (!x.tensor && !y.tensor)
    result = or ? nn_script_join (self, x, " or ", y, NN_SCRIPT_OR, NN_SCRIPT_AND)
                : nn_script_join (self, x, " and ", y, NN_SCRIPT_AND, NN_SCRIPT_NOT);
  else
    result =
        or ? nn_script_join (self, x, " | ", y, NN_SCRIPT_BITS_OR, NN_SCRIPT_BITS_AND)
           : nn_script_join (self, x, " & ", y, NN_SCRIPT_BITS_AND, NN_SCRIPT_SUM);
  result.boolean = TRUE;
  return result;
}

/* ---- functions --------------------------------------------------------------------- */

/* x.abs() */
static NnScriptText
method (NnScriptScope *self, NnScriptText x, const char *call)
{
  x = nn_script_as_tensor (self, x);
  return nn_script_make_primary (
      x, PRINT (self, "%s.%s", nn_script_bind (self, x, NN_SCRIPT_PRIMARY), call));
}

/* The larger or smaller of two; of tensors NaN if either is. */
NnScriptText
nn_script_min_or_max (NnScriptScope *self,
                      NnScriptText x,
                      NnScriptText y,
                      gboolean larger)
{
  NnScriptText result;

  x = nn_script_as_number (self, x);
  y = nn_script_as_number (self, y);
  result = nn_script_join (self, x, "", y, NN_SCRIPT_CHOICE, NN_SCRIPT_CHOICE);
  if (!x.tensor && !y.tensor)
    result = nn_script_make_primary (
        result, PRINT (self, "%s(%s, %s)", larger ? "max" : "min", x.text, y.text));
  else if (!y.tensor)
    result = nn_script_make_primary (result,
                                     PRINT (self, "%s.clamp(%s=%s)",
                                            nn_script_bind (self, x, NN_SCRIPT_PRIMARY),
                                            larger ? "min" : "max", y.text));
  else
    result = nn_script_make_primary (
        result, PRINT (self, "torch.%s(%s, %s)", larger ? "maximum" : "minimum",
                       nn_script_as_tensor (self, x).text, y.text));
  result.sign = larger ? MAX (x.sign, y.sign) : MIN (x.sign, y.sign);
  return result;
}

NnScriptText
nn_script_clamp (NnScriptScope *self, NnScriptText x, NnScriptText low, NnScriptText high)
{
  NnScriptText result;

  if (!nn_script_as_number (self, x).tensor || low.tensor || high.tensor)
    return nn_script_min_or_max (self, nn_script_min_or_max (self, x, low, TRUE), high,
                                 FALSE);
  x = nn_script_as_number (self, x);
  result = nn_script_make_primary (x, PRINT (self, "%s.clamp(%s, %s)",
                                             nn_script_bind (self, x, NN_SCRIPT_PRIMARY),
                                             nn_script_as_number (self, low).text,
                                             nn_script_as_number (self, high).text));
  result.sign = NN_SCRIPT_ANY_SIGN;
  return result;
}

/* Functions of one argument: the method, and the properties of its result. */
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

NnScriptText
nn_script_call (NnScriptScope *self, NnOp op, NnScriptText x)
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
