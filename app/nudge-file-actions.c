/* nudge-file-actions.c - New, Open, Save and the like, in a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-file-actions.h"

#include <glib/gi18n.h>

#include "app/base/nudge-close.h"
#include "app/base/nudge-dialogs.h"
#include "app/base/nudge-recent.h"
#include "app/nudge-attach-dialog.h"
#include "app/nudge-open.h"
#include "app/nudge-save.h"
#include "nn/base/nn-text.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "ui/base/nudge-menus.h"

/* What a new document is: points that can be seen, and a network that learns them. */
static const char start[] =
    "{ \"nudge\": 1, \"seed\": 1,"
    " \"data\": { \"source\": \"moons\", \"examples\": 200, \"noise\": 0.1 },"
    " \"network\": { \"layers\": ["
    " { \"name\": \"fc1\", \"units\": 8, \"activation\": \"tanh\" },"
    " { \"name\": \"fc2\", \"units\": 1 } ] },"
    " \"loss\": { \"type\": \"bce_logits\" },"
    " \"optimizer\": { \"type\": \"adam\", \"lr\": 0.01 } }";

/* --- What is opened ---------------------------------------------------------------- */

/* In place of the document that is shown, if that is an experiment. */
static void
open_experiment_in (GtkWindow *window, const NnExperiment *experiment)
{
  g_autoptr (NudgeDocument) document = NULL;

  if (NUDGE_IS_WINDOW (window)) {
    nudge_open_experiment_in (NUDGE_WINDOW (window), experiment);
    return;
  }
  document = nudge_document_new (experiment, NULL);
  if (document != NULL)
    nudge_open_document (gtk_window_get_application (window), document);
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (start, sizeof start - 1, "new", &error);

  g_assert_no_error (error);
  g_free (experiment->title);
  experiment->title = g_strdup (_ ("New Experiment"));
  open_experiment_in (window, experiment);
}

static void
open_demo_cb (GSimpleAction *action, GVariant *name, gpointer window)
{
  g_autoptr (NnExperiment) experiment =
      nn_experiment_new_demo (g_variant_get_string (name, NULL), NULL);

  if (experiment != NULL)
    open_experiment_in (window, experiment);
}

static void
open_file_in (GtkWindow *window, GFile *file)
{
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path != NULL && NUDGE_IS_WINDOW (window))
    nudge_open_file_in (NUDGE_WINDOW (window), path);
  else if (path != NULL)
    nudge_open_file (gtk_window_get_application (window), path);
  else if (file != NULL)
    nudge_dialogs_say (window, _ ("Could not open"),
                       _ ("This is not a file on this computer"));
}

static void
open_recent_cb (GSimpleAction *action, GVariant *uri, gpointer window)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (uri, NULL));

  open_file_in (window, file);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, gpointer window)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT)
    open_file_in (window, file);
  g_object_unref (chooser);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  static const char *const all[] = { "*", NULL };
  static const char *const experiments[] = { "*.nudge", NULL };
  static const char *const tables[] = { "*.csv", "*.tsv", "*.txt", "*.gz", NULL };
  static const char *const arrays[] = { "*.safetensors", "*.npz", "*.npy",   "*.json",
                                        "*.pt",          "*.pth", "*ubyte*", NULL };
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Open"), window, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (chooser), _ ("All files"), all);
  add_filter (GTK_FILE_CHOOSER (chooser), _ ("Experiments"), experiments);
  add_filter (GTK_FILE_CHOOSER (chooser), _ ("Tables"), tables);
  add_filter (GTK_FILE_CHOOSER (chooser), _ ("Parameters and arrays"), arrays);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
tensors_chosen_cb (GtkNativeDialog *chooser, int response, gpointer window)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    nudge_open_file_as_tensors (window, path);
  g_object_unref (chooser);
}

/* Any file of arrays, even if it would open as a network or data otherwise. */
static void
open_tensors_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  NudgeDocument *document = nudge_window_get_document (window);
  const NnParameters *shown =
      document ? nudge_document_get_experiment (document)->parameters : NULL;
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Open as Tensors"), window, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
      _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (shown && shown->file) {
    g_autoptr (GFile) file = g_file_new_for_path (shown->file);

    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), file, NULL);
  }
  g_signal_connect_object (chooser, "response", G_CALLBACK (tensors_chosen_cb), window,
                           0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
drop_cb (NudgeWindow *window, const GValue *value, double x, double y)
{
  nudge_open_dropped (window, g_value_get_boxed (value));
  return TRUE;
}

/* --- Jobs -------------------------------------------------------------------------- */

static void
attach_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (nudge_attach_dialog_new (window)));
}

static void
detach_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  NudgeDocument *document = nudge_window_get_document (window);

  if (document != NULL && nudge_document_get_job (document) != NULL)
    nudge_session_detach (nudge_document_get_session (document));
}

/* --- What is saved, and closed ----------------------------------------------------- */

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (nudge_window_get_document (window) != NULL)
    nudge_save (window, NULL, NULL);
}

static void
save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (nudge_window_get_document (window) != NULL)
    nudge_save_as (window, NULL, NULL);
}

/* Whether @window is the only one that shows its document. */
static gboolean
is_last_of (NudgeWindow *window, NudgeDocument *document)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));

  for (GList *each = application ? gtk_application_get_windows (application) : NULL;
       each != NULL; each = each->next)
    if (NUDGE_IS_WINDOW (each->data) && each->data != window &&
        nudge_window_get_document (each->data) == document)
      return FALSE;
  return TRUE;
}

static gboolean
has_work (GtkWindow *window)
{
  NudgeDocument *document = nudge_window_get_document (NUDGE_WINDOW (window));
  gboolean unsaved = FALSE;

  if (document != NULL && is_last_of (NUDGE_WINDOW (window), document))
    g_object_get (document, "unsaved", &unsaved, NULL);
  return unsaved;
}

static char *
dup_name (GtkWindow *window)
{
  return nudge_document_dup_name (nudge_window_get_document (NUDGE_WINDOW (window)));
}

static void
save (GtkWindow *window, NudgeSavedFunc saved, gpointer data)
{
  nudge_save (NUDGE_WINDOW (window), saved, data);
}

static const NudgeWorkKind experiments_work = { has_work, dup_name, save };

/* --- In a window, and in its menu -------------------------------------------------- */

static const GActionEntry opening[] = {
  { "new", new_cb },
  { "open", open_cb },
  { "open-demo", open_demo_cb, "s" },
  { "open-recent", open_recent_cb, "s" },
  { "attach", attach_cb },
  { "detach", detach_cb },
};

static const GActionEntry saving[] = {
  { "open-tensors", open_tensors_cb },
  { "save", save_cb },
  { "save-as", save_as_cb },
};

/**
 * nudge_file_actions_add_opening:
 *
 * Gives a window of any kind those that open something.
 */
void
nudge_file_actions_add_opening (GtkApplicationWindow *window)
{
  g_action_map_add_action_entries (G_ACTION_MAP (window), opening, G_N_ELEMENTS (opening),
                                   window);
}

/**
 * nudge_file_actions_add:
 *
 * Gives @window all of them.
 */
void
nudge_file_actions_add (NudgeWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  nudge_file_actions_add_opening (GTK_APPLICATION_WINDOW (window));
  g_action_map_add_action_entries (G_ACTION_MAP (window), saving, G_N_ELEMENTS (saving),
                                   window);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
  nudge_close_add (GTK_WINDOW (window), &experiments_work);
}

static void
fill_menu (GMenu *menu, const char *const *names)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    return;
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autoptr (NnExperiment) shipped = nn_experiment_new_demo (names[i], NULL);
    g_autoptr (GMenuItem) item = g_menu_item_new (
        shipped ? nn_text_get_translated (shipped->title) : names[i], NULL);

    g_menu_item_set_action_and_target (item, "win.open-demo", "s", names[i]);
    g_menu_append_item (menu, item);
  }
}

/**
 * nudge_file_actions_fill_menus:
 *
 * With the recent files, the demos and the lessons; once, as all windows share the menus.
 */
void
nudge_file_actions_fill_menus (void)
{
  nudge_recent_keep_menu (G_MENU (nudge_menus_get ("recent")), "win.open-recent");
  fill_menu (G_MENU (nudge_menus_get ("demos")), nn_experiment_get_demo_names ());
  fill_menu (G_MENU (nudge_menus_get ("lessons")), nn_experiment_get_lesson_names ());
}
