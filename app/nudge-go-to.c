/* nudge-go-to.c - moves the keyboard focus to a part of a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/nudge-go-to.h"

/* Not to what has the focus there already, and then the next. */
static void
focus_first (GtkWidget *part)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (part));

  gtk_window_set_focus (window, NULL);
  if (gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD))
    gtk_window_set_focus_visible (window, TRUE);
  else
    gtk_widget_error_bell (part);
}

static void
map_cb (GtkWidget *part, gpointer data)
{
  g_signal_handlers_disconnect_by_func (part, map_cb, data);
  focus_first (part);
}

/**
 * nudge_go_to:
 * @part: of a window
 *
 * The focus moves to its first widget. A panel that is folded away is shown for that;
 * another part that is not seen stays so.
 */
void
nudge_go_to (GtkWidget *part)
{
  GtkWidget *flap = gtk_widget_get_ancestor (part, ADW_TYPE_FLAP);

  if (gtk_widget_get_mapped (part)) {
    focus_first (part);
  } else if (flap != NULL && gtk_widget_get_mapped (flap) &&
             part == adw_flap_get_flap (ADW_FLAP (flap))) {
    g_signal_connect (part, "map", G_CALLBACK (map_cb), NULL);
    adw_flap_set_reveal_flap (ADW_FLAP (flap), TRUE);
  } else {
    gtk_widget_error_bell (part);
  }
}
