/* nn-loss.h - the losses, each one operation on the tape
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and arithmetic are PyTorch's (reduction "mean"). Each is one
 * operation on the tape. As everywhere (nn-dense.h), examples are columns. Which losses
 * there are is in losses.inc, and what each is in its file.
 */

#pragma once

#include "nn/model/nn-loss-kind.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

const NnLossKind *nn_loss_get_kind (NnLossType type);
const char *nn_loss_get_name (NnLossType type);
gboolean nn_loss_find (const char *name, NnLossType *type, GError **error);
NnLoss nn_loss_get_default (NnLossType type);
gboolean nn_loss_takes_targets (NnLossType type);
gboolean nn_loss_takes_classes (NnLossType type);
gboolean nn_loss_has_accuracy (NnLossType type);
gboolean nn_loss_check (const NnLoss *self, GError **error);

NnTensor *nn_loss_forward (const NnLoss *self,
                           NnTape *tape,
                           NnTensor *out,
                           NnTensor *targets,
                           gsize n_examples);
double nn_loss_get_accuracy (const NnLoss *self,
                             const NnTensor *out,
                             const NnTensor *targets,
                             gsize n_examples);

G_END_DECLS
