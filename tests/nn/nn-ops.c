/* nn-ops.c - elementwise operations and sums that can be differentiated
 *
 * SPDX-License-Identifier: MIT
 *
 * Forward and backward of an operation are neighbours. dx is always ∂loss/∂x.
 */

#include "nn-ops.h"

#include "nn/tensor/nn-grad.h"

/* Every operation here has one input. */
static NnNode *
next_node (NnTape *tape,
           const NnOperation *operation,
           NnTensor *x,
           guint saved,
           gsize rank)
{
  NnNode *node = nn_tape_replay (tape, operation, 0, &x, 1);

  return node ? node : nn_tape_record (tape, operation, &x, 1, saved, rank, x->shape);
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
  NnTensor *y = next_node (tape, &operation, x, 0, x->rank)->output;

  for (gsize i = 0; i < x->size; i++)
    y->values[i] = minuend - x->values[i];
  return y;
}

static void
square_backward (const NnNode *node)
{
  const float *x = node->values[0];
  const float *dy = node->output->grad->values;
  float *dx = nn_tensor_accumulate_grad (node->inputs[0]);

  for (gsize i = 0; i < node->output->size; i++)
    dx[i] += dy[i] * (2 * x[i]);
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
  NnTensor *y = next_node (tape, &operation, x, 1u << 0, x->rank)->output;

  for (gsize i = 0; i < x->size; i++)
    y->values[i] = x->values[i] * x->values[i];
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
  NnTensor *y = next_node (tape, &operation, x, 0, 0)->output;

  y->values[0] = (float) total (x);
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
  NnTensor *y = next_node (tape, &operation, x, 0, 0)->output;

  y->values[0] = (float) (total (x) / (double) x->size);
  return y;
}
