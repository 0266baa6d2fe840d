/* nudge-export.c - writes a frame to a file that the user chooses
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-export.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/base/nudge-close.h"
#include "nn/attach/nn-job-log.h"
#include "nn/attach/nn-job-snapshot.h"
#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"
#include "nn/files/nn-path.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-series-file.h"
#include "nn/io/nn-snapshot.h"
#include "nn/script/nn-script.h"
#include "ui/base/nudge-colours.h"

#define MAX_OWN_FORMATS 3
#define USUAL_STEPS     1000
#define MAX_FORMATS     MAX (MAX_OWN_FORMATS, NN_N_ARRAY_KINDS)

typedef struct {
  const char *name;
  const char *ending; /* with its dot */
} Format;

typedef struct {
  const char *heading;             /* of the file chooser */
  Format formats[MAX_OWN_FORMATS]; /* not of snapshots, which have rows of their own */
  gboolean (*check_path) (const char *path, GError **error);
} Kind;

static gboolean
check_experiment_path (const char *path, GError **error)
{
  if (nn_path_has_ending (path, ".nudge"))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("an experiment's file ends in .nudge"));
  return FALSE;
}

static const Kind kinds[] = {
  [NUDGE_EXPORT_PARAMETERS] = {
    N_ ("Export Parameters"),
    { { NULL } },
    nn_snapshot_check_path,
  },
  [NUDGE_EXPORT_FIGURE] = {
    N_ ("Export Figure"),
    { { N_ ("PNG image"), ".png" }, { N_ ("SVG drawing"), ".svg" }, { N_ ("PDF document"), ".pdf" } },
    nudge_figure_check_path,
  },
  [NUDGE_EXPORT_SERIES] = {
    N_ ("Export Losses and Norms"),
    { { N_ ("Comma-separated values"), ".csv" } },
    nn_series_file_check_path,
  },
  [NUDGE_EXPORT_SCRIPT] = {
    N_ ("Export as a PyTorch Program"),
    { { N_ ("Python program"), ".py" } },
    nn_script_check_path,
  },
  [NUDGE_EXPORT_LOG] = {
    N_ ("Export Log"),
    { { N_ ("Log with receipts"), ".json" } },
    nn_job_log_check_path,
  },
  [NUDGE_EXPORT_EXPERIMENT] = {
    N_ ("Save As"),
    { { N_ ("Experiment with its log"), ".nudge" } },
    check_experiment_path,
  },
};

/* Returns: FALSE if there are not so many. */
static gboolean
get_format (NudgeExportKind kind, guint index, Format *format)
{
  if (kind == NUDGE_EXPORT_PARAMETERS) {
    const NnArrayFileKind *snapshot = nn_snapshot_get_kind (index);

    if (snapshot == NULL)
      return FALSE;
    *format = (Format){ snapshot->label, snapshot->endings };
    return TRUE;
  }
  if (index >= G_N_ELEMENTS (kinds[kind].formats))
    return FALSE;
  *format = kinds[kind].formats[index];
  return format->name != NULL;
}

static const char *
get_ending (NudgeExportKind kind, guint index)
{
  Format format = { NULL };

  get_format (kind, index, &format);
  return format.ending;
}

/* One export, from the question to the file: the task's data. */
typedef struct {
  NudgeExportKind kind;
  NnFrame *frame;           /* (owned) */
  NnExperiment *experiment; /* (owned) */
  NudgeFigureStyle figure;
  char *socket; /* (owned) (nullable) the job's */
  gboolean as_opened;
  char *suggestion;              /* (owned) file name with the first format's ending */
  GtkFileChooserNative *chooser; /* (owned) (nullable) while it asks */
  GtkFileFilter *filters[MAX_FORMATS]; /* (owned) (nullable) one per format */
  char *path;                          /* (owned) (nullable) the answer */
  gboolean holds;                      /* the program stays until the file is whole */
} Job;

static void
job_free (Job *self)
{
  nn_frame_unref (self->frame);
  nn_experiment_free (self->experiment);
  g_free (self->socket);
  g_free (self->suggestion);
  g_clear_object (&self->chooser);
  for (gsize i = 0; i < MAX_FORMATS; i++)
    g_clear_object (&self->filters[i]);
  g_free (self->path);
  g_free (self);
}

static char *
suggest_name (const NudgeExport *what)
{
  const char *ending = get_ending (what->kind, 0);

  if (what->kind == NUDGE_EXPORT_EXPERIMENT)
    return g_strconcat (what->experiment->name, ending, NULL);
  return g_strdup_printf ("nudge-%s-step-%" G_GUINT64_FORMAT "%s", what->experiment->name,
                          what->frame->step, ending);
}

static Job *
job_new (const NudgeExport *what)
{
  Job *self = g_new0 (Job, 1);

  self->kind = what->kind;
  self->frame = nn_frame_ref (what->frame);
  self->experiment = nn_experiment_copy (what->experiment);
  self->figure = what->figure;
  self->figure.palette = nudge_palette_get_with (nudge_colours_get_pair (), FALSE, FALSE);
  self->socket = g_strdup (what->socket);
  self->as_opened = what->as_opened;
  self->suggestion = suggest_name (what);
  if (what->file != NULL)
    self->path = g_file_get_path (what->file);
  return self;
}

/* The ending of the format that the user chose in the file chooser. */
static const char *
chosen_ending (const Job *self)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (GTK_FILE_CHOOSER (self->chooser));

  for (guint i = 0; i < MAX_FORMATS; i++)
    if (filter && self->filters[i] == filter)
      return get_ending (self->kind, i);
  return get_ending (self->kind, 0);
}

/* --- What a figure shows ----------------------------------------------------------- */

/* In the order of NudgeFigureParts. */
static const char *const parts[] = { "both", "network", "loss" };

/* Figures go on paper and slides, so they are light unless dark is chosen. */
static void
add_figure_choices (GtkFileChooser *chooser)
{
  const char *names[] = { parts[0], parts[1], parts[2], NULL };
  const char *labels[] = { _ ("Network and loss"), _ ("Network"), _ ("Loss"), NULL };

  gtk_file_chooser_add_choice (chooser, "parts", _ ("Show"), names, labels);
  gtk_file_chooser_set_choice (chooser, "parts", parts[NUDGE_FIGURE_BOTH]);
  gtk_file_chooser_add_choice (chooser, "dark", _ ("Light on dark"), NULL, NULL);
  gtk_file_chooser_set_choice (chooser, "dark", "false");
}

static void
read_figure_choices (Job *self, GtkFileChooser *chooser)
{
  const char *chosen = gtk_file_chooser_get_choice (chooser, "parts");
  const gboolean dark =
      g_strcmp0 (gtk_file_chooser_get_choice (chooser, "dark"), "true") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_strcmp0 (chosen, parts[i]) == 0)
      self->figure.parts = (NudgeFigureParts) i;
  self->figure.palette = nudge_palette_get_with (nudge_colours_get_pair (), dark, FALSE);
}

/* --- Where to ---------------------------------------------------------------------- */

/* A typed ending decides; without one, and where the name is still the suggested
 * one, the chosen format does. */
static char *
complete_path (const Job *self, const char *path)
{
  const char *ending = chosen_ending (self);
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_equal (name, self->suggestion)) {
    gsize length = strlen (path) - strlen (get_ending (self->kind, 0));

    return g_strdup_printf ("%.*s%s", (int) length, path, ending);
  }
  if (kinds[self->kind].check_path (path, NULL))
    return g_strdup (path);
  return g_strconcat (path, ending, NULL);
}

static gboolean
save_experiment (const Job *self, GError **error)
{
  g_autoptr (NnExperiment) whole =
      self->as_opened
          ? nn_experiment_copy (self->experiment)
          : nn_log_make_experiment (self->frame->log_for_file, self->experiment);

  return nn_experiment_file_save (whole, self->path, error);
}

/* The run so far; if it has not begun, as many steps as `nudge run` trains. */
static NnScript *
make_script (const Job *self)
{
  g_autoptr (NnExperiment) whole =
      nn_log_make_experiment (self->frame->log, self->experiment);

  return nn_script_new (whole, self->frame->step > 0 ? self->frame->step : USUAL_STEPS);
}

static gboolean
save_script (const Job *self, GError **error)
{
  g_autoptr (NnScript) script = make_script (self);

  return nn_script_save (script, self->path, error);
}

/* A job is asked for all of its tensors, in their own types, as long as it is there. */
static gboolean
save_parameters (const Job *self, GError **error)
{
  if (self->socket != NULL)
    return self->frame->ended ? nn_job_snapshot_save_last (self->frame, self->path, error)
                              : nn_job_snapshot_save (self->socket, self->path, error);
  return nn_snapshot_save (self->frame->architecture, self->frame->values, self->path,
                           error);
}

static gboolean
save (const Job *self, GError **error)
{
  switch (self->kind) {
  case NUDGE_EXPORT_PARAMETERS:
    return save_parameters (self, error);
  case NUDGE_EXPORT_LOG:
    return nn_job_log_save (self->frame, self->experiment->title, self->path, error);
  case NUDGE_EXPORT_FIGURE:
    return nudge_figure_save (self->frame,
                              nn_text_get_translated (self->experiment->title),
                              &self->figure, self->path, error);
  case NUDGE_EXPORT_SERIES:
    return nn_series_file_save (self->frame, self->path, error);
  case NUDGE_EXPORT_SCRIPT:
    return save_script (self, error);
  case NUDGE_EXPORT_EXPERIMENT:
    return save_experiment (self, error);
  }
  g_return_val_if_reached (FALSE);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *self = data;
  GError *error = NULL;

  if (save (self, &error))
    g_task_return_pointer (task, g_strdup (self->path), g_free);
  else
    g_task_return_error (task, error);
}

static void
completed_cb (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  if (self->holds)
    nudge_close_end_writing (GTK_APPLICATION (g_application_get_default ()));
  self->holds = FALSE;
}

/* Takes over the caller's reference to @task. */
static void
start_writing (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  if (g_application_get_default ()) {
    nudge_close_begin_writing (GTK_APPLICATION (g_application_get_default ()));
    self->holds = TRUE;
    g_signal_connect (task, "notify::completed", G_CALLBACK (completed_cb), NULL);
  }
  g_task_run_in_thread (task, write_thread);
  g_object_unref (task);
}

/* Takes over the caller's reference to @task. */
static void
give_up (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("nothing was exported"));
  g_object_unref (task);
}

static void
beside_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "replace"))
    start_writing (data);
  else
    give_up (data);
}

static void
ask_to_replace (GTask *task,
                const char *path,
                const char *body,
                void (*answered_cb) (AdwMessageDialog *, const char *, gpointer))
{
  g_autofree char *name = g_filename_display_basename (path);
  GtkWidget *dialog =
      adw_message_dialog_new (g_task_get_source_object (task), NULL, NULL);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Replace “%s”?"),
                                     name);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "replace", _ ("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
check_thread (GTask *check, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *self = g_task_get_task_data (data);
  g_autoptr (NnScript) script = make_script (self);

  g_task_return_boolean (check, nn_script_would_replace (script, self->path));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *self = g_task_get_task_data (data);
  g_autofree char *beside = nn_script_dup_beside (self->path);

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    ask_to_replace (data, beside,
                    _ ("The program needs a file with this name for its data, and "
                       "another one already exists."),
                    beside_response_cb);
  else
    start_writing (data);
}

/* The file chooser asks about a program, and not about the file of data beside it, which
 * may be anything. */
static void
check_beside (GTask *task)
{
  Job *self = g_task_get_task_data (task);
  g_autofree char *beside = nn_script_dup_beside (self->path);
  g_autoptr (GTask) check = NULL;

  if (self->kind != NUDGE_EXPORT_SCRIPT || !g_file_test (beside, G_FILE_TEST_EXISTS)) {
    start_writing (task);
    return;
  }
  check = g_task_new (NULL, NULL, checked_cb, task);
  g_task_set_task_data (check, task, NULL);
  g_task_run_in_thread (check, check_thread);
}

static void
replace_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "replace"))
    check_beside (data);
  else
    give_up (data);
}

static void
chooser_response_cb (GtkNativeDialog *chooser, int response, gpointer data)
{
  GTask *task = data;
  Job *self = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT) {
    give_up (task);
    return;
  }
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file ? g_file_get_path (file) : NULL;
  if (!path) {
    g_task_return_new_error (
        task, NN_ERROR, NN_ERROR_FILE, "%s",
        _ ("this is not a folder on this computer; choose one that is"));
    g_object_unref (task);
    return;
  }
  if (self->kind == NUDGE_EXPORT_FIGURE)
    read_figure_choices (self, GTK_FILE_CHOOSER (chooser));
  g_free (self->path);
  self->path = complete_path (self, path);
  if (!g_str_equal (path, self->path) && g_file_test (self->path, G_FILE_TEST_EXISTS))
    /* The file chooser asked about the name that was typed, without its ending. */
    ask_to_replace (task, self->path, _ ("A file with this name already exists."),
                    replace_response_cb);
  else
    check_beside (task);
}

static void
add_filters (Job *self)
{
  Format format;

  for (guint i = 0; get_format (self->kind, i, &format); i++) {
    g_autofree char *pattern = g_strconcat ("*", format.ending, NULL);
    g_autofree char *name = g_strdup_printf ("%s (%s)", _ (format.name), format.ending);

    self->filters[i] = gtk_file_filter_new ();
    gtk_file_filter_set_name (self->filters[i], name);
    gtk_file_filter_add_pattern (self->filters[i], pattern);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), self->filters[i]);
  }
  gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (self->chooser), self->filters[0]);
}

/* Takes over the caller's reference to @task. */
static void
ask (GTask *task, GFile *suggested)
{
  Job *self = g_task_get_task_data (task);

  self->chooser = gtk_file_chooser_native_new (
      _ (kinds[self->kind].heading), g_task_get_source_object (task),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filters (self);
  if (self->kind == NUDGE_EXPORT_FIGURE)
    add_figure_choices (GTK_FILE_CHOOSER (self->chooser));
  if (suggested == NULL ||
      !gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), suggested, NULL))
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                       self->suggestion);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chooser_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * nudge_export_async:
 * @parent: the window that asks; the source object of the result
 * @what: copied; its frame is kept by reference, for it never changes. To export the
 *   experiment it must have a log.
 *
 * Asks for a file name, where it has none, and writes the file, whole or not at all.
 */
void
nudge_export_async (GtkWindow *parent,
                    const NudgeExport *what,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  GTask *task = NULL;
  Job *self = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (what && what->frame);

  self = job_new (what);
  task = g_task_new (parent, NULL, callback, data);
  g_task_set_source_tag (task, nudge_export_async);
  g_task_set_task_data (task, self, (GDestroyNotify) job_free);

  if (self->path != NULL && !what->ask)
    start_writing (task);
  else
    ask (task, what->file);
}

/**
 * nudge_export_finish:
 *
 * Returns: (transfer full) (nullable): the path of the file that was written, or
 *   %NULL with @error set; G_IO_ERROR_CANCELLED when the person decided against it
 */
char *
nudge_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
