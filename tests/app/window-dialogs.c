/* window-dialogs.c - dialogs of the program, answered as a user does
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/window-dialogs.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* GTK's file chooser forgets a few strings each time, so in its tests allocations are not
 * looked at. An export of ours that were forgotten would still keep the window. */
void
set_up_for_chooser (Fixture *f, gconstpointer data)
{
#ifdef __SANITIZE_ADDRESS__
  __lsan_disable ();
#endif
  set_up (f, data);
}

void
tear_down_after_chooser (Fixture *f, gconstpointer data)
{
  tear_down (f, data);
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
}

/**
 * dialogs_key:
 *
 * As drive_key (), in the window that has the focus, which may lose it by that: then no
 * window sees the key go up.
 */
void
dialogs_key (const char *key)
{
  g_autofree char *command = g_strdup_printf ("xdotool key %s", key);
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* --- Questions and messages -------------------------------------------------------- */

/* Returns: (transfer none) (nullable): the one that has the focus, if that is its heading */
GtkWidget *
dialogs_find (const char *heading)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window) && gtk_window_is_active (GTK_WINDOW (window)) &&
        g_strcmp0 (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (window)),
                   heading) == 0)
      return window;
  }
  return NULL;
}

static gboolean
is_open (gpointer heading)
{
  return dialogs_find (heading) != NULL;
}

static gboolean
is_closed (gpointer heading)
{
  return dialogs_find (heading) == NULL;
}

/* What a dialog is of: GTK looks at it when the last reference to the dialog goes.
 * Returns: (transfer full) (nullable) */
static GtkWindow *
ref_parent (GtkWidget *dialog)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  return parent ? g_object_ref (parent) : NULL;
}

/* Returns: (transfer full) */
GtkWidget *
dialogs_wait_for (const char *heading)
{
  g_autofree char *wanted = g_strdup (heading);
  GtkWidget *dialog;

  g_assert_true (drive_until (is_open, wanted));
  dialog = g_object_ref (dialogs_find (heading));
  drive_settle (dialog);
  return dialog;
}

void
dialogs_answer (const char *heading, const char *button)
{
  g_autoptr (GtkWindow) parent = NULL;
  g_autoptr (GtkWidget) dialog = dialogs_wait_for (heading);
  g_autofree char *wanted = g_strdup (heading);
  g_autoptr (GtkWidget) found = find_button (dialog, button);

  parent = ref_parent (dialog);
  g_assert_nonnull (found);
  g_object_ref (found);
  drive_click (found, 0.5, 0.5);
  g_assert_true (drive_until (is_closed, wanted));
}

void
dialogs_answer_by_key (const char *heading, const char *key)
{
  g_autoptr (GtkWindow) parent = NULL;
  g_autoptr (GtkWidget) dialog = dialogs_wait_for (heading);
  g_autofree char *wanted = g_strdup (heading);

  parent = ref_parent (dialog);
  dialogs_key (key);
  g_assert_true (drive_until (is_closed, wanted));
}

/* --- The file chooser -------------------------------------------------------------- */

static GtkWindow *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_mapped (GTK_WIDGET (window)) &&
        gtk_window_is_active (window))
      return window;
  }
  return NULL;
}

static gboolean
chooser_is_open (gpointer data)
{
  return find_chooser () != NULL;
}

static gboolean
chooser_is_closed (gpointer data)
{
  return find_chooser () == NULL;
}

static gboolean
chooser_is_there (gpointer data)
{
  g_autoptr (GFile) folder =
      gtk_file_chooser_get_current_folder (GTK_FILE_CHOOSER (find_chooser ()));

  return folder && g_file_equal (folder, data);
}

/* The chooser that asks where to save is answered with @name, which is typed. */
void
dialogs_save_as (const char *folder, const char *name)
{
  g_autoptr (GFile) there = g_file_new_for_path (folder);
  g_autoptr (GtkWidget) chooser = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) save = NULL;

  g_assert_true (drive_until (chooser_is_open, NULL));
  chooser = g_object_ref (GTK_WIDGET (find_chooser ()));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), there, &error);
  g_assert_no_error (error);
  g_assert_true (drive_until (chooser_is_there, there));
  drive_settle (chooser);
  drive_key (chooser, "ctrl+a");
  drive_type (chooser, name);
  save = find_button (chooser, "_Save");
  g_assert_nonnull (save);
  g_object_ref (save);
  drive_click (save, 0.5, 0.5);
  g_assert_true (drive_until (chooser_is_closed, NULL));
}
