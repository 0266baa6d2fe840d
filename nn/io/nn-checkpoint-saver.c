/* nn-checkpoint-saver.c - writes checkpoints of a run to a file while it trains
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-checkpoint-saver.h"

#include <pthread.h>
#include <time.h>

/* So that not every state is written while a slider is dragged. */
#define LEAST_INTERVAL_US G_GINT64_CONSTANT (250000)

struct _NnCheckpointSaver {
  char *path;          /* (owned) */
  NnExperiment *named; /* (owned) only the thread's, once that runs */
  gint64 interval_us;
  gint64 least_us;          /* at least, from one write to the next */
  NnCheckpointDue due_func; /* (nullable) */
  gpointer due_data;
  pthread_t thread;
  gint due; /* atomic */

  /* What both threads touch. */
  pthread_mutex_t lock; /* guards all fields below */
  pthread_cond_t changed;
  gboolean quit;
  gboolean hurry; /* nn_checkpoint_saver_finish () waits for the newest state */
  gboolean writing;
  NnExperiment *next_named; /* (owned) (nullable) to replace named */
  NnRunState *slot; /* (owned) (nullable) the newest state, if it is not written yet */
  NnCheckpointRecord record;        /* (owned) of the state in the slot */
  GError *failure;                  /* (owned) (nullable) why the last write failed */
  NnCheckpointWritten written_func; /* (nullable) */
  gpointer written_data;
};

typedef enum {
  TURN_WRITE,
  TURN_SAY_DUE,
  TURN_QUIT,
} Turn;

/* ---- the thread -------------------------------------------------------------------- */

static void
wait_until_locked (NnCheckpointSaver *self, gint64 until_us)
{
  const struct timespec until = { until_us / G_USEC_PER_SEC,
                                  until_us % G_USEC_PER_SEC * 1000 };

  pthread_cond_timedwait (&self->changed, &self->lock, &until);
}

/* @written_us: the monotonic time at which the last write began */
static Turn
next_turn (NnCheckpointSaver *self, gint64 written_us)
{
  Turn turn;

  pthread_mutex_lock (&self->lock);
  for (;;) {
    const gint64 now = g_get_monotonic_time ();

    if (self->slot && (self->hurry || now >= written_us + self->least_us))
      turn = TURN_WRITE;
    else if (self->quit)
      turn = TURN_QUIT;
    else if (self->slot == NULL && now >= written_us + self->interval_us &&
             !g_atomic_int_get (&self->due))
      turn = TURN_SAY_DUE;
    else if (self->slot) {
      wait_until_locked (self, written_us + self->least_us);
      continue;
    } else if (g_atomic_int_get (&self->due)) {
      pthread_cond_wait (&self->changed, &self->lock);
      continue;
    } else {
      wait_until_locked (self, written_us + self->interval_us);
      continue;
    }
    break;
  }
  self->writing = turn == TURN_WRITE;
  pthread_mutex_unlock (&self->lock);
  return turn;
}

static void
write_newest (NnCheckpointSaver *self)
{
  g_autoptr (NnRunState) state = NULL;
  g_auto (NnCheckpointRecord) record = { 0 };
  NnCheckpointWritten written_func;
  gpointer written_data;
  GError *failure = NULL;

  pthread_mutex_lock (&self->lock);
  state = g_steal_pointer (&self->slot);
  record = self->record;
  self->record = (NnCheckpointRecord){ 0 };
  if (self->next_named != NULL) {
    nn_experiment_free (self->named);
    self->named = g_steal_pointer (&self->next_named);
  }
  pthread_mutex_unlock (&self->lock);

  nn_checkpoint_file_save (state, self->named, &record, self->path, &failure);

  pthread_mutex_lock (&self->lock);
  g_clear_error (&self->failure);
  self->failure = failure;
  self->writing = FALSE;
  written_func = self->written_func;
  written_data = self->written_data;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
  if (written_func) /* the failure is this thread's until the next write */
    written_func (failure, written_data);
}

static void *
work (void *data)
{
  NnCheckpointSaver *self = data;
  gint64 written_us = g_get_monotonic_time ();

  for (;;) {
    switch (next_turn (self, written_us)) {
    case TURN_WRITE:
      written_us = g_get_monotonic_time ();
      write_newest (self);
      break;
    case TURN_SAY_DUE:
      g_atomic_int_set (&self->due, TRUE);
      if (self->due_func)
        self->due_func (self->due_data);
      break;
    case TURN_QUIT:
    default:
      return NULL;
    }
  }
}

/* ---- the caller's side ------------------------------------------------------------- */

/**
 * nn_checkpoint_saver_new:
 * @path: of the checkpoint, which is written after the first push
 * @named: gives the experiment's name, title and lesson; copied
 * @interval_s: seconds after which the next state is due, usually
 *   NN_CHECKPOINT_INTERVAL_S
 * @due: (nullable): called with @data on the saver's thread when one is
 */
NnCheckpointSaver *
nn_checkpoint_saver_new (const char *path,
                         const NnExperiment *named,
                         double interval_s,
                         NnCheckpointDue due,
                         gpointer data)
{
  NnCheckpointSaver *self = g_new0 (NnCheckpointSaver, 1);
  pthread_condattr_t attributes;

  self->path = g_strdup (path);
  self->named = nn_experiment_copy (named);
  self->interval_us = (gint64) (interval_s * G_USEC_PER_SEC);
  self->least_us = MIN (self->interval_us, LEAST_INTERVAL_US);
  self->due_func = due;
  self->due_data = data;
  pthread_mutex_init (&self->lock, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes,
                             CLOCK_MONOTONIC); /* as g_get_monotonic_time () */
  pthread_cond_init (&self->changed, &attributes);
  pthread_condattr_destroy (&attributes);
  if (pthread_create (&self->thread, NULL, work, self) != 0)
    g_error ("no thread could be started for checkpoints"); /* as g_thread_new does */
  return self;
}

/**
 * nn_checkpoint_saver_set_named:
 * @named: gives the experiment's name, title and lesson from the next write on; copied
 */
void
nn_checkpoint_saver_set_named (NnCheckpointSaver *self, const NnExperiment *named)
{
  NnExperiment *copy = nn_experiment_copy (named);
  NnExperiment *old;

  pthread_mutex_lock (&self->lock);
  old = self->next_named;
  self->next_named = copy;
  pthread_mutex_unlock (&self->lock);
  g_clear_pointer (&old, nn_experiment_free);
}

/**
 * nn_checkpoint_saver_set_written_func:
 * @written: called with @data on the saver's thread after each write, done or failed;
 *   must not wait for the saver
 */
void
nn_checkpoint_saver_set_written_func (NnCheckpointSaver *self,
                                      NnCheckpointWritten written,
                                      gpointer data)
{
  pthread_mutex_lock (&self->lock);
  self->written_func = written;
  self->written_data = data;
  pthread_mutex_unlock (&self->lock);
}

/**
 * nn_checkpoint_saver_is_due:
 *
 * Returns: whether the next state is due; one atomic read
 */
gboolean
nn_checkpoint_saver_is_due (const NnCheckpointSaver *self)
{
  return g_atomic_int_get (&self->due);
}

/**
 * nn_checkpoint_saver_push:
 * @state: (transfer full)
 * @record: (nullable): its arrays are taken, and it is empty after this
 *
 * Has @state written soon, unless a newer one is pushed before that. Does not wait.
 * Any thread.
 */
void
nn_checkpoint_saver_push (NnCheckpointSaver *self,
                          NnRunState *state,
                          NnCheckpointRecord *record)
{
  pthread_mutex_lock (&self->lock);
  g_clear_pointer (&self->slot, nn_run_state_free);
  nn_checkpoint_record_clear (&self->record);
  self->slot = state;
  self->record = (NnCheckpointRecord){ 0 };
  if (record) {
    self->record = *record;
    *record = (NnCheckpointRecord){ 0 };
  }
  g_atomic_int_set (&self->due, FALSE);
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
}

/**
 * nn_checkpoint_saver_finish:
 *
 * Waits until the newest state is written.
 *
 * Returns: FALSE if writing failed; the file is as it was before
 */
gboolean
nn_checkpoint_saver_finish (NnCheckpointSaver *self, GError **error)
{
  gboolean done;

  pthread_mutex_lock (&self->lock);
  self->hurry = TRUE;
  pthread_cond_broadcast (&self->changed);
  while (self->slot || self->writing)
    pthread_cond_wait (&self->changed, &self->lock);
  self->hurry = FALSE;
  done = self->failure == NULL;
  if (!done)
    g_propagate_error (error, g_error_copy (self->failure));
  pthread_mutex_unlock (&self->lock);
  return done;
}

/**
 * nn_checkpoint_saver_free:
 *
 * Writes the newest state, and joins the thread.
 */
void
nn_checkpoint_saver_free (NnCheckpointSaver *self)
{
  pthread_mutex_lock (&self->lock);
  self->quit = self->hurry = TRUE;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->lock);
  pthread_join (self->thread, NULL);

  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->lock);
  g_clear_error (&self->failure);
  nn_experiment_free (self->named);
  g_clear_pointer (&self->next_named, nn_experiment_free);
  g_free (self->path);
  g_free (self);
}
