/* nn-session-steps.c - the steps that a session's worker takes
 *
 * SPDX-License-Identifier: MIT
 *
 * At full speed the worker trains in bursts, which end when another thread sets the flag
 * shared.attention. Checking it is one atomic read per step, so that neither the window
 * nor the clock slows training down. What a step has changed is known only of the last
 * step of a burst.
 */

#include "nn/session/nn-session-private.h"

/* A paced run that is further behind, on a slow machine or after a suspend, does not
 * catch up completely. */
#define MOST_BEHIND_US 100000

/**
 * nn_session_worker_paces_itself:
 *
 * Returns: whether it takes steps without a command for each
 */
gboolean
nn_session_worker_paces_itself (const NnSessionWorker *self)
{
  return self->running && (!self->walks || nn_stops_have_goal (&self->stops));
}

/**
 * nn_session_worker_is_paced:
 *
 * Returns: whether the speed is limited; a run to a goal is as fast as possible
 */
gboolean
nn_session_worker_is_paced (const NnSessionWorker *self)
{
  return self->speed > 0 && !nn_stops_have_goal (&self->stops);
}

void
nn_session_worker_pause (NnSessionWorker *self)
{
  self->running = FALSE;
  nn_stops_clear_goal (&self->stops);
}

/**
 * nn_session_worker_forget_record:
 *
 * Drops the record of the newest step, which did not lead to the present state.
 */
void
nn_session_worker_forget_record (NnSessionWorker *self)
{
  g_clear_pointer (&self->record, nn_step_record_unref);
  self->within_step = FALSE;
}

/**
 * nn_session_worker_forget_from:
 *
 * The steps from @step on may become others: drops what is recorded of the layers there.
 */
void
nn_session_worker_forget_from (NnSessionWorker *self, guint64 step)
{
  nn_layer_recorder_cut (self->layers, step);
}

/* A small network's changes and layers are always recorded, which costs next to nothing,
 * so that they are there when they are asked for. An edit may make it a large one. */
#define MOST_SMALL 4096 /* values */

gboolean
nn_session_worker_is_small (const NnSessionWorker *self)
{
  const NnNetwork *network = nn_trainer_get_network (self->trainer);

  return nn_network_get_architecture (network)->n_values <= MOST_SMALL;
}

/**
 * nn_session_worker_keep_change:
 *
 * Records what steps change from now on, if the network is small or frames show it.
 */
void
nn_session_worker_keep_change (NnSessionWorker *self)
{
  nn_timeline_keep_change (self->timeline,
                           nn_session_worker_is_small (self) || self->shows_layers ||
                               (self->quantities & NN_QUANTITIES_OF_CHANGE) != 0 ||
                               nn_past_get_watched (self->past) >= 0);
}

static void
leave_state (NnSessionWorker *self)
{
  self->shown = FALSE;
  self->revision++;
  nn_session_worker_forget_record (self);
}

static void
end_steps (NnSessionWorker *self, gboolean done, const GError *error)
{
  if (done) {
    if (nn_stops_are_reached (&self->stops, self->trainer))
      nn_session_worker_pause (self);
    return;
  }
  nn_session_worker_pause (self);
  self->acted = TRUE;
  g_free (self->failure);
  self->failure = g_strdup (error->message);
}

/**
 * nn_session_worker_step:
 * @recorded: whether frames have the step's record until the run is in another state
 *
 * Takes one step.
 */
void
nn_session_worker_step (NnSessionWorker *self, gboolean recorded)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  leave_state (self);
  nn_session_worker_forget_from (self, nn_trainer_get_n_steps (self->trainer) + 1);
  if (recorded) {
    self->record = nn_step_record_new (self->timeline, &error);
    self->within_step = done = self->record != NULL;
  } else {
    done = nn_timeline_step (self->timeline, &error);
  }
  end_steps (self, done, error);
}

/* If a frame is waiting, a burst is this part of a timeline's stride. */
#define PART_OF_STRIDE 16

/* As fast as possible, up to the next step at which it may have to pause or to measure,
 * or until *@enough is not 0. */
static void
take_steps (NnSessionWorker *self, const gint *enough)
{
  const guint64 step = nn_trainer_get_n_steps (self->trainer);
  guint64 n_steps = MIN (nn_stops_count_steps (&self->stops, step),
                         nn_scorer_count_steps (&self->scorer, self->timeline));
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (self->frame_waits)
    n_steps = MIN (n_steps, 1 + nn_timeline_get_stride (self->timeline) / PART_OF_STRIDE);
  leave_state (self);
  nn_session_worker_forget_from (self, step + 1);
  done = nn_timeline_run_until (self->timeline, n_steps, enough, &error);
  end_steps (self, done, error);
  if (self->running) /* else a frame follows */
    nn_scorer_measure_on_the_way (&self->scorer, self->timeline);
}

/**
 * nn_session_worker_train:
 * @attention: atomic: when it is not 0, at most one more step is taken
 *
 * Takes the next step of a paced run, or many steps of another.
 */
void
nn_session_worker_train (NnSessionWorker *self, const gint *attention)
{
  nn_trainer_measure_next_landings (self->trainer); /* a frame follows */
  if (nn_session_worker_is_paced (self)) {
    nn_session_worker_step (self, FALSE);
    self->due_us = MAX (self->due_us + (gint64) (1e6 / self->speed),
                        g_get_monotonic_time () - MOST_BEHIND_US);
  } else {
    do
      take_steps (self, attention);
    while (self->running && !self->frame_waits && !g_atomic_int_get (attention));
  }
}

/**
 * nn_session_worker_travel:
 *
 * Takes the run nearer to the goal of undo, redo or go to, for some milliseconds.
 */
void
nn_session_worker_travel (NnSessionWorker *self)
{
  leave_state (self);
  nn_timeline_travel (self->timeline, nn_timeline_get_stride (self->timeline));
}
