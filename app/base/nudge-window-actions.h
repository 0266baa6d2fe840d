/* nudge-window-actions.h - actions of every window that has a document
 *
 * SPDX-License-Identifier: MIT
 *
 * Full screen; and undo and redo by keys, which belong to a text while one is typed. The
 * window has the actions "undo" and "redo".
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_window_actions_add (GtkApplicationWindow *window);

G_END_DECLS
