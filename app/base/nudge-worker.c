/* nudge-worker.c - a thread that does one job at a time, the newest first
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-worker.h"

#define WHOLE 10000 /* the fraction 1, as an integer for atomic access */

struct _NudgeWorker {
  GThreadPool *pool; /* (owned) of one thread */
  guint64 n_pushed;
  gint fraction; /* atomic: how much of the present job is done, in parts of WHOLE */
  gint quits;    /* atomic */
};

/* A task's data. */
typedef struct {
  NudgeWorker *worker; /* (not owned) waits for its jobs before it is freed */
  guint64 number;
  NudgeWork work;
  GCancellable *cancellable; /* (owned) */
} Job;

static void
job_free (Job *self)
{
  if (self->work.free_data != NULL)
    self->work.free_data (self->work.data);
  g_object_unref (self->cancellable);
  g_free (self);
}

static gboolean
is_unwanted (const Job *self)
{
  return g_atomic_int_get (&self->worker->quits) ||
         g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
report (double fraction, gpointer data)
{
  Job *self = data;

  g_atomic_int_set (&self->worker->fraction, (gint) (WHOLE * fraction));
  return !is_unwanted (self);
}

static gboolean
release_cb (gpointer task)
{
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* Released on the main thread: the task's source may own the worker, and freeing the
 * worker waits for this thread. */
static void
release (GTask *task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, release_cb, task, NULL);
}

static void
run (gpointer item, gpointer data)
{
  GTask *task = item;
  Job *self = g_task_get_task_data (task);
  const NnProgress progress = { report, self };
  GError *error = NULL;
  gpointer result = NULL;

  g_atomic_int_set (&self->worker->fraction, 0);
  if (!is_unwanted (self))
    result = self->work.job (self->work.data, &progress, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, self->work.free_result);
  else if (error != NULL && !is_unwanted (self))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not wanted");
  g_clear_error (&error);
  release (task);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *one = g_task_get_task_data ((GTask *) (guintptr) a);
  const Job *other = g_task_get_task_data ((GTask *) (guintptr) b);

  return one->number > other->number ? -1 : one->number < other->number;
}

NudgeWorker *
nudge_worker_new (void)
{
  NudgeWorker *self = g_new0 (NudgeWorker, 1);

  self->pool = g_thread_pool_new (run, self, 1, FALSE, NULL);
  g_thread_pool_set_sort_function (self->pool, compare_newest_first, NULL);
  return self;
}

/* Cancels all jobs and waits for the present one to notice; their callbacks are
 * still called. */
void
nudge_worker_free (NudgeWorker *self)
{
  g_atomic_int_set (&self->quits, TRUE);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_free (self);
}

/**
 * nudge_worker_push:
 * @source: (type GObject): of the result; lives until @callback has been called
 * @cancellable: (nullable)
 */
void
nudge_worker_push (NudgeWorker *self,
                   const NudgeWork *work,
                   gpointer source,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  GTask *task = g_task_new (source, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->worker = self;
  job->number = self->n_pushed++;
  job->work = *work;
  job->cancellable =
      cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_thread_pool_push (self->pool, task, NULL);
}

/* Returns: (transfer none): the job's data, in the callback */
gpointer
nudge_worker_get_data (GAsyncResult *result)
{
  const Job *job = g_task_get_task_data (G_TASK (result));

  return job->work.data;
}

/**
 * nudge_worker_finish:
 *
 * Returns: (transfer full) (nullable): what the job did; %NULL with @error set, which is
 *   G_IO_ERROR_CANCELLED if it was cancelled
 */
gpointer
nudge_worker_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: how much of the present job is done, 0 to 1 */
double
nudge_worker_get_fraction (NudgeWorker *self)
{
  return (double) g_atomic_int_get (&self->fraction) / WHOLE;
}
