/* nudge-layer-picture.h - a measure of every layer over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Norms of weights or gradients, updates against weights, or shares of dead units: a line
 * for each layer, in a colour of its own, on the time axis of the loss's picture. Same
 * arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/base/nudge-time-span.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  NnMeasure measure;
  gboolean logarithmic; /* but shares are never */
  NudgeTimeSpan span;
} NudgeLayerStyle;

const NudgeColour *nudge_layer_get_colour (const NudgePalette *palette, gsize layer);

void nudge_draw_layers (cairo_t *cr,
                        const NnFrame *frame,
                        const NudgeLayerStyle *style,
                        double width,
                        double height);
void nudge_draw_layers_cursor (cairo_t *cr,
                               const NnFrame *frame,
                               const NudgeLayerStyle *style,
                               double width,
                               double height,
                               double x);
gssize nudge_layers_find_point (const NnLayerSeries *series, double step);
char *nudge_layers_dup_reading (const NnFrame *frame,
                                NnMeasure measure,
                                gsize layer,
                                gsize point) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
