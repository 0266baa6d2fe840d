/* nn-evaluate.c - the loss of a network on a batch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-evaluate.h"

#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-grad-mode.h"

/**
 * nn_compute_loss:
 *
 * Returns: (transfer none): the loss, a scalar on @tape, for the backward pass
 */
NnTensor *
nn_compute_loss (NnNetwork *network,
                 const NnLoss *loss,
                 NnTape *tape,
                 const NnBatch *batch)
{
  NnTensor *out = nn_network_forward (network, tape, batch->inputs, NULL);

  return nn_loss_forward (loss, tape, out, batch->targets, batch->n_examples);
}

/**
 * nn_evaluate:
 * @tape: rewound first
 *
 * Returns: the loss, in a gradient-free section
 */
float
nn_evaluate (NnNetwork *network, const NnLoss *loss, NnTape *tape, const NnBatch *batch)
{
  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  nn_tape_rewind (tape);
  return *nn_tensor_get_values (nn_compute_loss (network, loss, tape, batch));
}

/**
 * nn_evaluate_with_accuracy:
 * @accuracy: (out): of the same outputs, 0 to 1; NAN where @loss is not one of classes
 *
 * As nn_evaluate ().
 */
float
nn_evaluate_with_accuracy (NnNetwork *network,
                           const NnLoss *loss,
                           NnTape *tape,
                           const NnBatch *batch,
                           float *accuracy)
{
  NnTensor *out;

  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  nn_tape_rewind (tape);
  out = nn_network_forward (network, tape, batch->inputs, NULL);
  *accuracy = (float) nn_loss_get_accuracy (loss, out, batch->targets, batch->n_examples);
  return *nn_tensor_get_values (
      nn_loss_forward (loss, tape, out, batch->targets, batch->n_examples));
}

/* Copies column @index of @all into the first column of @one, a batch of one example. */
static void
pick_column (NnTensor *one, const NnTensor *all, gsize index)
{
  const gsize n_rows = nn_tensor_get_shape (all)[0];
  const gsize n_columns = nn_tensor_get_shape (all)[1];
  const gsize n_wanted = nn_tensor_get_shape (one)[1];
  const float *from = nn_tensor_get_values (all);
  float *to = nn_tensor_write (one, NULL);

  for (gsize r = 0; r < n_rows; r++)
    to[r * n_wanted] = from[r * n_columns + index];
}

static NnTensor *
new_column (const NnTensor *all)
{
  const gsize shape[] = { nn_tensor_get_shape (all)[0], nn_kernels_get_columns (1) };

  return nn_tensor_new (2, shape);
}

/**
 * nn_evaluate_examples:
 * @losses: (out) (array): [n_examples of @batch]
 *
 * Returns: FALSE, with nothing written, if examples have no loss of their own: it is one
 *   of a whole batch (squared_sum)
 */
gboolean
nn_evaluate_examples (NnNetwork *network,
                      const NnLoss *loss,
                      const NnBatch *batch,
                      double *losses)
{
  g_autoptr (NnTape) tape = NULL;
  g_autoptr (NnTape) loss_tape = NULL;
  g_autoptr (NnTensor) one = NULL;
  g_autoptr (NnTensor) target = NULL;
  NnTensor *out;

  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  if (nn_loss_get_kind (loss->type)->terms == NN_LOSS_OF_BATCHES)
    return FALSE;
  tape = nn_tape_new (NN_GUARD_OFF);
  loss_tape = nn_tape_new (NN_GUARD_OFF);
  out = nn_network_forward (network, tape, batch->inputs, NULL);
  one = new_column (out);
  target = batch->targets ? new_column (batch->targets) : NULL;
  for (gsize i = 0; i < batch->n_examples; i++) {
    pick_column (one, out, i);
    if (target)
      pick_column (target, batch->targets, i);
    nn_tape_rewind (loss_tape);
    losses[i] = (double) *nn_tensor_get_values (
        nn_loss_forward (loss, loss_tape, one, target, 1));
  }
  return TRUE;
}

/**
 * nn_evaluate_read_units:
 * @layers: (array length=n_layers): each [units, columns], the inputs first
 * @units: (out) (array): the values of all layers for the first example, one after
 *   the other
 */
void
nn_evaluate_read_units (NnTensor *const *layers, gsize n_layers, float *units)
{
  for (gsize k = 0; k < n_layers; k++) {
    const float *values = nn_tensor_get_values (layers[k]);
    const gsize n_units = nn_tensor_get_shape (layers[k])[0];
    const gsize n_columns = nn_tensor_get_shape (layers[k])[1];

    for (gsize u = 0; u < n_units; u++)
      *units++ = values[u * n_columns];
  }
}

/* Examples of one forward pass. */
#define CHUNK 256

/**
 * nn_evaluate_training:
 * @batch_size: the run's; 0 for all
 * @accuracy: (out): their mean accuracy, 0 to 1; NAN where @loss is not one of classes
 *
 * Of all training examples, in their order.
 *
 * Returns: the mean of their losses; of a loss of a whole batch (squared_sum), the mean
 *   of those of the unshuffled mini-batches
 */
float
nn_evaluate_training (NnNetwork *network,
                      const NnLoss *loss,
                      NnDataset *dataset,
                      gsize batch_size,
                      float *accuracy)
{
  const gboolean of_batches = nn_loss_get_kind (loss->type)->terms == NN_LOSS_OF_BATCHES;
  g_autoptr (NnBatches) batches =
      nn_batches_new (dataset, of_batches ? batch_size : CHUNK, NN_SHUFFLE_NONE);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_OFF);
  g_autoptr (NnTape) smaller_tape = nn_tape_new (NN_GUARD_OFF);
  double sum = 0, right = 0, n = 0;
  gboolean ends;

  do {
    const NnBatch *batch = nn_batches_begin (batches, NULL);
    const double weight = of_batches ? 1 : (double) batch->n_examples;
    NnTape *fitting = batch->smaller ? smaller_tape : tape;
    float share;

    sum += weight *
           (double) nn_evaluate_with_accuracy (network, loss, fitting, batch, &share);
    right += weight * (double) share;
    n += weight;
    ends = batch->ends_epoch;
    nn_batches_advance (batches);
  } while (!ends);
  *accuracy = (float) (right / n);
  return (float) (sum / n);
}
