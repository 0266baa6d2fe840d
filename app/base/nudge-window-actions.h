/* nudge-window-actions.h - what every window with a document can do
 *
 * SPDX-License-Identifier: MIT
 *
 * Undo and redo by key, which are the text's while one is typed, and full screen. The
 * window has the actions "undo" and "redo".
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_window_actions_add (GtkApplicationWindow *window);

G_END_DECLS
