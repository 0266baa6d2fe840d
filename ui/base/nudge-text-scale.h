/* nudge-text-scale.h - the text size for widgets that draw their own text
 *
 * SPDX-License-Identifier: MIT
 *
 * Pictures grow with the system's text size. A part of a window may have a size of its
 * own, to be seen from far away.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double nudge_widget_get_text_scale (GtkWidget *widget);
void nudge_widget_set_text_scale (GtkWidget *widget, double scale);

G_END_DECLS
