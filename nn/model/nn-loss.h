/* nn-loss.h - the losses, as operations on the tape
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, defaults and arithmetic are PyTorch's (reduction "mean"). A loss is one node on
 * the tape. Examples are columns (nn-dense.h). The types are listed in losses.inc;
 * nn-loss-kind.h has their settings. An NnLoss is a plain value.
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
