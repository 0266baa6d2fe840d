/* nn-loss-cross-entropy.c - many classes, an output for each, as torch.nn.CrossEntropyLoss
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss-kind.h"

#include <glib/gi18n.h>

/* −log softmax (out)[class]; the derivative is the softmax, less 1 at the class. Or, of
 * probabilities t, −Σ t log softmax (out). A single output has the loss and the derivative
 * 0 either way. */
static double
sum (const NnLossJob *job)
{
  double total;

  if (job->n_target_rows == job->n_rows)
    return job->kernels->soft_cross_entropy (job->out, job->targets, job->derivative,
                                             job->n_rows, job->n_columns,
                                             job->n_examples);
  total = job->kernels->cross_entropy (job->out, job->targets, job->derivative,
                                       job->n_rows, job->n_columns, job->n_examples);
  for (gsize c = 0; c < job->n_examples; c++)
    job->derivative[(gsize) job->targets[c] * job->n_columns + c] -= 1;
  return total;
}

/* As torch.argmax (dim=0): the first of several that are the largest. */
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
  gsize n = 0;

  for (gsize c = 0; c < job->n_examples; c++) {
    const float *target = job->targets + c;
    const gsize wanted = job->n_target_rows == job->n_rows
                             ? find_largest (target, job->n_rows, job->n_columns)
                             : (gsize) *target;

    n += find_largest (job->out + c, job->n_rows, job->n_columns) == wanted;
  }
  return n;
}

const NnLossKind nn_loss_cross_entropy = {
  .sentence = N_ ("many classes: how surprising the right one is, by a softmax"),
  .torch = "nn.CrossEntropyLoss",
  .targets = NN_LOSS_TAKES_CLASSES,
  .terms = NN_LOSS_OF_EXAMPLES,
  .sum = sum,
  .count_right = count_right,
};
