/* nn-loss-l1.c - mean (|out − y|), as torch.nn.L1Loss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>
#include <math.h>

static double
sum (const NnLossJob *job)
{
  const NnLossSum *s = &job->sum;
  double total = 0;

  for (gsize r = 0; r < s->n_rows; r++)
    for (gsize c = 0; c < s->n_columns; c++) {
      const gsize i = r * s->n_columns + c;
      const float d = c < s->n ? s->out[i] - s->targets[i] : 0;

      total += (double) fabsf (d);
      s->derivative[i] = d > 0 ? s->scale : d < 0 ? -s->scale : 0;
    }
  return total;
}

const NnLossKind nn_loss_l1 = {
  .sentence = N_ ("the difference from the target, whatever its sign"),
  .torch = "nn.L1Loss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .sum = sum,
};
