/* nn-ghost.c - the same run without nudges, trained alongside
 *
 * SPDX-License-Identifier: MIT
 *
 * The thread trains in bursts, as a session's worker does: it takes no lock during a
 * burst, and one critical section, next_turn (), decides what comes next.
 */

#include "nn/session/nn-ghost.h"

#include <pthread.h>

#include "nn/kernels/nn-flush.h"
#include "nn/run/nn-checkpoints.h"
#include "nn/run/nn-trainer.h"

/* When the run goes back, the ghost stays ahead and copies of its history are cut, if
 * that loses less than 1/SHARE_LOST of the steps. Else it starts again, which is quick,
 * as there are few steps then. */
#define SHARE_LOST 256

/* What the ghost trains. */
typedef struct {
  NnExperiment *base; /* (owned) at step 0 */
  GArray *edits;      /* (owned) (element-type NnEvent) in their order */
} Plan;

struct _NnGhost {
  NnGhostNews news;
  gpointer data;
  pthread_t thread;
  /* (owned) (nullable) the newest that was taken; the caller's thread only */
  NnHistory *newest;
  NnLog *log; /* (owned) (nullable) the run's newest; the caller's thread only */

  /* Shared by both threads. */
  pthread_mutex_t lock; /* guards all fields below, but attention */
  pthread_cond_t changed;
  gboolean quit;
  gboolean restart;
  Plan plan;        /* (owned) */
  gboolean replans; /* the plan differs from the thread's */
  guint64 goal;     /* the run's step */
  gboolean wanted;  /* the newest history was taken: the next is wanted */
  NnHistory *slot;  /* (owned) (nullable) the newest one that was not taken yet */
  guint64 reached;  /* steps of the newest history */
  gboolean ended;   /* the newest history will not grow: a step failed there */
  gint attention;   /* atomic: the thread has to check these fields after this step */
};

/* For the ghost's thread only. */
typedef struct {
  Plan plan;                  /* (owned) */
  gsize n_done;               /* edits of the plan that are done */
  NnTrainer *trainer;         /* (owned) (nullable) NULL if none could be made */
  NnCheckpoints *checkpoints; /* (owned) step 0, and just before each edit */
  NnHistory *history;         /* (owned) */
  NnHistoryMark *mark;        /* (owned) at the history's end, for a checkpoint */
  gboolean failed;
  gboolean shown; /* the history was copied for the caller */
} GhostWorker;

/* ---- plans ------------------------------------------------------------------------- */

static void
plan_init (Plan *self, const NnExperiment *base, GArray *edits)
{
  self->base = nn_experiment_copy (base);
  nn_experiment_remove_nudges (self->base);
  g_array_set_size (self->base->events, 0);
  self->edits = edits;
}

static void
plan_clear (Plan *self)
{
  g_clear_pointer (&self->base, nn_experiment_free);
  g_clear_pointer (&self->edits, g_array_unref);
}

static const NnEvent *
get_edit (const GArray *edits, gsize index)
{
  return &g_array_index (edits, NnEvent, index);
}

static gsize
count_common (const GArray *a, const GArray *b)
{
  gsize n = 0;

  while (n < a->len && n < b->len && get_edit (a, n)->step == get_edit (b, n)->step &&
         get_edit (a, n)->edit == get_edit (b, n)->edit)
    n++;
  return n;
}

/* Returns: the last position up to which runs with the edits @a and @b are the same */
static NnPosition
find_fork (const GArray *a, const GArray *b)
{
  const gsize n = count_common (a, b);
  NnPosition fork = { G_MAXUINT64, n };

  if (n < a->len)
    fork.step = get_edit (a, n)->step;
  if (n < b->len)
    fork.step = MIN (fork.step, get_edit (b, n)->step);
  return fork;
}

typedef enum {
  TURN_REPLAN,
  TURN_RESTART,
  TURN_SHOW,
  TURN_TRAIN,
  TURN_QUIT,
} Turn;

/* ---- the thread -------------------------------------------------------------------- */

static Turn
next_turn (NnGhost *self, const GhostWorker *worker, guint64 *goal)
{
  Turn turn;

  pthread_mutex_lock (&self->lock);
  for (;;) {
    const gboolean is_behind =
        !worker->failed && nn_history_get_n_steps (worker->history) < self->goal;

    g_atomic_int_set (&self->attention, FALSE);
    if (self->quit)
      turn = TURN_QUIT;
    else if (self->replans)
      turn = TURN_REPLAN;
    else if (self->restart)
      turn = TURN_RESTART;
    else if (!worker->shown && (self->wanted || !is_behind))
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
keep_state (GhostWorker *worker)
{
  const guint64 step = nn_history_get_n_steps (worker->history);

  nn_history_write_mark (worker->history, worker->mark);
  nn_checkpoints_add (worker->checkpoints, (NnPosition){ step, worker->n_done },
                      worker->trainer, worker->mark);
}

static void
begin (GhostWorker *worker)
{
  g_clear_pointer (&worker->trainer, nn_trainer_free);
  worker->trainer = nn_trainer_new (worker->plan.base, NULL);
  worker->failed = worker->trainer == NULL;
  worker->n_done = 0;
  worker->shown = FALSE;
  nn_history_clear (worker->history);
  nn_checkpoints_clear (worker->checkpoints);
  if (worker->trainer)
    keep_state (worker);
}

/* Goes to @position, or to the checkpoint before it. */
static void
go_back (GhostWorker *worker, NnPosition position)
{
  const NnCheckpoint *nearest = nn_checkpoints_find (worker->checkpoints, position);

  worker->shown = FALSE;
  if (nearest == NULL)
    return; /* the trainer could not be made */
  nn_checkpoints_cut (worker->checkpoints, position);
  nn_trainer_restore (worker->trainer, nearest->state);
  worker->n_done = nearest->position.n_done;
  nn_history_cut_to_mark (worker->history, nearest->mark);
  worker->failed = FALSE;
}

static void
replan (NnGhost *self, GhostWorker *worker)
{
  Plan old = worker->plan;
  NnPosition fork;

  pthread_mutex_lock (&self->lock);
  worker->plan.base = nn_experiment_ref (self->plan.base);
  worker->plan.edits = g_array_ref (self->plan.edits);
  self->replans = FALSE;
  pthread_mutex_unlock (&self->lock);

  if (worker->plan.base != old.base) {
    begin (worker);
  } else {
    fork = find_fork (old.edits, worker->plan.edits);
    if (worker->failed || worker->n_done > fork.n_done ||
        nn_history_get_n_steps (worker->history) > fork.step)
      go_back (worker, fork);
  }
  plan_clear (&old);
}

/* Does the edits after the present step. */
static void
do_edits (GhostWorker *worker)
{
  const GArray *edits = worker->plan.edits;
  const guint64 step = nn_history_get_n_steps (worker->history);

  while (worker->n_done < edits->len && get_edit (edits, worker->n_done)->step == step) {
    keep_state (worker);
    worker->failed |=
        !nn_trainer_do (worker->trainer, get_edit (edits, worker->n_done), NULL);
    worker->n_done++;
  }
}

static void
train (NnGhost *self, GhostWorker *worker, guint64 goal)
{
  worker->shown = FALSE;
  do {
    do_edits (worker);
    worker->failed |= !nn_trainer_step (worker->trainer, NULL);
    if (worker->failed)
      return;
    nn_history_append (worker->history, nn_trainer_get_loss (worker->trainer));
  } while (nn_history_get_n_steps (worker->history) < goal &&
           !g_atomic_int_get (&self->attention));
}

static void
show (NnGhost *self, GhostWorker *worker)
{
  NnHistory *copy = nn_history_copy (worker->history);
  gboolean is_news;

  pthread_mutex_lock (&self->lock);
  is_news = !self->restart && !self->replans; /* else it is outdated */
  if (is_news) {
    g_clear_pointer (&self->slot, nn_history_free);
    self->slot = g_steal_pointer (&copy);
    self->reached = nn_history_get_n_steps (worker->history);
    self->ended = worker->failed;
    self->wanted = FALSE;
  }
  pthread_mutex_unlock (&self->lock);

  worker->shown = TRUE;
  g_clear_pointer (&copy, nn_history_free);
  if (is_news)
    self->news (self->data);
}

static void *
ghost_work (void *data)
{
  NnGhost *self = data;
  GhostWorker worker = { .checkpoints = nn_checkpoints_new (NN_GHOST_BUDGET),
                         .history = nn_history_new (NN_HISTORY_GHOST),
                         .mark = nn_history_mark_new () };
  guint64 goal;
  Turn turn;

  nn_flush_subnormals (); /* here, so that steps need not */
  while ((turn = next_turn (self, &worker, &goal)) != TURN_QUIT) {
    if (turn == TURN_REPLAN)
      replan (self, &worker);
    else if (turn == TURN_RESTART)
      go_back (&worker, (NnPosition){ 0, 0 });
    else if (turn == TURN_TRAIN)
      train (self, &worker, goal);
    else
      show (self, &worker);
  }
  g_clear_pointer (&worker.trainer, nn_trainer_free); /* on the thread that used it */
  nn_checkpoints_free (worker.checkpoints);
  nn_history_free (worker.history);
  nn_history_mark_free (worker.mark);
  plan_clear (&worker.plan);
  return NULL;
}

/* ---- the caller's side ------------------------------------------------------------- */

/**
 * nn_ghost_new:
 * @experiment: copied, without nudges and log: nn_ghost_set_log () gives it the edits
 *
 * Starts the thread, which waits at step 0.
 */
NnGhost *
nn_ghost_new (const NnExperiment *experiment, NnGhostNews news, gpointer data)
{
  NnGhost *self = g_new0 (NnGhost, 1);

  plan_init (&self->plan, experiment, nn_event_new_array ());
  self->replans = TRUE;
  self->news = news;
  self->data = data;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->changed, NULL);
  if (pthread_create (&self->thread, NULL, ghost_work, self) != 0)
    g_error ("no thread could be started for the ghost"); /* as g_thread_new does */
  return self;
}

/**
 * nn_ghost_free:
 *
 * Joins the thread after the step under way. The callback is not called after
 * this returns.
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
  g_clear_pointer (&self->slot, nn_history_free);
  g_clear_pointer (&self->newest, nn_history_free);
  g_clear_pointer (&self->log, nn_log_unref);
  plan_clear (&self->plan);
  g_free (self);
}

static void
begin_anew_locked (NnGhost *self)
{
  self->restart = TRUE;
  self->reached = 0;
  self->ended = FALSE;
  g_clear_pointer (&self->newest, nn_history_free);
}

static void
set_plan_locked (NnGhost *self, const NnLog *log, gboolean is_other_run, GArray *edits)
{
  const NnPosition fork = find_fork (self->plan.edits, edits);

  if (is_other_run || fork.step < self->reached) {
    self->reached = 0;
    g_clear_pointer (&self->slot, nn_history_free);
    g_clear_pointer (&self->newest, nn_history_free);
  }
  self->ended = FALSE;
  self->replans = TRUE;
  if (is_other_run) {
    plan_clear (&self->plan);
    plan_init (&self->plan, nn_log_get_base (log), edits);
  } else {
    g_array_unref (self->plan.edits);
    self->plan.edits = edits;
  }
}

/**
 * nn_ghost_set_log:
 * @log: gets a reference: the run's
 *
 * From now on the ghost is the run with the edits of @log, and without nudges.
 */
void
nn_ghost_set_log (NnGhost *self, NnLog *log)
{
  const NnLog *before = self->log;
  g_autoptr (GArray) edits = NULL;
  gboolean is_other_run;

  if (log == before)
    return;
  is_other_run = before && nn_log_get_base (log) != nn_log_get_base (before);
  edits = nn_log_dup_edits (log);
  pthread_mutex_lock (&self->lock);
  if (is_other_run || edits->len != self->plan.edits->len ||
      count_common (edits, self->plan.edits) < edits->len)
    set_plan_locked (self, log, is_other_run, g_steal_pointer (&edits));
  pthread_mutex_unlock (&self->lock);
  nn_log_ref (log);
  g_clear_pointer (&self->log, nn_log_unref);
  self->log = log;
}

/* Whether cutting @history at @step loses much of what comes before it. */
static gboolean
is_lost (const NnHistory *history, guint64 step)
{
  NnStretch next;

  return nn_history_find (history, step + 1, &next) &&
         step - (next.from - 1) > step / SHARE_LOST;
}

/**
 * nn_ghost_follow:
 * @step: the run's: the ghost trains up to it, and stays ahead where it was farther
 * @finished: (out): whether the ghost has reached it, or cannot as a step failed; FALSE:
 *   the callback will be called
 *
 * Returns: (transfer none) (nullable): its newest losses, valid until the next call, to
 *   read and to copy; beyond @step if the run went back, and not up to it if the ghost
 *   is behind
 */
NnHistory *
nn_ghost_follow (NnGhost *self, guint64 step, gboolean *finished)
{
  pthread_mutex_lock (&self->lock);
  self->goal = step;
  if (self->slot) {
    g_clear_pointer (&self->newest, nn_history_free);
    self->newest = g_steal_pointer (&self->slot);
  }
  if (self->newest && is_lost (self->newest, step))
    begin_anew_locked (self);
  *finished = self->newest && (self->ended || self->reached >= step);
  self->wanted = TRUE;
  g_atomic_int_set (&self->attention, TRUE);
  pthread_cond_signal (&self->changed);
  pthread_mutex_unlock (&self->lock);
  return self->newest;
}
