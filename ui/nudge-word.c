/* nudge-word.c - a word on the screen that the help explains
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-word.h"

static void
released_cb (GtkGesture *gesture, int n_press, double x, double y, gpointer address)
{
  gtk_widget_activate_action (
      gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), "app.explain",
      "s", address);
}

/**
 * nudge_word_explain:
 * @address: (transfer none): a static text, "PAGE#SECTION" of the help
 *
 * A click on @label opens the help there, by the action app.explain.
 */
void
nudge_word_explain (GtkWidget *label, const char *address)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (released_cb),
                    (gpointer) (guintptr) address);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_cursor_from_name (label, "help");
}
