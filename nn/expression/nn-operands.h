/* nn-operands.h - the inputs of one evaluation of an update function
 *
 * SPDX-License-Identifier: MIT
 *
 * A whole parameter or the selected part of one, gathered into n contiguous elements.
 * Borrows everything for one evaluation. n and w are required, and scratch if the
 * expression has arrays; other fields only if nn_expression_get_needs () says so.
 */

#pragma once

#include "nn/model/nn-edge.h"
#include "nn/model/nn-init.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

typedef struct {
  gsize n;
  const float *w;       /* (n) the values */
  const float *initial; /* (n) `w0`: the values at step 0 */
  const float *slow;    /* (n) `m`: the slow copy; w if there is none yet */
  const float *grad;    /* (n) `g`: the last gradient; zeros if there is none */
  const float *before;  /* (n) `before`: the values before this step's optimizer */
  float amount;         /* `a` */
  guint64 step;         /* `n`: the present step, or the one just finished */
  float rate;           /* `lr`: the learning rate */

  /* (n) `global_rank`: as `rank`, among the elements of all targets */
  const float *global_rank;

  /* `i` and `j`: element k is at row first_row + row_step * (k / n_columns) and
   * column first_column + column_step * (k % n_columns) of its parameter, where k
   * begins at n_before if this is a block of a larger target. A bias has one column.
   * With edges, those are the positions instead. For `orthogonal`, n must be a
   * multiple of n_columns. */
  gsize first_row;
  gsize first_column;
  gsize n_columns;
  gsize n_before;
  gsize row_step; /* 0 means 1 */
  gsize column_step;
  const NnEdge *edges; /* (nullable) (n) */

  gboolean is_bias;

  /* `fresh`: the experiment's initialisation, and the size of the layer. */
  const NnInit *init;
  gsize fan_in;
  gsize fan_out;

  NnRandom *random; /* advanced by the random numbers that are drawn */
  /* (out) (n) the new values of `m`; must not overlap the arrays above */
  float *new_slow;
  /* (nn_expression_get_n_arrays () × n) overwritten; aligned as by malloc () */
  float *scratch;
} NnOperands;

G_END_DECLS
