/* nudge-matrix-picture.h - all weights of a layer, a pixel or more for each
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows are units, columns what they are fed, as in PyTorch. No weight stands for another
 * one; what does not fit is reached by moving.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/network/nudge-matrix-viewport.h"
#include "ui/draw/network/nudge-network-hover.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  gsize layer;
  NnQuantity quantity; /* which the frame has */
  double limit;
  const NudgeNetworkThing *read; /* (nullable) what is told of */
} NudgeMatrixStyle;

NudgeMatrixField
nudge_matrix_get_field (const NnLayerShape *layer, double width, double height);
void nudge_draw_matrix (cairo_t *cr,
                        const NnFrame *frame,
                        const NudgeMatrixStyle *style,
                        const NudgeMatrixViewport *viewport,
                        double width,
                        double height);

G_END_DECLS
