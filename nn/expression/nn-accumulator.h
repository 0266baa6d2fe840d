/* nn-accumulator.h - a statistic of values that arrive in blocks
 *
 * SPDX-License-Identifier: MIT
 *
 * The bits of nn-statistics.h for arrays that are not in memory as a whole. All values
 * are added once, twice for std, and three times (float64: six) for median and quantile,
 * which are found by a radix selection. For the streams of nn/nudge, and tested through
 * nn-stream.h.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

#define NN_ACCUMULATOR_SUMS   8 /* partial sums, as many as in nn-statistics.c */
#define NN_ACCUMULATOR_DIGITS 2048

/* The selection of the value at position k in sorted order, one digit of its key
 * per pass. */
typedef struct {
  guint64 k; /* position among the values whose keys begin with the digits known so far */
  guint64 key;  /* the digits known so far */
  guint64 mask; /* the bits of key that are known */
  guint64 counts[NN_ACCUMULATOR_DIGITS];
} NnAccumulatorSelection;

typedef struct {
  NnOp op;
  gboolean biased;    /* of std */
  gboolean is_double; /* the values are float64, and so is the result */
  double q;           /* of quantile */
  guint64 n;          /* values per pass; at least 1 */

  guint pass;   /* from 0 */
  guint64 done; /* in this pass */
  double sums[NN_ACCUMULATOR_SUMS];
  double mean;
  double result;
  gboolean has_nan;
  double weight;                     /* of quantile: interpolates between two values */
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
