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
