/* nn-evaluate.h - the loss of a network on a batch
 *
 * SPDX-License-Identifier: MIT
 *
 * The only way from weights and examples to a loss. The trainer's forward pass, the
 * losses in frames and files, and those of trials are computed here, and so agree to
 * the bit.
 */

#pragma once

#include "nn/data/nn-batches.h"
#include "nn/model/nn-loss.h"
#include "nn/model/nn-network.h"

G_BEGIN_DECLS

NnTensor *nn_compute_loss (NnNetwork *network,
                           const NnLoss *loss,
                           NnTape *tape,
                           const NnBatch *batch);
float
nn_evaluate (NnNetwork *network, const NnLoss *loss, NnTape *tape, const NnBatch *batch);

float nn_evaluate_with_accuracy (NnNetwork *network,
                                 const NnLoss *loss,
                                 NnTape *tape,
                                 const NnBatch *batch,
                                 float *accuracy);

gboolean nn_evaluate_examples (NnNetwork *network,
                               const NnLoss *loss,
                               const NnBatch *batch,
                               double *losses);
float nn_evaluate_training (NnNetwork *network,
                            const NnLoss *loss,
                            NnDataset *dataset,
                            gsize batch_size,
                            float *accuracy);

void nn_evaluate_read_units (NnTensor *const *layers, gsize n_layers, float *units);

G_END_DECLS
