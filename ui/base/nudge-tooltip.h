/* nudge-tooltip.h - a tooltip that may be set with each frame
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nudge_widget_set_tooltip (GtkWidget *widget, const char *text);

G_END_DECLS
