/* nudge-loss-diamond.h - what every nudge in the loss's picture is drawn with
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss: its sign, the rim of the one that is set off, and
 * its words. Shapes are a GArray of NudgeShape, drawn at once.
 */

#pragma once

#include "ui/draw/loss/nudge-loss-canvas.h"

G_BEGIN_DECLS

char *nudge_loss_dup_landing_label (const NnLanding *landing) G_GNUC_WARN_UNUSED_RESULT;
void nudge_loss_append_diamond (const NudgeLossCanvas *self,
                                GArray *shapes,
                                double x,
                                double y,
                                double radius,
                                gboolean hollow);
void
nudge_loss_append_rim (const NudgeLossCanvas *self, GArray *shapes, double x, double y);
void nudge_loss_draw_shapes (const NudgeLossCanvas *self, const GArray *shapes);

G_END_DECLS
