/* nudge-walk.h - a step shown slowly, one phase after the other
 *
 * SPDX-License-Identifier: MIT
 *
 * A step that is walked has been trained as a whole, and recorded; what is shown of it is
 * at one of its phases: forward, backward, optimizer, section. In the section it is where
 * the run is, so that is where nudges land: what repeats is shown to have landed from there
 * on, and one that is applied before waits until the section is shown, to which the walk
 * then goes on by itself. Whatever else is done to the run ends the walk at once.
 *
 * A run at NUDGE_WALK_SPEED or less is walked, step by step, each as long as the speed
 * says. Belongs to a document, on the main thread.
 *
 *   "phase"  (int, NudgePhase) of the step that is shown; none, if none is walked
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
