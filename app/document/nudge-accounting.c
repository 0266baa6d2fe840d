/* nudge-accounting.c - why the loss jumped at a step, computed on another thread
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-accounting.h"

/* How often a thread that waits looks whether it is cancelled. */
#define WAIT_US 50000

#define WHOLE    1000 /* of the progress */
#define PROGRESS "nudge-accounting-progress"

/* What the session has found: the task waits for it in a queue of one. */
typedef struct {
  NnReplayStart start; /* (owned) */
  NnLog *log;          /* (owned) (nullable) NULL: the session has ended */
} Found;

/* The task's data. */
typedef struct {
  NnExperiment *named; /* (owned) whose name and title the run has */
  guint64 step;
  GAsyncQueue *found; /* (owned) (element-type Found) */
  gint *progress;     /* (owned) (rc-box) atomic, of WHOLE */
} Job;

static void
found_free (gpointer data)
{
  Found *self = data;

  nn_replay_start_clear (&self->start);
  g_clear_pointer (&self->log, nn_log_unref);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  nn_experiment_free (self->named);
  g_async_queue_unref (self->found);
  g_atomic_rc_box_release (self->progress);
  g_free (self);
}

/* On the session's thread. */
static void
found_cb (NnReplayStart *start, NnLog *log, gpointer data)
{
  GAsyncQueue *queue = data;
  Found *found = g_new0 (Found, 1);

  if (start)
    found->start = *start;
  if (log)
    found->log = nn_log_ref (log);
  g_async_queue_push (queue, found);
  g_async_queue_unref (queue);
}

typedef struct {
  Job *job;
  GCancellable *cancellable;
} Report;

static gboolean
report (double fraction, gpointer data)
{
  const Report *self = data;

  g_atomic_int_set (self->job->progress, (gint) (WHOLE * fraction));
  return !g_cancellable_is_cancelled (self->cancellable);
}

static Found *
wait (Job *job, GCancellable *cancellable)
{
  Found *found = NULL;

  while (found == NULL && !g_cancellable_is_cancelled (cancellable))
    found = g_async_queue_timeout_pop (job->found, WAIT_US);
  if (found && found->log)
    return found;
  g_clear_pointer (&found, found_free);
  return NULL;
}

static void
account_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  Report reported = { job, cancellable };
  const NnProgress progress = { report, &reported };
  Found *found = wait (job, cancellable);
  g_autoptr (NnExperiment) experiment = NULL;
  NnAccount *account;
  GError *error = NULL;

  if (found == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    return;
  }
  experiment = nn_log_make_experiment (found->log, job->named);
  account =
      nn_account_new (experiment, found->start.state ? &found->start : NULL,
                      nn_account_find_step (experiment, job->step), &progress, &error);
  found_free (found);
  if (account)
    g_task_return_pointer (task, account, (GDestroyNotify) nn_account_free);
  else
    g_task_return_error (task, error);
}

/**
 * nudge_accounting_async:
 * @document: the source object of the result
 * @step: what is asked about; where nothing was done after it and something after the one
 *   before, that
 */
void
nudge_accounting_async (NudgeDocument *document,
                        guint64 step,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr (GTask) task = g_task_new (document, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->named = nn_experiment_copy (nudge_document_get_experiment (document));
  job->step = step;
  job->found = g_async_queue_new_full (found_free);
  job->progress = g_atomic_rc_box_new0 (gint);
  g_object_set_data_full (G_OBJECT (cancellable), PROGRESS,
                          g_atomic_rc_box_acquire (job->progress),
                          g_atomic_rc_box_release);
  g_task_set_task_data (task, job, job_free);
  nudge_session_find_start (nudge_document_get_session (document), step,
                            nn_account_get_first_step (step), found_cb,
                            g_async_queue_ref (job->found));
  g_task_run_in_thread (task, account_thread);
}

/**
 * nudge_accounting_get_progress:
 * @cancellable: that nudge_accounting_async () was given
 *
 * Returns: 0 to 1
 */
double
nudge_accounting_get_progress (GCancellable *cancellable)
{
  gint *progress = g_object_get_data (G_OBJECT (cancellable), PROGRESS);

  return progress ? (double) g_atomic_int_get (progress) / WHOLE : 0;
}

/**
 * nudge_accounting_finish:
 *
 * Returns: (transfer full) (nullable): NULL with @error set, as nn_account_new () does
 */
NnAccount *
nudge_accounting_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
