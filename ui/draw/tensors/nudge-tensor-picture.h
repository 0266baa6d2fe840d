/* nudge-tensor-picture.h - a tensor's values as a heat map, and its scale
 *
 * SPDX-License-Identifier: MIT
 *
 * On the weights' scale: the sign's colour, the stronger the larger. Values that are there
 * one by one are drawn so, others as the cells of the reduced picture; what is no number is
 * in the colour of failure. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/tensors/nudge-tensor-source.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  double limit;     /* |value| that has the full colour */
  gboolean reading; /* whether this one is told of */
  guint64 row;
  guint64 column;
} NudgeTensorStyle;

double nudge_tensor_find_limit (const NudgeTensorSource *source, double previous);
gboolean nudge_tensor_get_field (const NudgeTensorSource *source,
                                 double width,
                                 double height,
                                 NudgeMatrixField *field);
void nudge_draw_tensor (cairo_t *cr,
                        const NudgeTensorSource *source,
                        const NudgeTensorStyle *style,
                        const NudgeMatrixViewport *viewport,
                        double width,
                        double height);
char *nudge_tensor_dup_reading (const NudgeTensorSource *source,
                                guint64 row,
                                guint64 column) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
