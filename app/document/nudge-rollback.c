/* nudge-rollback.c - takes a run to another position in its history
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-rollback.h"

/* A bound, however much was done outside the lesson. */
#define MAX_COMMANDS 200

NudgeRunPosition
nudge_run_position_of (const NnFrame *frame)
{
  return (NudgeRunPosition){ .known = TRUE,
                             .step = frame->step,
                             .n_events =
                                 frame->log ? nn_log_get_n_events (frame->log) : 0,
                             .failed = frame->failure != NULL };
}

/* Returns: whether a command was given; without one the target is reached, or cannot be */
static gboolean
give_command (NudgeRollback *self, NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);
  const NudgeRunPosition present = nudge_run_position_of (frame);

  if (self->n_resets > 0 && frame->can_undo) {
    /* The reset that began a run comes before everything that was done in it. */
    self->n_resets -= present.n_events == 0;
    nudge_session_undo (session);
  } else if (present.n_events > self->target.n_events && frame->can_undo) {
    nudge_session_undo (session);
  } else if (present.n_events < self->target.n_events && frame->can_redo) {
    nudge_session_redo (session);
  } else if (present.step != self->target.step && frame->end >= self->target.step) {
    nudge_session_go_to (session, self->target.step);
  } else {
    return FALSE;
  }
  return TRUE;
}

/**
 * nudge_rollback_continue:
 *
 * To be called at each frame. Unless the run is busy with the last command, it gives the
 * next: what was done since the target is undone, what was undone since is redone, and
 * then the run goes to the target's step.
 *
 * Returns: TRUE if the run is at the target, or as near as it can come
 */
gboolean
nudge_rollback_continue (NudgeRollback *self, NudgeSession *session)
{
  return nudge_session_is_idle (session) &&
         (self->n_commands++ >= MAX_COMMANDS || !give_command (self, session));
}
