/* nudge-plane-button.h - chooses which two of many inputs span the maps' plane
 *
 * SPDX-License-Identifier: MIT
 *
 * There for more than two inputs only. The others are those of the example that is shown,
 * or of the first.
 *
 *   "chosen"  (const NnPlaneChoice *): a user wants this one, or none
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PLANE_BUTTON (nudge_plane_button_get_type ())
G_DECLARE_FINAL_TYPE (NudgePlaneButton,
                      nudge_plane_button,
                      NUDGE,
                      PLANE_BUTTON,
                      GtkWidget)

GtkWidget *nudge_plane_button_new (void);
void nudge_plane_button_set_frame (NudgePlaneButton *self, NnFrame *frame);

G_END_DECLS
