/* nudge-word.c - a word on the screen that the help explains
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-word.h"

#define DATA "nudge-word-address"

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

/**
 * nudge_word_set_address:
 * @control: which is about a word, with all that is in it
 * @address: (transfer none): as nudge_word_explain ()'s
 */
void
nudge_word_set_address (GtkWidget *control, const char *address)
{
  g_object_set_data (G_OBJECT (control), DATA, (gpointer) (guintptr) address);
}

/**
 * nudge_word_find_address:
 * @widget: (nullable)
 *
 * Returns: (transfer none) (nullable): of the word that @widget, or else the nearest that
 *   it is in, is about
 */
const char *
nudge_word_find_address (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    const char *address = g_object_get_data (G_OBJECT (widget), DATA);

    if (address != NULL)
      return address;
  }
  return NULL;
}
