/* nudge-reading.c - reading a file on another thread, with a dialog if that takes long
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-reading.h"

#include <glib/gi18n.h>

#include "app/base/nudge-dialogs.h"
#include "nn/files/nn-path.h"

#define DIALOG_MS   300 /* a longer wait gets a dialog */
#define PROGRESS_MS 100
#define WHOLE       10000 /* of the progress */

/* The task's data. */
typedef struct {
  char *path; /* (owned) */
  NudgeReadFunc read;
  gpointer data; /* (owned) */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gint progress; /* atomic, of WHOLE */

  GtkWindow *parent; /* (owned) */
  guint timer;
  AdwMessageDialog *dialog; /* (owned) (nullable) */
  GtkProgressBar *bar;
} Job;

static void
job_free (Job *self)
{
  g_free (self->path);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_object_unref (self->parent);
  g_free (self);
}

/* On the other thread. */
typedef struct {
  Job *job;
  GCancellable *cancellable;
} Report;

static gboolean
report (double fraction, gpointer data)
{
  Report *self = data;

  g_atomic_int_set (&self->job->progress, (gint) (WHOLE * fraction));
  return !g_cancellable_is_cancelled (self->cancellable);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *self = data;
  Report reporter = { self, cancellable };
  const NnProgress progress = { report, &reporter };
  GError *error = NULL;
  gpointer result = self->read (self->path, self->data, &progress, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, self->free_result);
  else
    g_task_return_error (task, error);
}

static gboolean
progress_cb (gpointer task)
{
  Job *self = g_task_get_task_data (task);
  const gint progress = g_atomic_int_get (&self->progress);

  if (progress > 0)
    gtk_progress_bar_set_fraction (self->bar, (double) progress / WHOLE);
  else
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
show_cb (gpointer task)
{
  Job *self = g_task_get_task_data (task);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *name = nn_path_dup_display_name (base);

  self->timer = 0;
  if (gtk_window_get_application (self->parent) == NULL)
    return G_SOURCE_REMOVE; /* closed meanwhile */
  self->dialog = g_object_ref (nudge_dialogs_new (self->parent, NULL, NULL));
  adw_message_dialog_format_heading (self->dialog, _ ("Opening “%s”"), name);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"), -1);
  adw_message_dialog_set_extra_child (self->dialog, GTK_WIDGET (self->bar));
  adw_message_dialog_add_response (self->dialog, "cancel", _ ("_Cancel"));
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (response_cb),
                           g_task_get_cancellable (task), 0);
  gtk_window_set_application (GTK_WINDOW (self->dialog), g_task_get_source_object (task));
  gtk_window_present (GTK_WINDOW (self->dialog));
  self->timer = g_timeout_add (PROGRESS_MS, progress_cb, task);
  return G_SOURCE_REMOVE;
}

static void
end (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->dialog != NULL) {
    gtk_window_destroy (GTK_WINDOW (self->dialog));
    g_clear_object (&self->dialog);
  }
  g_application_release (g_task_get_source_object (task));
}

/**
 * nudge_reading_async:
 * @application: goes on meanwhile; the source object of the result
 */
void
nudge_reading_async (GtkApplication *application,
                     GtkWindow *parent,
                     const NudgeReading *what,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (application, cancellable, callback, data);
  Job *self = g_new0 (Job, 1);

  self->path = g_strdup (what->path);
  self->read = what->read;
  self->data = what->data;
  self->free_data = what->free_data;
  self->free_result = what->free_result;
  self->parent = g_object_ref (parent);
  g_task_set_task_data (task, self, (GDestroyNotify) job_free);
  if (what->ends_with_parent) /* it is closed: there is no signal that only says so */
    g_signal_connect_object (parent, "unrealize", G_CALLBACK (g_cancellable_cancel),
                             cancellable, G_CONNECT_SWAPPED);
  g_application_hold (G_APPLICATION (application));
  self->timer = g_timeout_add (DIALOG_MS, show_cb, task);
  g_task_run_in_thread (task, read_thread);
}

/**
 * nudge_reading_finish:
 *
 * To be called once for each.
 *
 * Returns: (transfer full) (nullable): what the reader did; %NULL with @error set, which
 *   is G_IO_ERROR_CANCELLED if the user cancelled it, or closed its parent
 */
gpointer
nudge_reading_finish (GAsyncResult *result, GError **error)
{
  end (G_TASK (result));
  return g_task_propagate_pointer (G_TASK (result), error);
}
