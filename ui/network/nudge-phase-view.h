/* nudge-phase-view.h - a phase of a step, animated over the network
 *
 * SPDX-License-Identifier: MIT
 *
 * A transparent overlay, as large as the network view under it, which gets the pointer's
 * events. Under reduced motion it shows at once how the animation ends.
 */

#pragma once

#include "ui/base/nudge-picture.h"
#include "ui/text/nudge-step-facts.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PHASE_VIEW (nudge_phase_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgePhaseView, nudge_phase_view, NUDGE, PHASE_VIEW, NudgePicture)

GtkWidget *nudge_phase_view_new (void);
void nudge_phase_view_show (NudgePhaseView *self,
                            NnFrame *frame,
                            NudgePhase phase,
                            guint duration_ms);

G_END_DECLS
