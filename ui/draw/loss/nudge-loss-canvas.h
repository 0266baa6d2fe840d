/* nudge-loss-canvas.h - the state of one drawing of the loss
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss, which pass it on: the axes, the curves, the
 * nudges on them, and the cursor over all.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-text.h"
#include "ui/draw/loss/nudge-loss-layout.h"

G_BEGIN_DECLS

typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeLossStyle *style;
  const NudgePalette *palette;
  const NudgeLossLayout *plot;
  NudgeText *text;
} NudgeLossCanvas;

void nudge_loss_canvas_clip (const NudgeLossCanvas *self);
void nudge_loss_canvas_draw_dot (const NudgeLossCanvas *self, double step, double loss);

G_END_DECLS
