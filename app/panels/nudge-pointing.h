/* nudge-pointing.h - finding and highlighting the control that a lesson speaks of
 *
 * SPDX-License-Identifier: MIT
 *
 * Controls are known by their accessible names in English: Run, Step, Reset, Undo, Redo,
 * Guard, Speed, Network, Loss plot, and on a layer's card Apply to fc1, Amount for fc1,
 * Repeat fc1, or Apply to every layer.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *nudge_pointing_get_layer (const char *control);
GtkWidget *nudge_pointing_find (GtkWidget *root, const char *control);
void nudge_pointing_move (GtkWidget **pointed, GtkWidget *to);

G_END_DECLS
