/* nudge-session-keeping.c - a session's newest state, kept in a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-session-private.h"

typedef enum {
  WROTE_NOTHING,
  WROTE,
  FAILED,
} Outcome;

/* Of one saver. Counted, as what its thread says may come after its end. */
struct _NudgeKeeping {
  NudgeSession
      *session;    /* (unowned) (nullable) main thread only: %NULL once it has ended */
  Outcome outcome; /* of the last write; the saver's thread only */
};

typedef struct {
  NudgeKeeping *keeping; /* (owned) */
  char *failure;         /* (owned) (nullable) */
} Written;

static void
written_free (gpointer data)
{
  Written *self = data;

  g_atomic_rc_box_release (self->keeping);
  g_free (self->failure);
  g_free (self);
}

static gboolean
say_written (gpointer data)
{
  const Written *self = data;

  if (self->keeping->session != NULL)
    g_signal_emit_by_name (self->keeping->session, "kept", self->failure);
  return G_SOURCE_REMOVE;
}

/* On the saver's thread. */
static void
written_cb (const GError *failure, gpointer data)
{
  NudgeKeeping *keeping = data;
  const Outcome outcome = failure ? FAILED : WROTE;
  Written *written;

  if (outcome == keeping->outcome)
    return;
  keeping->outcome = outcome;
  written = g_new0 (Written, 1);
  written->keeping = g_atomic_rc_box_acquire (keeping);
  written->failure = failure ? g_strdup (failure->message) : NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT, say_written, written, written_free);
}

/* On the training thread: must not block. */
static void
keep_cb (NnRunState *state, gpointer saver)
{
  nn_checkpoint_saver_push (saver, state, NULL);
}

/* On the saver's thread. The state of a paused run is in the file already, unless it could
 * not be written: that is tried again. */
static void
due_cb (gpointer data)
{
  NudgeSession *self = data;

  if (g_atomic_int_get (&self->trains) || self->keeping->outcome == FAILED)
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
  if (self->keeping == NULL)
    return;
  self->keeping->session = NULL;
  g_clear_pointer (&self->keeping, g_atomic_rc_box_release);
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
  self->keeping = g_atomic_rc_box_new0 (NudgeKeeping);
  self->keeping->session = self;
  self->saver =
      nn_checkpoint_saver_new (path, named, NN_CHECKPOINT_INTERVAL_S, due_cb, self);
  nn_checkpoint_saver_set_written_func (self->saver, written_cb, self->keeping);
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
