/* nudge-map-view.h - what the network puts out over its inputs, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, a picture out: the output's map over two inputs or its curve over one, with
 * the examples in it; hover reads a point. There is none of more inputs. Knows no session.
 *
 *   "chosen"  (const NnSampleChoice *): a user wants this sample to be shown, by a click on
 *             an example or elsewhere, or the arrow keys; or none: Escape
 */

#pragma once

#include "ui/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_MAP_VIEW (nudge_map_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeMapView, nudge_map_view, NUDGE, MAP_VIEW, NudgePicture)

GtkWidget *nudge_map_view_new (void);
gboolean nudge_map_view_set_frame (NudgeMapView *self, NnFrame *frame);

G_END_DECLS
