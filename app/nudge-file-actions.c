/* nudge-file-actions.c - New, Open, Save and the like, in a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-file-actions.h"

#include <glib/gi18n.h>

#include "app/nudge-attach-dialog.h"
#include "app/nudge-close.h"
#include "app/nudge-open.h"
#include "app/nudge-recent.h"
#include "app/nudge-save.h"
#include "nn/base/nn-text.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "ui/nudge-menus.h"

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

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (start, sizeof start - 1, "new", &error);

  g_assert_no_error (error);
  g_free (experiment->title);
  experiment->title = g_strdup (_ ("New Experiment"));
  nudge_open_experiment_in (window, experiment);
}

static void
open_demo_cb (GSimpleAction *action, GVariant *name, gpointer window)
{
  g_autoptr (NnExperiment) experiment =
      nn_experiment_new_demo (g_variant_get_string (name, NULL), NULL);

  if (experiment != NULL)
    nudge_open_experiment_in (window, experiment);
}

static void
open_file_in (NudgeWindow *window, GFile *file)
{
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path != NULL)
    nudge_open_file_in (window, path);
  else if (file != NULL)
    nudge_document_say (nudge_window_get_document (window),
                        _ ("This place is not a folder of this computer"));
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

/* Each file by the application's door, as it may open in a window of its own. */
static gboolean
drop_cb (NudgeWindow *window, const GValue *value, double x, double y)
{
  for (GSList *files = g_value_get_boxed (value); files; files = files->next) {
    g_autofree char *path = g_file_get_path (files->data);

    if (path != NULL)
      nudge_open_file (gtk_window_get_application (GTK_WINDOW (window)), path);
  }
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

static gboolean
close_request_cb (NudgeWindow *window)
{
  nudge_close_window (window);
  return TRUE;
}

/* --- In a window, and in its menu -------------------------------------------------- */

static const GActionEntry actions[] = {
  { "new", new_cb },
  { "open", open_cb },
  { "open-demo", open_demo_cb, "s" },
  { "open-recent", open_recent_cb, "s" },
  { "attach", attach_cb },
  { "detach", detach_cb },
  { "save", save_cb },
  { "save-as", save_as_cb },
};

/**
 * nudge_file_actions_add:
 *
 * Gives @window the actions.
 */
void
nudge_file_actions_add (NudgeWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions),
                                   window);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (window, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/**
 * nudge_file_actions_fill_menus:
 *
 * With the recent files and the demos; once, as all windows share the menus.
 */
void
nudge_file_actions_fill_menus (void)
{
  GMenu *demos = G_MENU (nudge_menus_get ("demos"));
  const char *const *names = nn_experiment_get_demo_names ();

  nudge_recent_keep_menu (G_MENU (nudge_menus_get ("recent")), "win.open-recent");
  if (g_menu_model_get_n_items (G_MENU_MODEL (demos)) > 0)
    return;
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autoptr (NnExperiment) demo = nn_experiment_new_demo (names[i], NULL);
    g_autoptr (GMenuItem) item =
        g_menu_item_new (demo ? nn_text_get_translated (demo->title) : names[i], NULL);

    g_menu_item_set_action_and_target (item, "win.open-demo", "s", names[i]);
    g_menu_append_item (demos, item);
  }
}
