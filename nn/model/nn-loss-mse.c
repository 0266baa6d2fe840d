/* nn-loss-mse.c - mean ((out − y)²), as torch.nn.MSELoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>

static double
sum (const NnLossJob *job)
{
  double total = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++) {
      const float d = job->out[i] - job->targets[i];

      total += (double) d * (double) d;
      job->derivative[i] = 2 * d;
    }
  return total;
}

const NnLossKind nn_loss_mse = {
  .sentence = N_ ("the squared difference from the target"),
  .torch = "nn.MSELoss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .sum = sum,
};
