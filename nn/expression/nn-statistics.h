/* nn-statistics.h - mean, std, norm, median and other statistics of floats
 *
 * SPDX-License-Identifier: MIT
 *
 * Sums are in double and rounded once, so they agree with PyTorch's for the values in
 * float64; statistics that select a value (min, max, median) have PyTorch's bits. Does
 * not allocate. Private to nn/expression and nn/nudge, and tested through
 * nn-expression.h.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

typedef struct {
  NnOp op;
  gboolean biased; /* of std */
  float q;         /* of quantile */
} NnStatistic;

/* Values with a stride: a row, a column or all. */
typedef struct {
  const float *values;
  gsize n;
  gsize stride;
} NnLane;

float nn_statistic_compute (const NnStatistic *self, NnLane lane);
void nn_statistic_compute_lanes (const NnStatistic *self,
                                 const NnOperands *operands,
                                 int dim,
                                 const float *values,
                                 float *result);
gboolean nn_statistic_get_lane_length (const NnOperands *operands, int dim, gsize *n);

G_END_DECLS
