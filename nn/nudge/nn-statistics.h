/* nn-statistics.h - one value of many: mean, std, norm, median …
 *
 * SPDX-License-Identifier: MIT
 *
 * Sums add up in double, and are rounded once, so they are PyTorch's for the values in
 * float64; what is chosen among them (min, max, median) is PyTorch's to the bit. Allocates
 * nothing. Private to this folder, and tested through nn-expression.h.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

typedef struct {
  NnOp op;
  gboolean biased; /* of std */
  float q;         /* of quantile */
} NnStatistic;

/* Values that are so many floats apart. */
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
