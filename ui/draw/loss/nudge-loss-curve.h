/* nudge-loss-curve.h - one curve of the loss's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss.
 */

#pragma once

#include "ui/draw/loss/nudge-loss-canvas.h"

G_BEGIN_DECLS

/* How a curve is drawn. */
typedef struct {
  const NudgeColour *colour;
  double opacity;
  double width;
  gboolean dashed;
} NudgeLossStroke;

void nudge_loss_draw_series (const NudgeLossCanvas *self,
                             const NudgeLossSeries *series,
                             const NudgeLossStroke *stroke);
void nudge_loss_draw_smooth (const NudgeLossCanvas *self,
                             const NudgeLossSeries *series,
                             const NudgeLossStroke *stroke);
void nudge_loss_draw_points (const NudgeLossCanvas *self,
                             const NnScore *points,
                             gsize n_points,
                             const NudgeLossStroke *stroke);
void nudge_loss_draw_accuracies (const NudgeLossCanvas *self,
                                 const NnScore *scores,
                                 gsize n_scores,
                                 const NudgeLossStroke *stroke);

G_END_DECLS
