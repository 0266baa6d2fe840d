/* nn-session-worker.c - the loop of the session's thread
 *
 * SPDX-License-Identifier: MIT
 *
 * What it does next is decided in one critical section, next_turn ().
 */

#include <time.h>

#include "nn/kernels/nn-flush.h"
#include "nn/session/nn-session-private.h"

typedef enum {
  TURN_TRAIN,
  TURN_OBEY,
  TURN_TRAVEL,
  TURN_SHOW,
  TURN_KEEP,
  TURN_ANSWER,
  TURN_REFINE,
  TURN_QUIT,
} Turn;

/* Sleeps until something changed, or until the next step or frame is due. */
static void
wait_locked (NnSession *self)
{
  NnSessionShared *shared = &self->shared;
  const NnSessionWorker *worker = self->data;
  gint64 due_us = nn_session_worker_paces_itself (worker) ? worker->due_us : G_MAXINT64;

  if (worker->running && shared->wanted && (!worker->shown || shared->ghost_news))
    due_us = MIN (due_us, worker->frame_due_us);
  if (due_us < G_MAXINT64) {
    const struct timespec due = { due_us / 1000000, due_us % 1000000 * 1000 };

    pthread_cond_timedwait (&shared->changed, &shared->lock, &due);
  } else {
    pthread_cond_wait (&shared->changed, &shared->lock);
  }
}

static Turn
next_turn (NnSession *self)
{
  NnSessionShared *shared = &self->shared;
  NnSessionWorker *worker = self->data;
  Turn turn;

  pthread_mutex_lock (&shared->lock);
  for (;;) {
    g_atomic_int_set (&shared->attention, FALSE);
    if (shared->quit)
      turn = TURN_QUIT;
    else if (!g_queue_is_empty (&shared->commands))
      turn = TURN_OBEY;
    else if (nn_timeline_is_travelling (worker->timeline))
      turn = TURN_TRAVEL; /* no frame shows the way there */
    else if (nn_session_worker_may_show (worker) &&
             ((!worker->shown && (shared->wanted || !worker->running)) ||
              (shared->ghost_news && shared->wanted)))
      turn = TURN_SHOW;
    else if (shared->keep && (shared->keep_due || worker->acted))
      turn = TURN_KEEP;
    else if (!worker->running &&
             nn_answers_are_missing (worker->answers, worker->revision))
      turn = TURN_ANSWER;
    else if (!worker->running &&
             nn_refiner_is_missing (worker->refiner, worker->trainer, worker->revision))
      turn = TURN_REFINE;
    else if (nn_session_worker_paces_itself (worker) &&
             (!nn_session_worker_is_paced (worker) ||
              g_get_monotonic_time () >= worker->due_us))
      turn = TURN_TRAIN;
    else {
      wait_locked (self);
      continue;
    }
    break;
  }
  worker->frame_waits = shared->wanted;
  pthread_mutex_unlock (&shared->lock);
  return turn;
}

static void
obey_all (NnSession *self)
{
  NnCommand *command;

  do {
    pthread_mutex_lock (&self->shared.lock);
    command = g_queue_pop_head (&self->shared.commands);
    pthread_mutex_unlock (&self->shared.lock);
    if (command) {
      nn_session_obey (self, command);
      nn_session_free_command (command);
    }
  } while (command);
}

/* The keeper is called with the lock: a replaced one must not be called any more. */
static void
keep (NnSession *self)
{
  NnSessionWorker *worker = self->data;
  NnSessionShared *shared = &self->shared;
  NnRunState *state = nn_timeline_save (worker->timeline);

  worker->acted = FALSE;
  pthread_mutex_lock (&shared->lock);
  shared->keep_due = FALSE;
  if (shared->keep)
    shared->keep (g_steal_pointer (&state), shared->keep_data);
  pthread_mutex_unlock (&shared->lock);
  g_clear_pointer (&state, nn_run_state_free);
}

/**
 * nn_session_work:
 *
 * The thread's function: returns when the session is freed.
 */
void *
nn_session_work (void *data)
{
  NnSession *self = data;
  NnSessionWorker *worker = self->data;

  nn_flush_subnormals (); /* here, so that steps need not */
  nn_session_worker_keep_change (worker);
  for (;;) {
    switch (next_turn (self)) {
    case TURN_TRAIN:
      nn_session_worker_train (worker, &self->shared.attention);
      break;
    case TURN_OBEY:
      obey_all (self);
      if (!nn_timeline_is_travelling (worker->timeline))
        nn_session_show (self);
      break;
    case TURN_TRAVEL:
      nn_session_worker_travel (worker);
      break;
    case TURN_SHOW:
      nn_session_show (self);
      break;
    case TURN_KEEP:
      keep (self);
      break;
    case TURN_ANSWER:
      if (nn_answers_work (worker->answers, worker->revision, FALSE))
        worker->shown = FALSE;
      break;
    case TURN_REFINE:
      if (nn_refiner_work (worker->refiner, worker->trainer, worker->revision))
        worker->shown = FALSE;
      break;
    case TURN_QUIT:
    default:
      g_clear_pointer (&worker->ghost, nn_ghost_free);
      nn_layer_recorder_free (worker->layers);
      nn_refiner_free (worker->refiner);
      nn_past_free (worker->past);
      nn_answers_free (worker->answers);
      nn_session_worker_forget_record (worker);
      nn_timeline_free (worker->timeline); /* on the thread that used it */
      return NULL;
    }
  }
}
