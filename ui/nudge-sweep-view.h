/* nudge-sweep-view.h - the loss along an amount, above its slider
 *
 * SPDX-License-Identifier: MIT
 *
 * Draws the newest answer to a card's question, so that every amount is straight
 * above the place of the slider's handle that means it, and says the loss at the
 * amount that is shown: by the frame's preview if that is of this card, by the
 * answer otherwise.
 */

#pragma once

#include "nn/whatif/nn-sweep.h"
#include "ui/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_SWEEP_VIEW (nudge_sweep_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSweepView, nudge_sweep_view, NUDGE, SWEEP_VIEW, NudgePicture)

void nudge_sweep_view_set_slider (NudgeSweepView *self, GtkRange *slider);
void nudge_sweep_view_set_question (NudgeSweepView *self, guint key, NnNudge *nudge);
void nudge_sweep_view_set_preview (NudgeSweepView *self, NnNudge *nudge);
void nudge_sweep_view_set_amounts (NudgeSweepView *self, double amount, double committed);
void nudge_sweep_view_set_frame (NudgeSweepView *self, NnFrame *frame);

G_END_DECLS
