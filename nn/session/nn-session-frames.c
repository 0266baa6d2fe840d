/* nn-session-frames.c - the frames of a session
 *
 * SPDX-License-Identifier: MIT
 */

#define G_LOG_DOMAIN "nudge-session"

#include <time.h>

#include "nn/kernels/nn-threads.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/session/nn-off-units.h"
#include "nn/session/nn-session-private.h"

/* While the run is running, frames take 1/(FRAME_REST + 1) of the thread's time; more if
 * the rest after one would be longer than LONGEST_FRAME_REST. */
#define FRAME_REST         31
#define LONGEST_FRAME_REST 100000 /* microseconds */

/* If a thread pool trains, drawing a frame takes a processor away from one of its
 * workers, and the others wait for that one. */
#define SHARED_FRAME_REST 45000 /* microseconds */

/* Returns: the CPU time of this thread, which other programs on a busy machine do
 * not change */
static gint64
get_thread_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Returns: how long to wait before the next frame, after one that took @took_us */
static gint64
get_frame_rest (const NnFrame *frame, gint64 took_us)
{
  const gint64 rest_us = MIN (FRAME_REST * took_us, LONGEST_FRAME_REST);
  const gboolean shared =
      frame->architecture->n_values >= NN_THREADS_MIN_FLOATS && nn_threads_get () > 1;

  return shared ? MAX (rest_us, SHARED_FRAME_REST) : rest_us;
}

/**
 * nn_session_worker_may_show:
 *
 * Returns: whether the time for the next frame has come
 */
gboolean
nn_session_worker_may_show (const NnSessionWorker *self)
{
  return !self->running || g_get_monotonic_time () >= self->frame_due_us;
}

/* The ghost's losses up to the frame's step. */
static void
write_ghost (NnGhost *ghost, NnFrame *frame)
{
  gboolean finished;
  NnHistory *history;
  float run_loss, ghost_loss;

  nn_ghost_set_log (ghost, frame->log);
  history = nn_ghost_follow (ghost, frame->step, &finished);
  frame->unfinished |= !finished;
  if (history == NULL)
    return;
  frame->ghost = nn_history_copy (history);
  nn_history_cut (frame->ghost, frame->step);
  frame->ghost_step = nn_history_find_common_step (frame->history, frame->ghost);
  if (nn_history_get_loss (frame->history, frame->ghost_step, &run_loss) &&
      nn_history_get_loss (frame->ghost, frame->ghost_step, &ghost_loss)) {
    frame->ghost_loss = (double) ghost_loss;
    frame->ghost_difference = (double) run_loss - (double) ghost_loss;
  }
}

/* At once while paused, if frames carry them; else as rarely as it takes to be cheap. */
static void
measure_layers (NnSessionWorker *self)
{
  guint rest = NN_LAYER_REST_HIDDEN;

  if (self->shows_layers)
    rest = self->running ? NN_LAYER_REST_SHOWN : NN_LAYER_REST_NONE;
  if (self->shows_layers || nn_session_worker_is_small (self))
    nn_layer_recorder_measure (self->layers, self->trainer, rest);
}

/* Returns: (transfer full): the present state, with what can be computed quickly of what
 * was asked for */
static NnFrame *
make_frame (NnSessionWorker *self)
{
  const gint64 start_us = get_thread_us ();
  NnFrame *frame = nn_frame_of_timeline (self->timeline);

  nn_frame_carry (frame, self->trainer, self->quantities);
  nn_frame_find_off_units (frame, self->trainer, self->running);
  nn_frame_show_sample (frame, self->trainer, &self->sample);
  nn_past_see (self->past, frame->architecture, frame->step, frame->values,
               frame->architecture->n_values);
  nn_frame_watch (frame, self->trainer, self->past);
  self->frame_due_us =
      g_get_monotonic_time () + get_frame_rest (frame, get_thread_us () - start_us);
  return frame;
}

/* What takes longer: it may come in later frames. */
static void
write_answers (NnSessionWorker *self, NnFrame *frame)
{
  nn_answers_work (self->answers, self->revision, self->running);
  nn_answers_write (self->answers, frame);
  nn_refiner_write (self->refiner, frame, self->revision);
  measure_layers (self);
  if (self->shows_layers)
    frame->layers = nn_layer_recorder_dup_series (self->layers, frame->step);
  frame->unfinished =
      !self->running &&
      (nn_answers_are_missing (self->answers, self->revision) ||
       nn_refiner_is_missing (self->refiner, self->trainer, self->revision));
}

/* The session's own state. */
static void
write_state (const NnSessionWorker *self, NnFrame *frame)
{
  if (self->record)
    frame->record = nn_step_record_ref (self->record);
  if (self->within_step)
    nn_frame_put_before_section (frame);
  frame->running = self->running;
  frame->n_commands = self->n_commands;
  frame->failure = g_strdup (self->failure);
  frame->refusal = g_strdup (self->refusal);
}

/* While paused, only weights that were not scored yet: a preview comes in frame after
 * frame, and all examples that are held out may take longer than a frame may. */
static void
score (NnSessionWorker *self)
{
  if (!self->running && self->scored && self->scored_revision == self->revision)
    return;
  nn_scorer_measure (&self->scorer, self->timeline, self->running);
  self->scored = !self->running;
  self->scored_revision = self->revision;
}

/* Nothing is formatted unless G_MESSAGES_DEBUG has nudge-session in it. */
static void
log_frame (const NnFrame *frame)
{
  if (!g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    g_debug ("frame: step %" G_GUINT64_FORMAT ", loss %g, %s%s, after command "
             "%" G_GUINT64_FORMAT,
             frame->step, frame->loss, frame->running ? "running" : "paused",
             frame->unfinished ? ", unfinished" : "", frame->n_commands);
}

/**
 * nn_session_show:
 *
 * Puts a frame of the present state into the slot. On the session's thread, between
 * two steps.
 */
void
nn_session_show (NnSession *self)
{
  NnSessionWorker *worker = self->data;
  NnSessionShared *shared = &self->shared;
  NnFrame *frame;

  score (worker);
  frame = make_frame (worker);
  write_answers (worker, frame);
  pthread_mutex_lock (&shared->lock);
  shared->ghost_news = FALSE; /* later news may be too late for this frame */
  pthread_mutex_unlock (&shared->lock);
  if (worker->ghost)
    write_ghost (worker->ghost, frame);
  write_state (worker, frame);
  worker->shown = TRUE;
  log_frame (frame);

  pthread_mutex_lock (&shared->lock);
  g_clear_pointer (&shared->slot, nn_frame_unref);
  shared->slot = frame;
  shared->wanted = FALSE;
  pthread_mutex_unlock (&shared->lock);
}
