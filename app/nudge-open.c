/* nudge-open.c - a file in a window of its own
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-open.h"

#include "app/nudge-window.h"
#include "nn/io/nn-experiment-for-file.h"

/**
 * nudge_open_document:
 *
 * Shows @document in a new window.
 */
void
nudge_open_document (GtkApplication *application, NudgeDocument *document)
{
  NudgeWindow *window = nudge_window_new (application);

  nudge_window_set_document (window, document);
  gtk_window_present (GTK_WINDOW (window));
}

static void
read_file (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  NnExperiment *experiment = nn_experiment_open (path, NULL, &error);

  if (experiment != NULL)
    g_task_return_pointer (task, experiment, (GDestroyNotify) nn_experiment_free);
  else
    g_task_return_error (task, error);
}

/* In the window that the user has before them. */
static void
say (GtkApplication *application, const char *text)
{
  GtkWindow *window = gtk_application_get_active_window (application);
  NudgeDocument *document =
      NUDGE_IS_WINDOW (window) ? nudge_window_get_document (NUDGE_WINDOW (window)) : NULL;

  if (document != NULL)
    nudge_document_say (document, text);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkApplication *application = GTK_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (NudgeDocument) document =
      experiment != NULL ? nudge_document_new (experiment, &error) : NULL;

  if (document != NULL)
    nudge_open_document (application, document);
  else
    say (application, error->message);
}

/**
 * nudge_open_file:
 *
 * Returns at once. What is wrong with the file is said in the active window.
 */
void
nudge_open_file (GtkApplication *application, const char *path)
{
  g_autoptr (GTask) task = g_task_new (application, NULL, read_cb, NULL);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_file);
}
