/* nn-ops.c - the operations that can be differentiated
 *
 * SPDX-License-Identifier: MIT
 *
 * Forward and backward of an operation are neighbours. dx is always ∂loss/∂x.
 */

#include "nn/tensor/nn-ops.h"

#include "nn/tensor/nn-tensor-private.h"

/* Of linear's inputs. */
enum { X, WEIGHT, BIAS };

static void
linear_backward (const NnNode *node)
{
  NnTensor *x = node->inputs[X];
  NnTensor *weight = node->inputs[WEIGHT];
  NnTensor *bias = node->inputs[BIAS];
  const gsize n = x->shape[0], n_in = x->shape[1], n_out = weight->shape[0];
  const float *dy = node->output->grad->values;

  if (weight->requires_grad) {
    float *dw = nn_tensor_accumulate_grad (weight);

    for (gsize k = 0; k < n; k++)
      for (gsize o = 0; o < n_out; o++)
        for (gsize i = 0; i < n_in; i++)
          dw[o * n_in + i] += dy[k * n_out + o] * x->values[k * n_in + i];
  }
  if (bias->requires_grad) {
    float *db = nn_tensor_accumulate_grad (bias);

    for (gsize k = 0; k < n; k++)
      for (gsize o = 0; o < n_out; o++)
        db[o] += dy[k * n_out + o];
  }
  if (x->requires_grad) {
    float *dx = nn_tensor_accumulate_grad (x);

    for (gsize k = 0; k < n; k++)
      for (gsize o = 0; o < n_out; o++)
        for (gsize i = 0; i < n_in; i++)
          dx[k * n_in + i] += dy[k * n_out + o] * weight->values[o * n_in + i];
  }
}

/**
 * nn_linear:
 * @x: (n,i)
 * @weight: (o,i)
 * @bias: (o)
 *
 * dw = dyᵀ x, db = Σ dy over the examples, dx = dy w
 * (Goodfellow et al., Deep Learning, 2016, §6.5.6).
 *
 * Returns: (n,o) x wᵀ + b
 */
NnTensor *
nn_linear (NnTape *tape, NnTensor *x, NnTensor *weight, NnTensor *bias)
{
  static const NnOperation operation = { "linear", linear_backward };
  const gsize n = x->shape[0], n_in = x->shape[1], n_out = weight->shape[0];
  NnTensor *y = nn_tape_new_result (tape, 2, (const gsize[]){ n, n_out });
  guint saved = 0;

  g_return_val_if_fail (weight->shape[1] == n_in && bias->shape[0] == n_out, NULL);

  for (gsize k = 0; k < n; k++)
    for (gsize o = 0; o < n_out; o++) {
      float sum = 0;

      for (gsize i = 0; i < n_in; i++)
        sum += x->values[k * n_in + i] * weight->values[o * n_in + i];
      y->values[k * n_out + o] = sum + bias->values[o];
    }

  /* What backward reads depends on whose gradient is wanted: a first layer's
   * weight is not read if its input is data. PyTorch saves the same. */
  if (weight->requires_grad)
    saved |= 1u << X;
  if (x->requires_grad)
    saved |= 1u << WEIGHT;
  nn_tape_record (tape, &operation, y, (NnTensor *[]){ x, weight, bias }, 3, saved);
  return y;
}

/* The output is positive just where the input is, so backward reads the output;
 * results are never changed in place, and the input need not be kept. */
static void
relu_backward (const NnNode *node)
{
  const NnTensor *y = node->output;
  const float *dy = y->grad->values;
  float *dx = nn_tensor_accumulate_grad (node->inputs[0]);

  for (gsize i = 0; i < y->size; i++)
    dx[i] += y->values[i] > 0 ? dy[i] : 0;
}

/**
 * nn_relu:
 *
 * max (x, 0), elementwise; its derivative at 0 is 0, as in PyTorch. NaN stays NaN.
 */
NnTensor *
nn_relu (NnTape *tape, NnTensor *x)
{
  static const NnOperation operation = { "relu", relu_backward };
  NnTensor *y = nn_tape_new_result (tape, x->rank, x->shape);

  for (gsize i = 0; i < x->size; i++)
    y->values[i] = x->values[i] < 0 ? 0 : x->values[i];
  nn_tape_record (tape, &operation, y, &x, 1, 0);
  return y;
}

static void
subtract_from_backward (const NnNode *node)
{
  const NnTensor *y = node->output;
  float *dx = nn_tensor_accumulate_grad (node->inputs[0]);

  for (gsize i = 0; i < y->size; i++)
    dx[i] -= y->grad->values[i];
}

/**
 * nn_subtract_from:
 *
 * @minuend − x, elementwise.
 */
NnTensor *
nn_subtract_from (NnTape *tape, float minuend, NnTensor *x)
{
  static const NnOperation operation = { "subtract_from", subtract_from_backward };
  NnTensor *y = nn_tape_new_result (tape, x->rank, x->shape);

  for (gsize i = 0; i < x->size; i++)
    y->values[i] = minuend - x->values[i];
  nn_tape_record (tape, &operation, y, &x, 1, 0);
  return y;
}

static void
square_backward (const NnNode *node)
{
  const NnTensor *x = node->inputs[0];
  const float *dy = node->output->grad->values;
  float *dx = nn_tensor_accumulate_grad (node->inputs[0]);

  for (gsize i = 0; i < x->size; i++)
    dx[i] += dy[i] * (2 * x->values[i]);
}

/**
 * nn_square:
 *
 * x², elementwise; dx = 2 x dy.
 */
NnTensor *
nn_square (NnTape *tape, NnTensor *x)
{
  static const NnOperation operation = { "square", square_backward };
  NnTensor *y = nn_tape_new_result (tape, x->rank, x->shape);

  for (gsize i = 0; i < x->size; i++)
    y->values[i] = x->values[i] * x->values[i];
  nn_tape_record (tape, &operation, y, &x, 1, 1u << 0);
  return y;
}

static void
sum_backward (const NnNode *node)
{
  const NnTensor *x = node->inputs[0];
  const float dy = node->output->grad->values[0];
  float *dx = nn_tensor_accumulate_grad (node->inputs[0]);

  for (gsize i = 0; i < x->size; i++)
    dx[i] += dy;
}

static double
total (const NnTensor *x)
{
  double sum = 0;

  for (gsize i = 0; i < x->size; i++)
    sum += (double) x->values[i];
  return sum;
}

/**
 * nn_sum:
 *
 * Returns: a scalar, added up in double and rounded once
 */
NnTensor *
nn_sum (NnTape *tape, NnTensor *x)
{
  static const NnOperation operation = { "sum", sum_backward };
  NnTensor *y = nn_tape_new_result (tape, 0, NULL);

  y->values[0] = (float) total (x);
  nn_tape_record (tape, &operation, y, &x, 1, 0);
  return y;
}

static void
mean_backward (const NnNode *node)
{
  const NnTensor *x = node->inputs[0];
  const float share = node->output->grad->values[0] / (float) x->size;
  float *dx = nn_tensor_accumulate_grad (node->inputs[0]);

  for (gsize i = 0; i < x->size; i++)
    dx[i] += share;
}

/**
 * nn_mean:
 *
 * Returns: a scalar, added up in double and rounded once
 */
NnTensor *
nn_mean (NnTape *tape, NnTensor *x)
{
  static const NnOperation operation = { "mean", mean_backward };
  NnTensor *y = nn_tape_new_result (tape, 0, NULL);

  y->values[0] = (float) (total (x) / (double) x->size);
  nn_tape_record (tape, &operation, y, &x, 1, 0);
  return y;
}
