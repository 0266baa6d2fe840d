/* nudge-untouched.h - a part of a window that may be pointed at, and not be touched
 *
 * SPDX-License-Identifier: MIT
 *
 * What is pointed at says what it is, as always; but clicks, drags, the wheel and keys do
 * nothing there.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: whether a click is to be let through */
typedef gboolean (*NudgeTouchFunc) (gpointer data);

void nudge_untouched_make (GtkWidget *widget, NudgeTouchFunc may_touch, gpointer data);

G_END_DECLS
