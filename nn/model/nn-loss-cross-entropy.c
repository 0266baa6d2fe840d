/* nn-loss-cross-entropy.c - many classes, an output for each, as torch.nn.CrossEntropyLoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>

/* −log softmax (out)[class], or −Σ t log softmax (out) for probabilities t. With a single
 * output both loss and derivative are 0. */
static double
sum (const NnLossJob *job)
{
  return job->n_target_rows == job->sum.n_rows
             ? job->kernels->soft_cross_entropy (&job->sum)
             : job->kernels->cross_entropy (&job->sum);
}

/* torch.argmax (dim=0): the first if several are the largest. */
static gsize
find_largest (const float *column, gsize n_rows, gsize n_columns)
{
  gsize largest = 0;

  for (gsize r = 1; r < n_rows; r++)
    if (column[r * n_columns] > column[largest * n_columns])
      largest = r;
  return largest;
}

static gsize
count_right (const NnLossJob *job)
{
  const NnLossSum *s = &job->sum;
  gsize n = 0;

  for (gsize c = 0; c < s->n; c++) {
    const float *target = s->targets + c;
    const gsize wanted = job->n_target_rows == s->n_rows
                             ? find_largest (target, s->n_rows, s->n_columns)
                             : (gsize) *target;

    n += find_largest (s->out + c, s->n_rows, s->n_columns) == wanted;
  }
  return n;
}

const NnLossKind nn_loss_cross_entropy = {
  .sentence =
      N_ ("many classes: minus the log of the right one's probability, by a softmax"),
  .torch = "nn.CrossEntropyLoss",
  .targets = NN_LOSS_TAKES_CLASSES,
  .terms = NN_LOSS_OF_EXAMPLES,
  .sum = sum,
  .count_right = count_right,
};
