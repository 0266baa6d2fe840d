/* evaluate.h - update functions, of made-up values
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-expression.h"

static inline float
float_of (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static inline NnExpression *
compile (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnExpression *expression = nn_expression_new (text, &error);

  g_assert_no_error (error);
  return expression;
}

/* With random numbers that are the same each time, and w0 = 10, g = 20, before = 30, m = 40,
 * n = 7 and a matrix of 3 columns whose first row is 2 and first column 1. */
static inline void
evaluate (const NnExpression *expression,
          const float *w,
          float amount,
          float *result,
          gsize n)
{
  const NnInit init = { .type = NN_INIT_CONSTANT, .constant = 40 };
  g_autoptr (NnRandom) random = nn_random_new (3);
  g_autofree float *scratch = g_new (float, nn_expression_get_n_arrays (expression) * n);
  g_autofree float *others = g_new (float, 5 * n);

  for (gsize i = 0; i < 5 * n; i++)
    others[i] = (float) (i / n + 1) * 10;
  nn_expression_evaluate (expression,
                          &(NnOperands){ .n = n,
                                         .w = w,
                                         .initial = others,
                                         .grad = others + n,
                                         .before = others + 2 * n,
                                         .slow = others + 3 * n,
                                         .new_slow = others + 4 * n,
                                         .amount = amount,
                                         .step = 7,
                                         .first_row = 2,
                                         .first_column = 1,
                                         .n_columns = n % 3 == 0 ? 3 : n,
                                         .init = &init,
                                         .fan_in = 3,
                                         .fan_out = 4,
                                         .random = random,
                                         .scratch = scratch },
                          result);
}

static inline float
value_of (const char *text, float w, float amount)
{
  g_autoptr (NnExpression) expression = compile (text);
  float result = NAN;

  evaluate (expression, &w, amount, &result, 1);
  return result;
}

static inline void
assert_refused (const char *text, NnError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_expression_new (text, &error));
  g_assert_error (error, NN_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}
