/* nn-fit.h - what an edit has to change besides, so that loss, outputs and data fit
 *
 * SPDX-License-Identifier: MIT
 *
 * Other data may have targets that the loss cannot take, and another loss needs another
 * number of outputs. A user who chooses the one means the other as well.
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnEditParts nn_edit_fit (NnEdit *edit, const NnExperiment *before);

G_END_DECLS
