/* nudge-open.c - opens a file in a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-open.h"

#include <glib/gi18n.h>

#include "app/base/nudge-close.h"
#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-found-file.h"
#include "app/base/nudge-reading.h"
#include "app/base/nudge-recent.h"
#include "app/command/nudge-complain.h"
#include "app/nudge-autosave.h"
#include "app/nudge-data-dialog.h"
#include "app/panels/nudge-window-memory.h"
#include "app/tensors/nudge-tensor-edits.h"
#include "app/tensors/nudge-tensor-files.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-for-file.h"

/* --- Documents --------------------------------------------------------------------- */

static void
show (NudgeWindow *window, NudgeDocument *document)
{
  NudgeSession *session = nudge_document_get_session (document);

  if (nudge_session_can (session, NN_CAN_PACE))
    nudge_window_memory_add_session (session);
  if (nudge_session_can (session, NN_CAN_SAVE))
    nudge_autosave_add (document, NULL);
  nudge_window_set_document (window, document);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * nudge_open_document:
 *
 * Shows @document in a new window.
 */
void
nudge_open_document (GtkApplication *application, NudgeDocument *document)
{
  show (nudge_window_new (application), document);
}

static void
replace_cb (GtkWindow *window, gboolean go_on, gpointer data)
{
  g_autoptr (NudgeDocument) document = data;

  if (go_on)
    show (NUDGE_WINDOW (window), document);
}

/**
 * nudge_open_document_in:
 *
 * Shows @document in place of what @window shows, if the user agrees to that.
 */
void
nudge_open_document_in (NudgeWindow *window, NudgeDocument *document)
{
  nudge_close_ask (GTK_WINDOW (window), replace_cb, g_object_ref (document));
}

/**
 * nudge_open_experiment_in:
 *
 * As nudge_open_document_in (), with one that has no file.
 */
void
nudge_open_experiment_in (NudgeWindow *window, const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = nudge_document_new (experiment, &error);

  if (document != NULL)
    nudge_open_document_in (window, document);
  else
    nudge_dialogs_say (GTK_WINDOW (window), _ ("Could not open"), error->message);
}

/**
 * nudge_open_tensors:
 * @kept: (transfer full) (nullable): which @document was made of
 *
 * Shows @document in a window of its own.
 *
 * Returns: (transfer none)
 */
NudgeTensorWindow *
nudge_open_tensors (GtkApplication *application,
                    NudgeTensorDocument *document,
                    NudgeKeptRun *kept)
{
  NudgeTensorWindow *window = nudge_tensor_window_new (application, document);

  nudge_tensor_edits_keep (window, kept);
  nudge_tensor_files_add (window);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
is_untouched (NudgeWindow *window)
{
  NudgeDocument *document = nudge_window_get_document (window);

  return document == NULL || nudge_document_is_untouched (document);
}

/**
 * nudge_open_recovered:
 * @kept: (transfer full): which @document was made of
 *
 * Shows @document in @window if nothing was done there yet, else in a new one.
 */
void
nudge_open_recovered (NudgeWindow *window, NudgeDocument *document, NudgeKeptRun *kept)
{
  nudge_autosave_add (document, kept);
  if (is_untouched (window))
    show (window, document);
  else
    nudge_open_document (gtk_window_get_application (GTK_WINDOW (window)), document);
}

/* --- Files ------------------------------------------------------------------------- */

/* Where the document is to be shown. */
typedef enum {
  IN_PLACE,     /* in the user's window, also if something was done there */
  IF_UNTOUCHED, /* there if nothing was, else in a window of its own */
  BESIDE,       /* in a window of its own */
} Place;

typedef struct {
  GtkApplication *application; /* (owned) */
  NudgeWindow *window;         /* (owned) where the user is */
  Place place;
  char *path; /* (owned) */
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->application);
  g_object_unref (self->window);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* It may have been closed while the file was read. */
static gboolean
is_open (NudgeWindow *window)
{
  return gtk_window_get_application (GTK_WINDOW (window)) != NULL;
}

static GQuark
get_failed (void)
{
  return g_quark_from_static_string ("nudge-open-failed");
}

/**
 * nudge_open_has_failed:
 *
 * Returns: whether there was a file that could not be opened before any window was
 */
gboolean
nudge_open_has_failed (GtkApplication *application)
{
  return g_object_get_qdata (G_OBJECT (application), get_failed ()) != NULL;
}

static gboolean
destroy_cb (gpointer window)
{
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

/* A window that was made for a file and has no document yet. */
static void
close_empty (NudgeWindow *window)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, destroy_cb, g_object_ref (window), g_object_unref);
}

/* In a window, as the program may have been started from a file manager. */
static void
say_error (Opening *self, const GError *error)
{
  const gboolean is_empty = nudge_window_get_document (self->window) == NULL;
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *name = nn_path_dup_display_name (base);
  g_autofree char *heading = g_strdup_printf (_ ("Could not open “%s”"), name);
  AdwMessageDialog *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (is_empty)
      close_empty (self->window);
    return;
  }
  dialog = nudge_dialogs_say (is_open (self->window) ? GTK_WINDOW (self->window) : NULL,
                              heading, error->message);
  if (!is_empty)
    return;
  nudge_complain ("window", error->message);
  g_object_set_qdata (G_OBJECT (self->application), get_failed (),
                      GINT_TO_POINTER (TRUE));
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_empty), self->window,
                           G_CONNECT_SWAPPED);
}

static NudgeDocument *
find_document_of (GtkApplication *application, GFile *file)
{
  for (GList *each = gtk_application_get_windows (application); each; each = each->next) {
    NudgeDocument *document =
        NUDGE_IS_WINDOW (each->data) ? nudge_window_get_document (each->data) : NULL;
    g_autoptr (GFile) other = NULL;

    if (document != NULL)
      g_object_get (document, "file", &other, NULL);
    if (other != NULL && g_file_equal (other, file))
      return document;
  }
  return NULL;
}

/* Only an experiment's file becomes the document's: data and parameters stay as they are. */
static void
set_file (Opening *self, NudgeDocument *document)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  if (g_file_query_exists (file, NULL))
    nudge_recent_add (file);
  if (!nn_path_has_ending (self->path, ".nudge"))
    return;
  if (find_document_of (self->application, file) != NULL)
    nudge_document_set_notice (document,
                               _ ("This file is open in another window, too. Each window "
                                  "has a run of its own; the one that is saved last "
                                  "replaces what the other saved."));
  nudge_document_set_saved (document, file, 0);
}

static gboolean
is_for_window (Opening *self)
{
  if (!is_open (self->window))
    return FALSE;
  return self->place == IN_PLACE ||
         (self->place == IF_UNTOUCHED && is_untouched (self->window));
}

static void
show_experiment (Opening *self, const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDocument) document = nudge_document_new (experiment, &error);

  if (document == NULL) {
    say_error (self, error);
    return;
  }
  set_file (self, document);
  if (is_for_window (self))
    nudge_open_document_in (self->window, document);
  else
    nudge_open_document (self->application, document);
}

/* A window of tensors says why the file is no network, unless that is known. */
static void
show_tensors (Opening *self, const NudgeFoundFile *found)
{
  g_autoptr (NudgeTensorDocument) document =
      nudge_tensor_document_new (found->tensors, self->path);
  NudgeTensorWindow *window;
  g_autoptr (GFile) recent = g_file_new_for_path (self->path);

  if (g_file_query_exists (recent, NULL))
    nudge_recent_add (recent);
  window = nudge_open_tensors (self->application, document, NULL);
  if (found->why != NULL) {
    g_autofree char *text = g_strdup_printf (
        /* Translators: a reason, as of an error message */
        _ ("Opened as a table of tensors, which can be seen and nudged. It is no network "
           "that can be trained here, and no data: %s"),
        found->why->message);

    nudge_tensor_window_explain (window, text);
  }
  if (nudge_window_get_document (self->window) == NULL)
    close_empty (self->window);
}

static void
data_chosen_cb (NnExperiment *chosen, gpointer data)
{
  g_autoptr (Opening) self = data;
  g_autoptr (NnExperiment) experiment = chosen;

  if (experiment != NULL)
    show_experiment (self, experiment);
  else if (nudge_window_get_document (self->window) == NULL)
    close_empty (self->window);
}

/* The experiment that is shown here, begun with the parameters of @found. */
static void
start_with (Opening *self, const NnExperiment *found)
{
  NudgeDocument *document = nudge_window_get_document (self->window);
  g_autoptr (NnExperiment) experiment =
      nn_experiment_copy (nudge_document_get_experiment (document));

  g_array_set_size (experiment->events, 0);
  g_clear_pointer (&experiment->notes, g_ptr_array_unref);
  nn_experiment_set_parameters (experiment, nn_parameters_ref (found->parameters));
  nudge_open_experiment_in (self->window, experiment);
}

typedef struct {
  Opening *opening;         /* (owned) */
  NnExperiment *experiment; /* (owned) the network of the parameters */
} Choice;

static void
use_parameters_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Choice *self = data;

  if (g_str_equal (response, "network"))
    show_experiment (self->opening, self->experiment);
  else if (g_str_equal (response, "start"))
    start_with (self->opening, self->experiment);
  opening_free (self->opening);
  nn_experiment_free (self->experiment);
  g_free (self);
}

/* Whether the network is as @document was opened with: what start_with () begins is that
 * experiment. Of a job, only its script knows the data and the loss. */
static gboolean
can_start_again (NudgeDocument *document)
{
  const NnExperiment *edited =
      nudge_edits_get_experiment (nudge_document_get_edits (document));

  return nudge_document_get_job (document) == NULL &&
         edited->architecture == nudge_document_get_experiment (document)->architecture;
}

static gboolean
fits_here (Opening *self, const NnExperiment *found)
{
  NudgeDocument *document = nudge_window_get_document (self->window);

  return document != NULL && is_open (self->window) && can_start_again (document) &&
         found->parameters != NULL && !nn_path_has_ending (self->path, ".nudge") &&
         nn_parameters_check (found->parameters,
                              nudge_document_get_experiment (document)->architecture,
                              NULL);
}

/* @opening, @experiment: (transfer full) */
static void
ask_about_parameters (Opening *opening, NnExperiment *experiment)
{
  Choice *self = g_new0 (Choice, 1);
  g_autofree char *base = g_path_get_basename (opening->path);
  g_autofree char *name = nn_path_dup_display_name (base);
  AdwMessageDialog *dialog = nudge_dialogs_new (
      GTK_WINDOW (opening->window), NULL,
      _ ("They fit the network that is shown here: it can start with them, as a new "
         "experiment, or they can be opened as a network of their own."));

  self->opening = opening;
  self->experiment = experiment;
  adw_message_dialog_format_heading (dialog, _ ("“%s” Holds Parameters"), name);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "network",
                                    _ ("_Open as Network"), "start",
                                    _ ("_Start with Them"), NULL);
  adw_message_dialog_set_default_response (dialog, "start");
  g_signal_connect (dialog, "response", G_CALLBACK (use_parameters_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeFoundFile) found = nudge_reading_finish (result, &error);

  if (found == NULL) {
    say_error (self, error);
  } else if (found->tensors != NULL) {
    show_tensors (self, found);
  } else if (found->sheet != NULL) {
    NnSheet *sheet = g_steal_pointer (&found->sheet);
    GtkWindow *window = GTK_WINDOW (self->window);

    nudge_data_dialog_present (window, &found->data, sheet, data_chosen_cb,
                               g_steal_pointer (&self));
  } else if (fits_here (self, found->experiment)) {
    ask_about_parameters (g_steal_pointer (&self), g_steal_pointer (&found->experiment));
  } else {
    show_experiment (self, found->experiment);
  }
}

static void
begin (GtkApplication *application,
       NudgeWindow *window,
       Place place,
       const char *path,
       NudgeReadFunc read)
{
  Opening *self = g_new0 (Opening, 1);
  const NudgeReading what = { .path = path,
                              .read = read,
                              .free_result = (GDestroyNotify) nudge_found_file_free };

  self->application = g_object_ref (application);
  self->window = g_object_ref (window);
  self->place = place;
  self->path = g_canonicalize_filename (path, NULL);
  nudge_reading_async (application, GTK_WINDOW (window), &what, read_cb, self);
}

/**
 * nudge_open_file:
 *
 * Opens it in a window of its own, or in the active one if nothing was done there yet.
 * Returns at once.
 */
void
nudge_open_file (GtkApplication *application, const char *path)
{
  GtkWindow *active = gtk_application_get_active_window (application);
  NudgeWindow *window =
      NUDGE_IS_WINDOW (active) ? NUDGE_WINDOW (active) : nudge_window_new (application);

  if (GTK_WINDOW (window) != active)
    gtk_window_present (GTK_WINDOW (window));
  begin (application, window, IF_UNTOUCHED, path, nudge_found_file_read);
}

/**
 * nudge_open_file_in:
 *
 * Opens it in place of what @window shows. Returns at once.
 */
void
nudge_open_file_in (NudgeWindow *window, const char *path)
{
  begin (gtk_window_get_application (GTK_WINDOW (window)), window, IN_PLACE, path,
         nudge_found_file_read);
}

/* Returns: whether @path are the labels of pictures that are among @files */
static gboolean
are_labels (const char *path, GSList *files)
{
  for (GSList *each = files; each != NULL; each = each->next) {
    g_autofree char *other = g_file_get_path (each->data);
    g_autofree char *labels = other != NULL ? nn_experiment_find_labels (other) : NULL;

    if (g_strcmp0 (labels, path) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * nudge_open_dropped:
 * @files: (element-type GFile)
 *
 * Opens the first one in @window if nothing was done there yet, and each other one in a
 * window of its own, but labels with their pictures. Returns at once.
 */
void
nudge_open_dropped (NudgeWindow *window, GSList *files)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  Place place = IF_UNTOUCHED;

  for (GSList *each = files; each != NULL; each = each->next) {
    g_autofree char *path = g_file_get_path (each->data);

    if (path != NULL && are_labels (path, files))
      continue;
    if (path != NULL)
      begin (application, window, place, path, nudge_found_file_read);
    else
      nudge_dialogs_say (GTK_WINDOW (window), _ ("Could not open"),
                         _ ("This is not a file on this computer"));
    place = BESIDE;
  }
}

/**
 * nudge_open_file_as_tensors:
 * @window: whose parameters they are, say; it stays as it is
 *
 * Opens it as a table of tensors, though it could be a network. Returns at once.
 */
void
nudge_open_file_as_tensors (NudgeWindow *window, const char *path)
{
  begin (gtk_window_get_application (GTK_WINDOW (window)), window, IF_UNTOUCHED, path,
         nudge_found_file_read_tensors);
}
