/* nn-session-of-run.c - a session with the trainer of this program
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-footprint.h"
#include "nn/session/nn-session-private.h"

static void
worker_free (gpointer data)
{
  NnSessionWorker *worker = data;

  g_free (worker->failure);
  g_free (worker->refusal);
  g_free (worker);
}

static NnSession *
start (NnTimeline *timeline, guint64 next_id)
{
  static const NnEngine engine = { NN_CAN_ALL, nn_session_work, NULL, worker_free };
  NnSessionWorker *worker = g_new0 (NnSessionWorker, 1);

  worker->timeline = timeline;
  worker->trainer = nn_timeline_get_trainer (timeline);
  nn_stops_init (&worker->stops);
  worker->answers = nn_answers_new (worker->trainer);
  worker->refiner = nn_refiner_new ();
  worker->layers = nn_layer_recorder_new ();
  worker->past = nn_past_new ();
  return nn_session_start (&engine, worker, next_id);
}

/**
 * nn_session_new:
 * @experiment: copied
 *
 * Starts the session's thread, paused at step 0, with no limit of speed. The first frame
 * comes without a command.
 *
 * Returns: (nullable): NULL as nn_experiment_check () or nn_trainer_new (), or with
 *   NN_ERROR_MEMORY as nn_footprint_check ()
 */
NnSession *
nn_session_new (const NnExperiment *experiment, GError **error)
{
  NnTimeline *timeline;
  NnFootprint footprint;

  if (!nn_experiment_check (experiment, error))
    return NULL;
  footprint = nn_footprint_of_session (experiment, NN_TIMELINE_BUDGET);
  if (!nn_footprint_check (&footprint, error))
    return NULL;
  timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, error);
  if (timeline == NULL)
    return NULL;
  return start (timeline, nn_experiment_get_next_nudge_id (experiment));
}

/**
 * nn_session_new_resumed:
 * @experiment: of the run, with its whole log
 * @timeline: (transfer full): from nn_timeline_resume () of @experiment,
 *   with NN_TIMELINE_BUDGET
 *
 * As nn_session_new (), paused where the run was.
 */
NnSession *
nn_session_new_resumed (const NnExperiment *experiment, NnTimeline *timeline)
{
  return start (timeline, nn_experiment_get_next_nudge_id (experiment));
}
