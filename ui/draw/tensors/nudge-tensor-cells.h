/* nudge-tensor-cells.h - the colours of a tensor's values, for each pixel of the screen
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of tensors.
 */

#pragma once

#include "ui/draw/tensors/nudge-tensor-picture.h"

G_BEGIN_DECLS

void nudge_draw_tensor_cells (cairo_t *cr,
                              const NudgeTensorSource *source,
                              const NudgeTensorStyle *style,
                              const NudgeMatrixField *field,
                              const NudgeMatrixViewport *viewport);

G_END_DECLS
