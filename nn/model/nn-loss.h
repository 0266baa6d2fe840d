/* nn-loss.h - what a network's output is worth: the losses
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and arithmetic are PyTorch's (reduction "mean"). Each is one
 * operation on the tape. As everywhere (nn-dense.h), examples are columns.
 *
 *   mse            mean ((out − y)²)                        targets (outputs, columns)
 *   l1             mean (|out − y|)
 *   huber          as torch.nn.HuberLoss, delta
 *   bce_logits     as torch.nn.BCEWithLogitsLoss, stable for any logit
 *   cross_entropy  as torch.nn.CrossEntropyLoss             class numbers (1, columns)
 *   squared_sum    mean ((target − sum (out))²), one number for the whole batch; no targets
 */

#pragma once

#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

typedef enum {
  NN_LOSS_MSE,
  NN_LOSS_L1,
  NN_LOSS_HUBER,
  NN_LOSS_BCE_LOGITS,
  NN_LOSS_CROSS_ENTROPY,
  NN_LOSS_SQUARED_SUM,
  NN_N_LOSSES,
} NnLossType;

typedef struct {
  NnLossType type;
  float delta;  /* huber: where the square becomes a line; 1 in PyTorch */
  float target; /* squared_sum: what the sum should be */
} NnLoss;

const char *nn_loss_get_name (NnLossType type);
gboolean nn_loss_find (const char *name, NnLossType *type, GError **error);
NnLoss nn_loss_get_default (NnLossType type);
gboolean nn_loss_takes_targets (NnLossType type);
gboolean nn_loss_takes_classes (NnLossType type);

NnTensor *nn_loss_forward (const NnLoss *self,
                           NnTape *tape,
                           NnTensor *out,
                           const NnTensor *targets,
                           gsize n_examples);

G_END_DECLS
