/* nn-elementwise.h - what an update function does to each weight
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations and what they give at the edges are PyTorch's, in float32; the arithmetic
 * itself is in nn/kernels/elementwise.inc.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  /* Of x alone. */
  NN_ELEMENTWISE_NEGATE,
  NN_ELEMENTWISE_ABS,
  NN_ELEMENTWISE_SIGN, /* of NaN: 0 */
  NN_ELEMENTWISE_SQRT,
  NN_ELEMENTWISE_EXP,
  NN_ELEMENTWISE_LOG,
  NN_ELEMENTWISE_SIN,
  NN_ELEMENTWISE_COS,
  NN_ELEMENTWISE_TANH,
  NN_ELEMENTWISE_SIGMOID,
  NN_ELEMENTWISE_RELU, /* of -0: -0 */
  NN_ELEMENTWISE_FLOOR,
  NN_ELEMENTWISE_ROUND, /* half to even */
  NN_ELEMENTWISE_SQUARE,
  NN_ELEMENTWISE_CUBE,
  NN_ELEMENTWISE_INVERT, /* 1 / x */

  /* Of x and y. */
  NN_ELEMENTWISE_ADD,
  NN_ELEMENTWISE_SUBTRACT,
  NN_ELEMENTWISE_MULTIPLY,
  NN_ELEMENTWISE_DIVIDE,
  NN_ELEMENTWISE_NUMBER_OVER, /* x (1 / y), rounded twice, as PyTorch divides a number */
  NN_ELEMENTWISE_LESS,        /* this and the next five: 1 or 0 */
  NN_ELEMENTWISE_LESS_EQUAL,
  NN_ELEMENTWISE_GREATER,
  NN_ELEMENTWISE_GREATER_EQUAL,
  NN_ELEMENTWISE_EQUAL,
  NN_ELEMENTWISE_NOT_EQUAL,
  NN_ELEMENTWISE_MIN, /* NaN if either is; of two zeros, y, as in PyTorch's vectors */
  NN_ELEMENTWISE_MAX, /* likewise */
} NnElementwise;

/* An array, or a single value that goes with every element of the others. */
typedef struct {
  const float *values;
  gsize step; /* from one element's to the next one's: 1, or 0 for a single value */
} NnSource;

G_END_DECLS
