/* nudge-share-bar.h - a share of a change as a bar, from zero to the left or the right
 *
 * SPDX-License-Identifier: MIT
 *
 * Bars of one list have the same range, so that they compare. Drawn in the CSS color; a
 * label beside it has the number.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SHARE_BAR (nudge_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeShareBar, nudge_share_bar, NUDGE, SHARE_BAR, GtkWidget)

GtkWidget *nudge_share_bar_new (void);
void nudge_share_bar_set (NudgeShareBar *self, double share, double least, double most);

G_END_DECLS
