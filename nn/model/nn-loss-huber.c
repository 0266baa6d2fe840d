/* nn-loss-huber.c - a square near the target, a line further out, as torch.nn.HuberLoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>
#include <math.h>

static const NnSetting settings[] = {
  {
      .key = "delta",
      .sentence = N_ ("how far from the target the square becomes a line"),
      .type = NN_SETTING_FLOAT,
      .offset = NN_LOSS_SETTING (delta),
      .usual = 1,
      .most = NN_SETTING_LARGEST_FLOAT,
      .above_least = TRUE,
  },
};

/* ½ d² where |d| is below delta, delta (|d| − ½ delta) elsewhere (Huber, 1964). */
static double
sum (const NnLossJob *job)
{
  const float delta = job->loss->delta;
  double total = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++) {
      const float d = job->out[i] - job->targets[i];
      const double size = (double) fabsf (d);

      total += size >= (double) delta ? (double) delta * (size - (double) delta / 2)
                                      : size * size / 2;
      job->derivative[i] = d <= -delta ? -delta : d >= delta ? delta : d;
    }
  return total;
}

const NnLossKind nn_loss_huber = {
  .sentence = N_ ("the squared difference from the target, but a line beyond delta"),
  .torch = "nn.HuberLoss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .settings = NN_SETTINGS (settings),
  .sum = sum,
};
