/* nudge-window-actions.c - actions of every window that has a document
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-window-actions.h"

/* While text is being typed, the keys belong to it as long as it has something to undo,
 * which shows only in whether it changes. */
static gboolean
is_for_text (GtkWindow *window, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  g_autofree char *before = NULL;

  if (!GTK_IS_TEXT (focus))
    return FALSE;
  before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  gtk_widget_activate_action (focus, action, NULL);
  return !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (focus)), before);
}

static void
undo_by_key_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (!is_for_text (window, "text.undo"))
    g_action_group_activate_action (window, "undo", NULL);
}

static void
redo_by_key_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (!is_for_text (window, "text.redo"))
    g_action_group_activate_action (window, "redo", NULL);
}

static void
full_screen_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static const GActionEntry actions[] = {
  { "undo-by-key", undo_by_key_cb },
  { "redo-by-key", redo_by_key_cb },
  { "full-screen", full_screen_cb },
};

void
nudge_window_actions_add (GtkApplicationWindow *window)
{
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions),
                                   window);
}
