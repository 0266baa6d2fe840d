/* nn-loss-squared-sum.c - (target − Σ out)², of the whole batch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>

static const NnSetting settings[] = {
  {
      .key = "target",
      .sentence = N_ ("what the sum should be"),
      .type = NN_SETTING_FLOAT,
      .offset = NN_LOSS_SETTING (target),
      .least = -NN_SETTING_LARGEST_FLOAT,
      .most = NN_SETTING_LARGEST_FLOAT,
  },
};

/* Four columns at once, the width in which backward loads them: a load that spans several
 * narrower stores would stall. */
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef gint32 IntFour __attribute__ ((vector_size (16), may_alias));

/* Stores @value in the first @n of four, and 0 in the rest. */
static inline void
fill_four (float *to, float value, gint32 n)
{
  const IntFour mask = (IntFour){ 0, 1, 2, 3 } < n;

  *(Four *) to = (Four) ((IntFour) (value - (Four){ 0 }) & mask);
}

/* (target − Σ out)² of the whole batch: a single term. Each operation is rounded as
 * PyTorch's is. */
static double
sum (const NnLossJob *job)
{
  const NnLossSum s = job->sum; /* a copy: what is stored could be in it */
  double total = 0;
  float missing;

  for (gsize r = 0; r < s.n_rows; r++)
    for (gsize c = 0; c < s.n; c++)
      total += (double) s.out[r * s.n_columns + c];
  missing = job->loss->target - (float) total;
  for (gsize r = 0; r < s.n_rows; r++)
    for (gsize c = 0; c < s.n_columns; c += 4)
      fill_four (s.derivative + r * s.n_columns + c, missing * (-2 * s.scale),
                 (gint32) s.n - (gint32) c);
  return (double) (missing * missing);
}

const NnLossKind nn_loss_squared_sum = {
  .sentence = N_ ("the squared difference of all outputs' sum from a number"),
  .torch = "lambda output, y=None: ({target} - output.sum()).square()",
  .targets = NN_LOSS_TAKES_NOTHING,
  .terms = NN_LOSS_OF_BATCHES,
  .settings = NN_SETTINGS (settings),
  .sum = sum,
};
