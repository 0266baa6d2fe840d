/* nudge-busy-bar.h - what a window of tensors is doing, and a button to stop it
 *
 * SPDX-License-Identifier: MIT
 *
 * Appears when the work takes long.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/tensors/nudge-tensor-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_BUSY_BAR (nudge_busy_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeBusyBar, nudge_busy_bar, NUDGE, BUSY_BAR, GtkWidget)

void nudge_busy_bar_set_document (NudgeBusyBar *self, NudgeTensorDocument *document);

G_END_DECLS
