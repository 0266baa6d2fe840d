/* nudge-phase-strip.h - the phases of a training step, and where the newest nudge landed
 *
 * SPDX-License-Identifier: MIT
 *
 * forward, backward, optimizer, gradient-free section: nudges land in the section, so
 * it stands out. Beside them is a sentence about the newest landing, or a badge while a
 * nudge waits for the next section. While a step is walked, its present phase is lit,
 * and the sentence is about that.
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/text/nudge-step-facts.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PHASE_STRIP (nudge_phase_strip_get_type ())
G_DECLARE_FINAL_TYPE (NudgePhaseStrip, nudge_phase_strip, NUDGE, PHASE_STRIP, GtkWidget)

GtkWidget *nudge_phase_strip_new (void);
void nudge_phase_strip_set_sentence (NudgePhaseStrip *self, const char *text);
void nudge_phase_strip_set_phase (NudgePhaseStrip *self, NudgePhase phase);
void nudge_phase_strip_set_pending (NudgePhaseStrip *self, gboolean pending);

G_END_DECLS
