/* nudge-matrix-view.h - all weights of a layer, a pixel or more for each, live
 *
 * SPDX-License-Identifier: MIT
 *
 * In place of the network while it is open. Zooms and pans as NudgeZoomPicture says; a
 * double click and F2 ask for a new value, Escape closes it. Knows no session.
 *
 *   "watched"  (int64) read-only, as the network view's
 *   "closed"   (signal) the user wants the network again
 *   "typed"    (signal) as the network view's
 */

#pragma once

#include "ui/base/nudge-zoom-picture.h"
#include "ui/draw/network/nudge-network-lens.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_MATRIX_VIEW (nudge_matrix_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeMatrixView,
                      nudge_matrix_view,
                      NUDGE,
                      MATRIX_VIEW,
                      NudgeZoomPicture)

GtkWidget *nudge_matrix_view_new (void);
void nudge_matrix_view_open (NudgeMatrixView *self, gsize layer);
gboolean nudge_matrix_view_set_frame (NudgeMatrixView *self, NnFrame *frame);
void nudge_matrix_view_set_lens (NudgeMatrixView *self, const NudgeNetworkLens *lens);

G_END_DECLS
