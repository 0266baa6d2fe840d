/* nn-kernels.h - the inner loops, in the widest vectors this processor has
 *
 * SPDX-License-Identifier: MIT
 *
 * One set of loops, compiled for several instruction sets (see nn-kernel-set.c);
 * the best that the processor knows is chosen once. On processors other than
 * x86-64 there is one set. Arrays are row-major, do not overlap unless said so,
 * and need no alignment. Kernels know nothing of tensors, tapes or modes.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

/* y = a x (+ bias, + y): a dense layer forward, or its input's gradient. */
typedef struct {
  const float *a; /* element (row, term) at row * row_stride + term * term_stride */
  gsize row_stride;
  gsize term_stride;
  const float *bias; /* (nullable) (n_rows) */
  const float *x;    /* (n_terms, n_columns) */
  float *y;          /* (n_rows, n_columns) */
  gsize n_rows;
  gsize n_terms;
  gsize n_columns; /* see nn_kernels_get_columns () */
  gboolean add;    /* to what is in y, instead of the bias */
  gboolean relu;
} NnProduct;

/* dw = dz xᵀ, db = Σ dz over the columns; a layer's parameters lie side by side. */
typedef struct {
  float *dz; /* (n_out, n_columns) */
  const float
      *y; /* (nullable) relu's output: dz is first set to 0 where it is not above 0 */
  const float *x; /* (n_in, n_columns) */
  float *dw;      /* (n_out, n_in), and behind it the biases' (n_out) */
  gsize n_out;
  gsize n_in;
  gsize n_columns; /* see nn_kernels_get_columns () */
  gboolean add;    /* to what is in dw */
} NnGradients;

typedef struct {
  const char *name;   /* "avx512", "avx2" or "base": for benchmarks and bug reports */
  gsize vector_width; /* floats to a vector */

  gboolean (*all_finite) (const float *values, gsize n);
  void (*product) (const NnProduct *product);
  void (*gradients) (const NnGradients *gradients);

  /* In place: each block of 16 numbers in [0, 1) into 16 normal ones. The same bits in
   * every set. */
  void (*box_muller) (float *values, gsize n_blocks, float mean, float std);
} NnKernels;

const NnKernels *nn_kernels_get (void);
gsize nn_kernels_get_columns (gsize n_examples);

G_END_DECLS
