/* nn-loss-bce-logits.c - two classes, one output, as torch.nn.BCEWithLogitsLoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>
#include <math.h>

/* −y log σ(x) − (1 − y) log (1 − σ(x)) = max (x, 0) − x y + log (1 + e^−|x|), in which no
 * power overflows. The derivative is σ(x) − y. */
static double
sum (const NnLossJob *job)
{
  const NnLossSum *s = &job->sum;
  const gsize n = s->n_rows * s->n_columns;
  const float *x = s->out, *y = s->targets;
  float *scratch = s->derivative;
  double total = 0;

  for (gsize i = 0; i < n; i++)
    scratch[i] = -fabsf (x[i]);
  job->kernels->activate (NN_ACTIVATION_SOFTPLUS, scratch, scratch, n);
  for (gsize r = 0; r < s->n_rows; r++)
    for (gsize i = r * s->n_columns; i < r * s->n_columns + s->n; i++)
      total += (double) (x[i] > 0 ? x[i] : 0) - (double) x[i] * (double) y[i] +
               (double) scratch[i];

  job->kernels->activate (NN_ACTIVATION_SIGMOID, x, scratch, n);
  for (gsize r = 0; r < s->n_rows; r++)
    for (gsize c = 0; c < s->n_columns; c++) {
      const gsize i = r * s->n_columns + c;

      scratch[i] = c < s->n ? (scratch[i] - y[i]) * s->scale : 0;
    }
  return total;
}

/* Class 1 is predicted if its probability σ(x) is more than a half: if x > 0. */
static gsize
count_right (const NnLossJob *job)
{
  const NnLossSum *s = &job->sum;
  gsize n = 0;

  for (gsize r = 0; r < s->n_rows; r++)
    for (gsize i = r * s->n_columns; i < r * s->n_columns + s->n; i++)
      n += (s->out[i] > 0) == (s->targets[i] > 0.5f);
  return n;
}

const NnLossKind nn_loss_bce_logits = {
  .sentence = N_ (
      "two classes, 0 and 1: minus the log of the right one's probability, by a sigmoid"),
  .torch = "nn.BCEWithLogitsLoss",
  .targets = NN_LOSS_TAKES_NUMBERS,
  .sum = sum,
  .count_right = count_right,
};
