/* nn-accumulator.h - a statistic of values that come block after block
 *
 * SPDX-License-Identifier: MIT
 *
 * As nn-statistics.h, to the bit, of arrays that are not in memory as a whole: they are
 * passed over once, twice for std, and three times (float64: six) for median and quantile,
 * which count digits. Private to this folder, and tested through nn-stream.h.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

#define NN_ACCUMULATOR_SUMS   8 /* as nn-statistics.c adds up */
#define NN_ACCUMULATOR_DIGITS 2048

/* A value with so many before it in order, digit by digit. */
typedef struct {
  guint64 k;
  guint64 key;
  guint64 mask;
  guint64 counts[NN_ACCUMULATOR_DIGITS];
} NnAccumulatorSelection;

typedef struct {
  NnOp op;
  gboolean biased;    /* of std */
  gboolean is_double; /* the values are float64, and so is the result */
  double q;           /* of quantile */
  guint64 n;          /* values in each pass; at least 1 */

  guint pass;   /* from 0 */
  guint64 done; /* in this pass */
  double sums[NN_ACCUMULATOR_SUMS];
  double mean;
  double result;
  gboolean has_nan;
  double weight;                     /* of quantile: between the two */
  NnAccumulatorSelection *selection; /* (owned) (nullable) [2] */
} NnAccumulator;

void nn_accumulator_init (NnAccumulator *self,
                          NnOp op,
                          gboolean biased,
                          double q,
                          gboolean is_double,
                          guint64 n);
void nn_accumulator_clear (NnAccumulator *self);
void nn_accumulator_add (NnAccumulator *self, const double *values, gsize n);
gboolean nn_accumulator_end_pass (NnAccumulator *self, double *result);

G_END_DECLS
