/* nudge-walk.h - one step, shown slowly, phase after phase
 *
 * SPDX-License-Identifier: MIT
 *
 * The step has been trained as a whole and recorded; "phase" is the part of it that is
 * shown. The section is where the run really is, so that is where nudges land: repeating
 * nudges show as applied from there on, and a manual one that is applied earlier waits,
 * and the walk goes on to the section by itself. Anything else that is done to the run
 * ends the walk at once.
 *
 * At a speed of NUDGE_WALK_SPEED or below every step is walked, for as long as the speed
 * says. Belongs to a document; main thread only.
 *
 *   "phase"  (int, NudgePhase) of the step that is shown; none if no step is walked
 */

#pragma once

#include "app/document/nudge-session.h"
#include "ui/text/nudge-step-facts.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_WALK (nudge_walk_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWalk, nudge_walk, NUDGE, WALK, GObject)

NudgeWalk *nudge_walk_new (NudgeSession *session) G_GNUC_WARN_UNUSED_RESULT;

void nudge_walk_take_phase (NudgeWalk *self);
void nudge_walk_take_step (NudgeWalk *self);

NudgePhase nudge_walk_get_phase (NudgeWalk *self);
guint nudge_walk_get_duration_ms (NudgeWalk *self);
NnFrame *nudge_walk_get_picture (NudgeWalk *self);
char *nudge_walk_dup_sentence (NudgeWalk *self);

void nudge_walk_follow (NudgeWalk *self, NnFrame *frame);
gboolean nudge_walk_holds (NudgeWalk *self);

G_END_DECLS
