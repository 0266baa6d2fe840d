/* nn-fit.h - a loss and data that fit each other, in an edit
 *
 * SPDX-License-Identifier: MIT
 *
 * Other data may have targets that the loss cannot take, and another loss may need
 * another number of outputs. A user who changes one of them means the others, too.
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "nn/experiment/nn-experiment.h"

G_BEGIN_DECLS

NnEditParts nn_edit_fit (NnEdit *edit, const NnExperiment *before);

G_END_DECLS
