/* nudge-context-menu.c - the menu of what is under the pointer or the key cursor
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-context-menu.h"

#include "ui/base/nudge-menus.h"

#define CHOOSE "nudge-context-menu-func"

/* A widget must not go before its children have. */
static void
remove_menu (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

static gboolean
remove_closed_cb (gpointer popover)
{
  remove_menu (popover);
  return G_SOURCE_REMOVE;
}

/* The chosen item's action comes after this. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, remove_closed_cb, g_object_ref (popover),
                   g_object_unref);
}

static gboolean
open_menu (GtkWidget *widget, NudgeContextMenuFunc choose, double x, double y)
{
  const char *id = choose (widget, x, y);
  GtkWidget *popover;
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  if (id == NULL)
    return FALSE;
  if (x < 0)
    at = (GdkRectangle){ gtk_widget_get_width (widget) / 2,
                         gtk_widget_get_height (widget) / 2, 1, 1 };
  popover = gtk_popover_menu_new_from_model (nudge_menus_get (id));
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (widget, "destroy", G_CALLBACK (remove_menu), popover,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
  return TRUE;
}

/**
 * nudge_context_menu_open:
 * @widget: has a menu
 *
 * As by key: for a list, whose rows do not have the focus themselves.
 */
gboolean
nudge_context_menu_open (GtkWidget *widget)
{
  gpointer choose = g_object_get_data (G_OBJECT (widget), CHOOSE);

  g_return_val_if_fail (choose != NULL, FALSE);

  return open_menu (widget, (NudgeContextMenuFunc) choose, -1, -1);
}

static void
pressed_cb (GtkGesture *click, int n, double x, double y, gpointer choose)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));

  if (open_menu (widget, (NudgeContextMenuFunc) choose, x, y))
    gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return nudge_context_menu_open (widget);
}

/**
 * nudge_context_menu_add:
 *
 * Gives @widget the menu that @choose says, whenever it is asked for.
 */
void
nudge_context_menu_add (GtkWidget *widget, NudgeContextMenuFunc choose)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_object_set_data (G_OBJECT (widget), CHOOSE, (gpointer) choose);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), (gpointer) choose);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (key_cb, NULL, NULL)));
  gtk_widget_add_controller (widget, keys);
}
