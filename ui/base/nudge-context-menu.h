/* nudge-context-menu.h - the menu of what is under the pointer or the key cursor
 *
 * SPDX-License-Identifier: MIT
 *
 * Opened by the secondary button, the Menu key and Shift+F10. Its items are actions of
 * the widget, which needs a layout manager, as that gives the menu its size.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @x, @y: in the widget's pixels; below 0: by key
 *
 * Returns: (nullable): which of nudge-menus.ui; the widget knows what it is of */
typedef const char *(*NudgeContextMenuFunc) (GtkWidget *widget, double x, double y);

void nudge_context_menu_add (GtkWidget *widget, NudgeContextMenuFunc choose);
gboolean nudge_context_menu_open (GtkWidget *widget);

G_END_DECLS
