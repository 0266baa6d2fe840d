/* nudge-loss-accuracy.h - the accuracy under the loss, over the same steps
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the loss. Where the loss is one of classes, and there is
 * height for it, a strip from 0 to 100 %.
 */

#pragma once

#include "ui/draw/loss/nudge-loss-canvas.h"

G_BEGIN_DECLS

void nudge_loss_draw_accuracy (const NudgeLossCanvas *self);
void nudge_loss_draw_whole (const NudgeLossCanvas *self);

const NnScore *
nudge_loss_find_score (const NnFrame *frame, NnScoreKind kind, double step);
char *
nudge_loss_dup_accuracies (const NnFrame *frame, double step) G_GNUC_WARN_UNUSED_RESULT;
char *
nudge_loss_dup_validation (const NnFrame *frame, double step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
