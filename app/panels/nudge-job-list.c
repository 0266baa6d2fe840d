/* nudge-job-list.c - the jobs of this user that can be attached to, as they come and go
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-job-list.h"

#include "nn/attach/nn-job-folder.h"
#include "nn/base/nn-error.h"

#define INTERVAL_S  2
#define GREETING_US G_USEC_PER_SEC

struct _NudgeJobList {
  GObject parent_instance;

  GPtrArray *jobs;      /* (owned) (nullable) (element-type NudgeJob) as last seen */
  GCancellable *cancel; /* (owned) of looking */
  guint timer;
};

/* What there is in the folder: the jobs that have answered in time, and the others' sockets. */
typedef struct {
  GPtrArray *jobs;   /* (owned) (element-type NudgeJob) */
  GPtrArray *silent; /* (owned) (element-type filename) */
} Found;

static guint changed;

G_DEFINE_FINAL_TYPE (NudgeJobList, nudge_job_list, G_TYPE_OBJECT)

static void
found_free (gpointer data)
{
  Found *self = data;

  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->silent);
  g_free (self);
}

static void
try_job (Found *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnJob) job =
      nn_job_new (path, g_get_monotonic_time () + GREETING_US, &error);

  if (job != NULL)
    g_ptr_array_add (self->jobs, nudge_job_new (path, nn_job_get_facts (job)));
  else if (g_error_matches (error, NN_ERROR, NN_ERROR_CANCELLED))
    g_ptr_array_add (self->silent, g_strdup (path));
}

/* On another thread: a job may take long to answer. */
static void
look_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancel)
{
  Found *found = g_new (Found, 1);
  g_autoptr (GPtrArray) paths = nn_job_folder_list (NULL);

  found->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_job_free);
  found->silent = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    try_job (found, paths->pdata[i]);
  g_task_return_pointer (task, found, found_free);
}

/* One that is busy is as it was, and the row that the user may be clicking stays. */
static void
keep_silent (NudgeJobList *self, const Found *found)
{
  for (guint i = self->jobs != NULL ? self->jobs->len : 0; i-- > 0;) {
    const NudgeJob *job = self->jobs->pdata[i];

    if (g_ptr_array_find_with_equal_func (found->silent, job->path, g_str_equal, NULL))
      g_ptr_array_add (found->jobs, g_ptr_array_steal_index (self->jobs, i));
  }
}

static void look (NudgeJobList *self);

static gboolean
timer_cb (gpointer data)
{
  NudgeJobList *self = data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeJobList *self = NUDGE_JOB_LIST (source);
  Found *found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (found == NULL)
    return; /* it is no longer wanted */
  keep_silent (self, found);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  self->jobs = g_ptr_array_ref (found->jobs);
  found_free (found);
  self->timer = g_timeout_add_seconds (INTERVAL_S, timer_cb, self);
  g_signal_emit (self, changed, 0);
}

static void
look (NudgeJobList *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancel, looked_cb, NULL);

  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, look_cb);
}

/* Returns: (nullable) (element-type NudgeJob): %NULL before it has looked */
const GPtrArray *
nudge_job_list_get (NudgeJobList *self)
{
  g_return_val_if_fail (NUDGE_IS_JOB_LIST (self), NULL);

  return self->jobs;
}

/**
 * nudge_job_list_stop:
 *
 * It stops looking; the last reference may be dropped.
 */
void
nudge_job_list_stop (NudgeJobList *self)
{
  g_return_if_fail (NUDGE_IS_JOB_LIST (self));

  g_cancellable_cancel (self->cancel);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
nudge_job_list_finalize (GObject *object)
{
  NudgeJobList *self = NUDGE_JOB_LIST (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancel);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  G_OBJECT_CLASS (nudge_job_list_parent_class)->finalize (object);
}

static void
nudge_job_list_class_init (NudgeJobListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_job_list_finalize;
  changed = g_signal_new ("changed", NUDGE_TYPE_JOB_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_job_list_init (NudgeJobList *self)
{
  self->cancel = g_cancellable_new ();
}

NudgeJobList *
nudge_job_list_new (void)
{
  NudgeJobList *self = g_object_new (NUDGE_TYPE_JOB_LIST, NULL);

  look (self);
  return self;
}
