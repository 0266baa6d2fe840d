/* nn-differences.c - comparing derivatives with differences
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn-differences.h"

#include <math.h>

#include "nn/tensor/nn-grad-mode.h"

/* Values between −2 and 2 of a tensor that requires a gradient. */
NnTensor *
differences_new_random (GRand *random, gsize rank, const gsize *shape)
{
  NnTensor *tensor = nn_tensor_new (rank, shape);
  float *values = nn_tensor_write (tensor, NULL);

  for (gsize i = 0; i < nn_tensor_get_size (tensor); i++)
    values[i] = (float) g_rand_double_range (random, -2, 2);
  nn_tensor_set_requires_grad (tensor, TRUE);
  return tensor;
}

static double
value_at (DifferencesFunction function,
          gconstpointer data,
          NnTensor **inputs,
          float *input,
          float x)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  const float before = *input;
  double value = NAN;

  NN_NO_GRAD ()
  {
    *input = x;
    value = (double) *nn_tensor_get_values (function (tape, inputs, data));
    *input = before;
  }
  return value;
}

static float *
get_input (NnTensor *input, gsize index)
{
  float *values = NULL;

  NN_NO_GRAD ()
  {
    values = nn_tensor_write (input, NULL);
  }
  return values + index;
}

/* Compares every derivative with a central difference. In float32 a difference of
 * width 2h is good to about ε |L| / h, so the tolerance is one in a hundred. */
void
differences_check (DifferencesFunction function,
                   gconstpointer data,
                   NnTensor **inputs,
                   gsize n_inputs)
{
  const float h = 0x1p-8f;
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  gsize n_not_zero = 0;

  g_assert_true (nn_tape_backward (tape, function (tape, inputs, data), 1, NULL));
  for (gsize k = 0; k < n_inputs; k++) {
    const float *grad = nn_tensor_get_values (nn_tensor_get_grad (inputs[k]));

    for (gsize i = 0; i < nn_tensor_get_size (inputs[k]); i++) {
      float *x = get_input (inputs[k], i);
      double above = value_at (function, data, inputs, x, *x + h);
      double below = value_at (function, data, inputs, x, *x - h);
      double difference = (above - below) / (2 * (double) h);
      double scale = MAX (1, fabs (difference));

      g_assert_cmpfloat (fabs ((double) grad[i] - difference), <, 0.01 * scale);
      n_not_zero += fabsf (grad[i]) > 1e-3f;
    }
  }
  /* All zero would agree with a function that is flat by mistake. */
  g_assert_cmpuint (n_not_zero, >, 0);
}
