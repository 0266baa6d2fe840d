/* nn-replay.c - an experiment's run, repeated from any of its states
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-replay.h"

struct _NnReplay {
  NnExperiment *experiment; /* (owned) */
  NnTrainer *trainer;       /* (owned) (nullable) NULL before nn_replay_begin () */
  gsize n_done;             /* events of the log that are done */
};

void
nn_replay_start_clear (NnReplayStart *self)
{
  g_clear_pointer (&self->state, nn_trainer_state_free);
  self->n_done = 0;
}

guint64
nn_replay_start_get_step (const NnReplayStart *self)
{
  return self->state ? nn_trainer_state_get_n_steps (self->state) : 0;
}

/**
 * nn_replay_new:
 * @experiment: gets a reference; passes nn_experiment_check ()
 *
 * Returns: (transfer full): a replay, on which nn_replay_begin () has to be called first
 */
NnReplay *
nn_replay_new (NnExperiment *experiment)
{
  NnReplay *self = g_new0 (NnReplay, 1);

  self->experiment = nn_experiment_ref (experiment);
  return self;
}

void
nn_replay_free (NnReplay *self)
{
  g_clear_pointer (&self->trainer, nn_trainer_free);
  nn_experiment_free (self->experiment);
  g_free (self);
}

/**
 * nn_replay_begin:
 * @start: a state of a run of this experiment without deviations
 * @deviations: (nullable) (element-type NnDeviation): from there on
 *
 * Puts the run at @start. From step 0, the log's events before the first step are not
 * done yet.
 *
 * Returns: FALSE as nn_trainer_new ()
 */
gboolean
nn_replay_begin (NnReplay *self,
                 const NnReplayStart *start,
                 GArray *deviations,
                 GError **error)
{
  if (self->trainer == NULL || start->state == NULL) {
    g_clear_pointer (&self->trainer, nn_trainer_free);
    self->trainer = nn_trainer_new_deviating (self->experiment, deviations, error);
    if (self->trainer == NULL)
      return FALSE;
  }
  if (start->state) {
    nn_trainer_restore (self->trainer, start->state);
    nn_trainer_set_deviations (self->trainer, deviations);
  }
  self->n_done = start->n_done;
  return TRUE;
}

/**
 * nn_replay_train:
 *
 * Takes a step. The log's events after it are not done yet.
 *
 * Returns: FALSE as nn_trainer_step ()
 */
gboolean
nn_replay_train (NnReplay *self, GError **error)
{
  return nn_trainer_step (self->trainer, error);
}

/**
 * nn_replay_follow_log:
 *
 * Does the log's events after the present step.
 *
 * Returns: FALSE as nn_trainer_do_logged ()
 */
gboolean
nn_replay_follow_log (NnReplay *self, GError **error)
{
  const GArray *events = self->experiment->events;
  const guint64 step = nn_replay_get_step (self);

  for (; self->n_done < events->len; self->n_done++) {
    const NnEvent *event = &g_array_index (events, NnEvent, self->n_done);

    if (event->step > step)
      return TRUE;
    if (!nn_trainer_do_logged (self->trainer, event, self->n_done + 1, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_replay_save:
 * @start: (out): the present state, between two steps
 */
void
nn_replay_save (const NnReplay *self, NnReplayStart *start)
{
  *start = (NnReplayStart){ nn_trainer_save (self->trainer), self->n_done };
}

NnTrainer *
nn_replay_get_trainer (const NnReplay *self)
{
  return self->trainer;
}

guint64
nn_replay_get_step (const NnReplay *self)
{
  return nn_trainer_get_n_steps (self->trainer);
}
