/* nudge-loss-picture.h - the loss over the steps as a picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Axes with ticks and units, linear or logarithmic, min and max of every pixel
 * column kept; a diamond at every nudge, a band for a standing one. Its cost
 * grows with its width, never with the history. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/train/nn-frame.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  gboolean logarithmic;
} NudgeLossStyle;

void nudge_draw_loss (cairo_t *cr,
                      const NnFrame *frame,
                      const NudgeLossStyle *style,
                      double width,
                      double height);

/* For hover: drawn on top, and the same mapping from pointer to step. */
void nudge_draw_loss_cursor (cairo_t *cr,
                             const NnFrame *frame,
                             const NudgeLossStyle *style,
                             double width,
                             double height,
                             double x);

G_END_DECLS
