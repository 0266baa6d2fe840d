/* nudge-session-steps.c - a session's single steps, and where to it runs
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-session-private.h"

/**
 * nudge_session_step:
 *
 * Trains one step, and pauses.
 */
void
nudge_session_step (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nudge_session_go_to_place (self);
  nn_session_step (self->session);
  nudge_session_commanded (self);
}

/**
 * nudge_session_walk:
 *
 * Trains one step, of which the next frame has a record, and pauses. At a walking speed
 * "running" stays as it is.
 */
void
nudge_session_walk (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nudge_session_go_to_place (self);
  nn_session_walk (self->session);
  nudge_session_commanded (self);
}

/**
 * nudge_session_show_section:
 *
 * Until this is called, frames of a walked step do not show what was applied in
 * its section.
 */
void
nudge_session_show_section (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nn_session_show_section (self->session);
  nudge_session_commanded (self);
}

/* Returns: whether a run takes a step only at nudge_session_walk () */
gboolean
nudge_session_walks (NudgeSession *self)
{
  g_return_val_if_fail (NUDGE_IS_SESSION (self), FALSE);

  return nudge_session_is_walk (self->speed);
}

static void
set_out (NudgeSession *self)
{
  nudge_session_set_trains (self, TRUE);
  nudge_session_commanded (self);
}

/**
 * nudge_session_run_to_step:
 * @anew: whether to train on, without what was undone; else the run goes to @step as it is
 *   known, forward or back
 *
 * As fast as possible, whatever the speed.
 */
void
nudge_session_run_to_step (NudgeSession *self, guint64 step, gboolean anew)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (!anew && self->frame && step <= self->frame->end) {
    nudge_session_go_to (self, step);
    return;
  }
  nudge_session_go_to_place (self);
  nn_session_run_to_step (self->session, step);
  set_out (self);
}

/**
 * nudge_session_run_to_loss:
 *
 * Runs until a step's loss is @loss or less.
 */
void
nudge_session_run_to_loss (NudgeSession *self, double loss)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nudge_session_go_to_place (self);
  nn_session_run_to_loss (self->session, loss);
  set_out (self);
}

/**
 * nudge_session_run_to_epoch:
 *
 * Runs to the end of the epoch; at the end of one, to that of the next.
 */
void
nudge_session_run_to_epoch (NudgeSession *self)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nudge_session_go_to_place (self);
  nn_session_run_to_epoch (self->session);
  set_out (self);
}
