/* nudge-sweep-view.h - the loss along the amount, above its slider
 *
 * SPDX-License-Identifier: MIT
 *
 * Draws the newest answer to a card's question, so that every amount is straight above
 * the slider's position for it, with the loss at the amount that is shown: that of the
 * frame's preview if it is this card's, else that of the answer.
 */

#pragma once

#include "nn/whatif/nn-sweep.h"
#include "ui/base/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_SWEEP_VIEW (nudge_sweep_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSweepView, nudge_sweep_view, NUDGE, SWEEP_VIEW, NudgePicture)

void nudge_sweep_view_set_slider (NudgeSweepView *self, GtkRange *slider);
void nudge_sweep_view_set_question (NudgeSweepView *self, guint key, NnNudge *nudge);
void nudge_sweep_view_set_preview (NudgeSweepView *self, NnNudge *nudge);
void nudge_sweep_view_set_amounts (NudgeSweepView *self, double amount, double committed);
void nudge_sweep_view_set_frame (NudgeSweepView *self, NnFrame *frame);

G_END_DECLS
