/* nudge-attach.c - a window on a PyTorch job that is running
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-attach.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "app/nudge-open.h"
#include "nn/attach/nn-job-session.h"

/* How long to wait for the job's next step. */
#define REACHING_US (60 * G_USEC_PER_SEC)

/* The result of the other thread. */
typedef struct {
  NnJob *job;        /* (owned) (nullable) */
  NnJobModel *model; /* (owned) (nullable) */
} Reached;

static void
reached_free (gpointer data)
{
  Reached *self = data;

  g_clear_pointer (&self->model, nn_job_model_free);
  g_clear_pointer (&self->job, nn_job_free);
  g_free (self);
}

static void
reach_cb (GTask *task, gpointer source, gpointer path, GCancellable *cancel)
{
  const gint64 until_us = g_get_monotonic_time () + REACHING_US;
  Reached *reached = g_new0 (Reached, 1);
  GError *error = NULL;

  reached->job = nn_job_new (path, until_us, &error);
  if (reached->job != NULL)
    reached->model = nn_job_model_new (reached->job, until_us, &error);
  if (reached->model != NULL) {
    g_task_return_pointer (task, reached, reached_free);
    return;
  }
  reached_free (reached);
  g_task_return_error (task, error);
}

/**
 * nudge_attach_async:
 * @path: of the job's socket
 */
void
nudge_attach_async (const char *path,
                    GCancellable *cancel,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancel, callback, data);

  g_task_set_return_on_cancel (task, TRUE);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, reach_cb);
}

/* "Adam, lr 0.003; SGD, lr 0.1" */
static char *
dup_optimizers (const json_t *description)
{
  const json_t *optimizers = json_object_get (description, "optimizers");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (optimizers); i++) {
    const json_t *optimizer = json_array_get (optimizers, i);
    const char *type = json_string_value (json_object_get (optimizer, "type"));
    const json_t *rate = json_array_get (json_object_get (optimizer, "lr"), 0);

    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", type ? type : "");
    if (json_is_number (rate))
      g_string_append_printf (text, ", lr %g", json_number_value (rate));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint64
count_parameters (const NnJobModel *model)
{
  guint64 n = 0;

  for (guint i = 0; i < model->tensors->len; i++) {
    const NnJobTensor *tensor = &g_array_index (model->tensors, NnJobTensor, i);
    guint64 size = 1;

    for (guint k = 0; k < tensor->rank; k++)
      size *= tensor->shape[k];
    if (tensor->is_parameter && tensor->tied == NULL)
      n += size;
  }
  return n;
}

/* What the window says of it. */
static char *
dup_story (const NudgeJob *job)
{
  g_autofree char *words = nudge_job_dup_words (job, FALSE);

  /* Translators: a script; its process, ranks, when it began and what it runs on */
  return g_strdup_printf (
      _ ("Attached to %s (%s). Nudges are applied after a step of its optimizer, on all "
         "ranks; the script does everything else."),
      job->script, words);
}

/**
 * nudge_attach_finish:
 *
 * Returns: (transfer full) (nullable): %NULL if the job could not be reached
 */
NudgeDocument *
nudge_attach_finish (GAsyncResult *result, GError **error)
{
  Reached *reached = g_task_propagate_pointer (G_TASK (result), error);
  const char *path = g_task_get_task_data (G_TASK (result));
  g_autoptr (NnExperiment) experiment = NULL;
  NudgeDocument *document;
  NudgeJob *job;

  if (reached == NULL)
    return NULL;
  experiment =
      nn_job_model_make_experiment (reached->model, nn_job_get_facts (reached->job));
  job = nudge_job_new (path, nn_job_get_facts (reached->job));
  job->optimizers = dup_optimizers (reached->model->reply.head);
  job->n_parameters = count_parameters (reached->model);
  experiment->story = dup_story (job);
  document = nudge_document_new_attached (
      experiment, nn_job_session_new (reached->job, reached->model), job);
  g_free (reached);
  return document;
}

/* ---- in a window -------------------------------------------------------------------- */

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = nudge_attach_finish (result, &error);

  if (document != NULL)
    nudge_open_document_in (window, document);
  else
    nudge_dialogs_say (GTK_WINDOW (window), _ ("Could Not Attach"), error->message);
}

/**
 * nudge_attach_in:
 * @path: of the job's socket
 *
 * Shows the job in place of what @window shows, if the user agrees to that.
 */
void
nudge_attach_in (NudgeWindow *window, const char *path)
{
  g_return_if_fail (NUDGE_IS_WINDOW (window));

  nudge_attach_async (path, NULL, attached_cb, g_object_ref (window));
}
