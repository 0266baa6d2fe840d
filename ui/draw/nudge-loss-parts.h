/* nudge-loss-parts.h - what the files that draw the loss share
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss: the axes and the curve, the nudges on it, and
 * the cursor over it.
 */

#pragma once

#include <cairo.h>

#include "nn/session/nn-frame.h"
#include "ui/draw/nudge-loss-layout.h"
#include "ui/draw/nudge-loss-picture.h"
#include "ui/draw/nudge-palette.h"
#include "ui/draw/nudge-text.h"

G_BEGIN_DECLS

/* What one drawing hands around. */
typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeLossStyle *style;
  const NudgePalette *palette;
  const NudgeLossLayout *plot;
  NudgeText *text;
} NudgeLossPicture;

/* How a curve is drawn. */
typedef struct {
  const NudgeColour *colour;
  double opacity;
  double width;
  gboolean dashed;
  guint64 after; /* the steps up to this one are left out */
} NudgeLossStroke;

double nudge_loss_get_x (const NudgeLossPicture *self, double step);
double nudge_loss_get_y (const NudgeLossPicture *self, double loss);
void nudge_loss_draw_dot (const NudgeLossPicture *self, double step, double loss);
void nudge_loss_draw_curve (const NudgeLossPicture *self,
                            const NnCurve *curve,
                            const NudgeLossStroke *stroke);
void nudge_loss_draw_landings (const NudgeLossPicture *self);
char *nudge_landing_dup_label (const NnLanding *landing);

G_END_DECLS
