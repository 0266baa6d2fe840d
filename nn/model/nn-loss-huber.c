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
      .sentence =
          N_ ("the difference from the target at which the square becomes a line"),
      .type = NN_SETTING_FLOAT,
      .offset = NN_LOSS_SETTING (delta),
      .usual = 1,
      .most = NN_SETTING_LARGEST_FLOAT,
      .above_least = TRUE,
  },
};

/* ½ d² if |d| is below delta, delta (|d| − ½ delta) otherwise (Huber, 1964). */
static double
sum (const NnLossJob *job)
{
  const NnLossSum *s = &job->sum;
  const float delta = job->loss->delta;
  double total = 0;

  for (gsize r = 0; r < s->n_rows; r++)
    for (gsize c = 0; c < s->n_columns; c++) {
      const gsize i = r * s->n_columns + c;
      const float d = c < s->n ? s->out[i] - s->targets[i] : 0;
      const double size = (double) fabsf (d);

      total += size >= (double) delta ? (double) delta * (size - (double) delta / 2)
                                      : size * size / 2;
      s->derivative[i] = (d <= -delta ? -delta : d >= delta ? delta : d) * s->scale;
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
