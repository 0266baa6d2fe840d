/* nudge-untouched.h - makes a part of a window read-only, but for hover
 *
 * SPDX-License-Identifier: MIT
 *
 * Hover reads as always; clicks, drags, the wheel and keys do nothing there.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: whether to let a click through */
typedef gboolean (*NudgeTouchFunc) (gpointer data);

void nudge_untouched_make (GtkWidget *widget, NudgeTouchFunc may_touch, gpointer data);

G_END_DECLS
