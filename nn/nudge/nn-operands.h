/* nn-operands.h - what an update function computes with
 *
 * SPDX-License-Identifier: MIT
 *
 * A whole parameter or the chosen part of one, gathered into n elements side by side.
 * Borrows everything for one evaluation. n and w must be there, and scratch, if the
 * expression has arrays; all else only if nn_expression_get_needs () says so.
 */

#pragma once

#include "nn/model/nn-init.h"
#include "nn/nudge/nn-target.h"
#include "nn/tensor/nn-random.h"

G_BEGIN_DECLS

typedef struct {
  gsize n;
  const float *w;       /* (n) the values */
  const float *initial; /* (n) `w0`: the values at step 0 */
  const float *slow;    /* (n) `m`: the slow copy; w where there is none yet */
  const float *grad;    /* (n) `g`: the last gradient; zeros where there is none */
  const float *before;  /* (n) `before`: the values before this step's optimizer */
  float amount;         /* `a` */
  guint64 step;         /* `n`: the one under way, or just taken */
  float rate;           /* `lr`: the learning rate */

  /* (n) `global_rank`: as `rank`, among the elements of all targets */
  const float *global_rank;

  /* Element k is at row first_row + k / n_columns, column first_column + k % n_columns of
   * its parameter, `i` and `j`, or so many steps farther on; a bias is one column. Where
   * these are a block of a larger target, k counts those before it, n_before, too. If
   * @edges is there, it says. For `orthogonal`, n is a multiple of n_columns. */
  gsize first_row;
  gsize first_column;
  gsize n_columns;
  gsize n_before;
  gsize row_step; /* 0 is 1 */
  gsize column_step;
  const NnEdge *edges; /* (n) (nullable) */

  gboolean is_bias;

  /* What `fresh` is drawn by: the experiment's, and the layer's size, for a bias too. */
  const NnInit *init;
  gsize fan_in;
  gsize fan_out;

  NnRandom *random; /* goes on by what is drawn */
  float *new_slow;  /* (n) overwritten by the slow copy's new values: none of the above */
  /* (nn_expression_get_n_arrays () × n) overwritten; aligned as by malloc */
  float *scratch;
} NnOperands;

G_END_DECLS
