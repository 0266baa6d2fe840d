/* nudge-data-view.h - the data as a picture that can be edited by pointer or keys
 *
 * SPDX-License-Identifier: MIT
 *
 * With one or two inputs points can be added by a click, moved by a drag, and removed
 * by the secondary button; while one is dragged, nothing has changed yet. Arrow keys
 * move a cursor, Page Up and Page Down take it from point to point, the space bar adds
 * one there, Delete removes the one there, and Return picks it up, to be moved by the
 * arrows, and puts it down.
 *
 *   "edited"  (int edit, guint64 row, double x, double y) the user wants this
 *             NudgeDataEdit of the table's @row, at these values
 */

#pragma once

#include "ui/base/nudge-picture.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_DATA_ADD, /* the row is not set */
  NUDGE_DATA_MOVE,
  NUDGE_DATA_REMOVE,
} NudgeDataEdit;

#define NUDGE_TYPE_DATA_VIEW (nudge_data_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeDataView, nudge_data_view, NUDGE, DATA_VIEW, NudgePicture)

void nudge_data_view_set_frame (NudgeDataView *self, NnFrame *frame);
gboolean nudge_data_view_is_editable (NudgeDataView *self);

G_END_DECLS
