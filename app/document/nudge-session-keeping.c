/* nudge-session-keeping.c - a session's newest state, kept in a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-session-private.h"

/* On the training thread: must not block. */
static void
keep_cb (NnRunState *state, gpointer saver)
{
  nn_checkpoint_saver_push (saver, state, NULL);
}

/* On the saver's thread. The state of a paused run is in the file already. */
static void
due_cb (gpointer data)
{
  NudgeSession *self = data;

  if (g_atomic_int_get (&self->trains))
    nn_session_keep (self->session);
}

/**
 * nudge_session_keep_pause:
 *
 * To be called with each frame: a pause after a step that was asked for is written, too,
 * as what the user does is at once.
 */
void
nudge_session_keep_pause (NudgeSession *self, const NnFrame *frame)
{
  g_atomic_int_set (&self->trains, frame->running);
  if (frame->running || frame->step == self->kept_step)
    return;
  self->kept_step = frame->step;
  if (self->saver != NULL)
    nn_session_keep (self->session);
}

/**
 * nudge_session_keep_no_more:
 *
 * Ends the saver, if there is one.
 */
void
nudge_session_keep_no_more (NudgeSession *self)
{
  nn_session_set_keeper (self->session, NULL, NULL);
  g_clear_pointer (&self->saver, nn_checkpoint_saver_free);
}

/**
 * nudge_session_keep_in:
 * @path: (nullable): a checkpoint, which is kept up to date from now on; %NULL: stops that
 * @named: (nullable): the checkpoint gets the title and lesson of this
 */
void
nudge_session_keep_in (NudgeSession *self, const char *path, const NnExperiment *named)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  nudge_session_keep_no_more (self);
  if (path == NULL)
    return;
  self->saver =
      nn_checkpoint_saver_new (path, named, NN_CHECKPOINT_INTERVAL_S, due_cb, self);
  nn_session_set_keeper (self->session, keep_cb, self->saver);
  nn_session_keep (self->session);
}

/**
 * nudge_session_keep_as:
 * @named: the checkpoint, if there is one, gets the title and lesson of this
 */
void
nudge_session_keep_as (NudgeSession *self, const NnExperiment *named)
{
  g_return_if_fail (NUDGE_IS_SESSION (self));

  if (self->saver == NULL)
    return;
  nn_checkpoint_saver_set_named (self->saver, named);
  nn_session_keep (self->session);
}
