/* nn-evaluate.c - the loss of a network on a batch
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-evaluate.h"

#include "nn/kernels/nn-flush.h"
#include "nn/tensor/nn-grad-mode.h"

/**
 * nn_compute_loss:
 *
 * Returns: (transfer none): a scalar, on @tape
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
 * Returns: the loss, with no gradient to follow
 */
float
nn_evaluate (NnNetwork *network, const NnLoss *loss, NnTape *tape, const NnBatch *batch)
{
  NN_NO_GRAD_FUNCTION ();
  NN_FLUSH_SUBNORMALS_FUNCTION ();

  nn_tape_rewind (tape);
  return *nn_tensor_get_values (nn_compute_loss (network, loss, tape, batch));
}

/* As many examples go through the network at once. */
#define CHUNK 256

/**
 * nn_evaluate_training:
 * @batch_size: the run's; 0 for all
 *
 * Goes through the examples that are trained on, in their order.
 *
 * Returns: their mean loss; where a loss is of a whole batch (squared_sum), the mean of
 *   those of the batches, unshuffled
 */
float
nn_evaluate_training (NnNetwork *network,
                      const NnLoss *loss,
                      NnDataset *dataset,
                      gsize batch_size)
{
  const gboolean of_batches = nn_loss_get_kind (loss->type)->terms == NN_LOSS_OF_BATCHES;
  g_autoptr (NnBatches) batches =
      nn_batches_new (dataset, of_batches ? batch_size : CHUNK, NN_SHUFFLE_NONE);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_OFF);
  g_autoptr (NnTape) smaller_tape = nn_tape_new (NN_GUARD_OFF);
  double sum = 0, n = 0;
  gboolean ends;

  do {
    const NnBatch *batch = nn_batches_begin (batches, NULL);
    const double weight = of_batches ? 1 : (double) batch->n_examples;

    sum += weight * (double) nn_evaluate (network, loss,
                                          batch->smaller ? smaller_tape : tape, batch);
    n += weight;
    ends = batch->ends_epoch;
    nn_batches_advance (batches);
  } while (!ends);
  return (float) (sum / n);
}
