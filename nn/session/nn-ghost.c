/* nn-ghost.c - the same run without nudges, trained alongside
 *
 * SPDX-License-Identifier: MIT
 *
 * The thread trains in bursts, as a session's worker does: no lock is taken while it
 * steps, and one critical section, next_turn (), decides what comes next.
 */

#include "nn/session/nn-ghost.h"

#include <pthread.h>

#include "nn/kernels/nn-flush.h"
#include "nn/run/nn-trainer.h"

/* When the run goes back, a ghost that is ahead stays there and its curve is cut, if so
 * many buckets are left; else it begins anew, which is not far then. */
#define LEAST_BUCKETS_LEFT 256

struct _NnGhost {
  NnExperiment *experiment; /* (owned) without nudges */
  NnGhostNews news;
  gpointer data;
  pthread_t thread;
  NnCurve *newest; /* (owned) (nullable) what was taken; the caller's thread only */

  /* What both threads touch. */
  pthread_mutex_t lock; /* guards all fields below, but attention */
  pthread_cond_t changed;
  gboolean quit;
  gboolean restart;
  guint64 goal;    /* the run's step */
  gboolean wanted; /* the newest curve was taken, and the next is asked for */
  NnCurve *slot;   /* (owned) (nullable) newest curve that was not taken yet */
  guint64 reached; /* by the newest curve */
  guint64 width;   /* of its buckets */
  gboolean ended;  /* the newest curve will not grow: it has failed there */
  gint attention;  /* atomic: the thread is to end its burst */
};

/* What only the thread touches. */
typedef struct {
  NnTrainer *trainer; /* (owned) (nullable) NULL if there can be none */
  NnCurve *curve;     /* (owned) */
  gboolean failed;
  gboolean shown; /* the newest curve is this one */
} Haunter;

typedef enum {
  TURN_RESTART,
  TURN_SHOW,
  TURN_TRAIN,
  TURN_QUIT,
} Turn;

/* ---- the thread -------------------------------------------------------------------- */

static Turn
next_turn (NnGhost *self, const Haunter *haunter, guint64 *goal)
{
  Turn turn;

  pthread_mutex_lock (&self->lock);
  for (;;) {
    const gboolean is_behind = !haunter->failed && haunter->curve->n_steps < self->goal;

    g_atomic_int_set (&self->attention, FALSE);
    if (self->quit)
      turn = TURN_QUIT;
    else if (self->restart)
      turn = TURN_RESTART;
    else if (!haunter->shown && (self->wanted || !is_behind))
      turn = TURN_SHOW;
    else if (is_behind)
      turn = TURN_TRAIN;
    else {
      pthread_cond_wait (&self->changed, &self->lock);
      continue;
    }
    break;
  }
  *goal = self->goal;
  if (turn == TURN_RESTART)
    self->restart = FALSE;
  pthread_mutex_unlock (&self->lock);
  return turn;
}

static void
restart (Haunter *haunter)
{
  if (haunter->trainer)
    nn_trainer_reset (haunter->trainer);
  nn_curve_clear (haunter->curve);
  haunter->failed = haunter->trainer == NULL;
  haunter->shown = FALSE;
}

static void
train (NnGhost *self, Haunter *haunter, guint64 goal)
{
  haunter->shown = FALSE;
  do {
    haunter->failed = !nn_trainer_step (haunter->trainer, NULL);
    if (haunter->failed)
      return;
    nn_curve_append (haunter->curve, nn_trainer_get_loss (haunter->trainer));
  } while (haunter->curve->n_steps < goal && !g_atomic_int_get (&self->attention));
}

static void
show (NnGhost *self, Haunter *haunter)
{
  NnCurve *copy = nn_curve_copy (haunter->curve);
  gboolean is_news;

  pthread_mutex_lock (&self->lock);
  is_news = !self->restart; /* else it is of before */
  if (is_news) {
    g_clear_pointer (&self->slot, nn_curve_free);
    self->slot = g_steal_pointer (&copy);
    self->reached = haunter->curve->n_steps;
    self->width = haunter->curve->width;
    self->ended = haunter->failed;
    self->wanted = FALSE;
  }
  pthread_mutex_unlock (&self->lock);

  haunter->shown = TRUE;
  g_clear_pointer (&copy, nn_curve_free);
  if (is_news)
    self->news (self->data);
}

static void *
haunt (void *data)
{
  NnGhost *self = data;
  Haunter haunter = { .trainer = nn_trainer_new (self->experiment, NULL),
                      .curve = nn_curve_new () };
  guint64 goal;
  Turn turn;

  nn_flush_subnormals (); /* so that no step has to */
  haunter.failed = haunter.trainer == NULL;
  while ((turn = next_turn (self, &haunter, &goal)) != TURN_QUIT) {
    if (turn == TURN_RESTART)
      restart (&haunter);
    else if (turn == TURN_TRAIN)
      train (self, &haunter, goal);
    else
      show (self, &haunter);
  }
  g_clear_pointer (&haunter.trainer, nn_trainer_free); /* by the thread that used it */
  nn_curve_free (haunter.curve);
  return NULL;
}

/* ---- the caller's side ------------------------------------------------------------- */

/**
 * nn_ghost_new:
 * @experiment: copied; its nudges and its log are left out
 *
 * Starts the thread, which waits at step 0.
 */
NnGhost *
nn_ghost_new (const NnExperiment *experiment, NnGhostNews news, gpointer data)
{
  NnGhost *self = g_new0 (NnGhost, 1);

  self->experiment = nn_experiment_copy (experiment);
  g_ptr_array_set_size (self->experiment->nudges, 0);
  g_array_set_size (self->experiment->events, 0);
  self->news = news;
  self->data = data;
  self->width = 1;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->changed, NULL);
  if (pthread_create (&self->thread, NULL, haunt, self) != 0)
    g_error ("no thread could be started for the ghost"); /* as g_thread_new does */
  return self;
}

/**
 * nn_ghost_free:
 *
 * Ends after the step that is under way. News come no more once this returns.
 */
void
nn_ghost_free (NnGhost *self)
{
  pthread_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_atomic_int_set (&self->attention, TRUE);
  pthread_cond_signal (&self->changed);
  pthread_mutex_unlock (&self->lock);
  pthread_join (self->thread, NULL);

  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->lock);
  g_clear_pointer (&self->slot, nn_curve_free);
  g_clear_pointer (&self->newest, nn_curve_free);
  nn_experiment_free (self->experiment);
  g_free (self);
}

static void
begin_anew_locked (NnGhost *self)
{
  self->restart = TRUE;
  self->reached = 0;
  self->width = 1;
  self->ended = FALSE;
  g_clear_pointer (&self->slot, nn_curve_free);
  g_clear_pointer (&self->newest, nn_curve_free);
}

/**
 * nn_ghost_follow:
 * @step: how far the run is; the ghost goes no farther than the farthest it was given
 * @finished: (out): the ghost has got there, or ended before because its loss is not
 *   finite; FALSE: there will be news
 *
 * Returns: (transfer none) (nullable): its newest curve, until the next call; perhaps
 *   longer than @step if the run went back, and shorter if it is behind
 */
const NnCurve *
nn_ghost_follow (NnGhost *self, guint64 step, gboolean *finished)
{
  pthread_mutex_lock (&self->lock);
  if (step < self->reached && step / self->width < LEAST_BUCKETS_LEFT && self->width > 1)
    begin_anew_locked (self);
  self->goal = step;
  if (self->slot) {
    g_clear_pointer (&self->newest, nn_curve_free);
    self->newest = g_steal_pointer (&self->slot);
  }
  *finished = self->ended || self->reached >= step;
  self->wanted = TRUE;
  g_atomic_int_set (&self->attention, TRUE);
  pthread_cond_signal (&self->changed);
  pthread_mutex_unlock (&self->lock);
  return self->newest;
}
