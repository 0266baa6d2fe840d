/* nn-loss-bce-logits.c - two classes, one output, as torch.nn.BCEWithLogitsLoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>
#include <math.h>

/* −y log σ(x) − (1 − y) log (1 − σ(x)) = max (x, 0) − x y + log (1 + e^−|x|), and no
 * power in that overflows. The derivative is σ(x) − y. */
static double
sum (const NnLossJob *job)
{
  const gsize n = job->n_rows * job->n_columns;
  const float *x = job->out, *y = job->targets;
  float *scratch = job->derivative;
  double total = 0;

  for (gsize i = 0; i < n; i++)
    scratch[i] = -fabsf (x[i]);
  job->kernels->activate (NN_ACTIVATION_SOFTPLUS, scratch, scratch, n);
  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++)
      total += (double) (x[i] > 0 ? x[i] : 0) - (double) x[i] * (double) y[i] +
               (double) scratch[i];

  job->kernels->activate (NN_ACTIVATION_SIGMOID, x, scratch, n);
  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize c = 0; c < job->n_columns; c++) {
      const gsize i = r * job->n_columns + c;

      scratch[i] = c < job->n_examples ? scratch[i] - y[i] : 0;
    }
  return total;
}

/* Class 1 where its probability is more than a half, which is where x > 0. */
static gsize
count_right (const NnLossJob *job)
{
  gsize n = 0;

  for (gsize r = 0; r < job->n_rows; r++)
    for (gsize i = r * job->n_columns; i < r * job->n_columns + job->n_examples; i++)
      n += (job->out[i] > 0) == (job->targets[i] > 0.5f);
  return n;
}

const NnLossKind nn_loss_bce_logits = {
  .sentence = N_ ("two classes, 0 and 1: how surprising the right one is, by a sigmoid"),
  .torch = "nn.BCEWithLogitsLoss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .sum = sum,
  .count_right = count_right,
};
