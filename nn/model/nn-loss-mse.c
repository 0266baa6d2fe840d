/* nn-loss-mse.c - mean ((out − y)²), as torch.nn.MSELoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>

static double
sum (const NnLossJob *job)
{
  return job->kernels->squared_error (&job->sum);
}

const NnLossKind nn_loss_mse = {
  .sentence = N_ ("the squared difference from the target"),
  .torch = "nn.MSELoss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .sum = sum,
};
