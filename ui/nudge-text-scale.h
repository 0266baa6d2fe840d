/* nudge-text-scale.h - how large text is, for what draws its own
 *
 * SPDX-License-Identifier: MIT
 *
 * Pictures grow with the system's text size. A part of a window may have a size of its own,
 * as it is seen from far away.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double nudge_widget_get_text_scale (GtkWidget *widget);
void nudge_widget_set_text_scale (GtkWidget *widget, double scale);

G_END_DECLS
