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
  double total = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++) {
      const float d = job->out[i] - job->targets[i];

      total += (double) fabsf (d);
      job->derivative[i] = d > 0 ? 1 : d < 0 ? -1 : 0;
    }
  return total;
}

const NnLossKind nn_loss_l1 = {
  .sentence = N_ ("the difference from the target, whatever its sign"),
  .torch = "nn.L1Loss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .sum = sum,
};
