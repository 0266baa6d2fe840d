/* nudge-plane-button.h - chooses two of many inputs for the maps
 *
 * SPDX-License-Identifier: MIT
 *
 * Visible with more than two inputs only. The other inputs are those of the example
 * that is shown, or of the first one.
 *
 *   "chosen"  (const NnPlaneChoice*) by the user; perhaps none
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
