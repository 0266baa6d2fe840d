/* nudge-map-view.h - the network's output over its inputs, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows the frames that it is given: a map of the output over two inputs, or a curve
 * over one, with the examples in it; hover reads a point. With more inputs there is a
 * map if two of them were chosen. Knows no session.
 *
 *   "chosen"  (const NnSampleChoice*) the user wants this sample to be shown, by a
 *             click on an example or elsewhere, or the arrow keys; or none, by Escape
 */

#pragma once

#include "ui/base/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_MAP_VIEW (nudge_map_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeMapView, nudge_map_view, NUDGE, MAP_VIEW, NudgePicture)

GtkWidget *nudge_map_view_new (void);
gboolean nudge_map_view_set_frame (NudgeMapView *self, NnFrame *frame);

G_END_DECLS
