/* nudge-data-points.h - points that are added, moved and removed, as an edit of the data
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "ui/nudge-data-view.h"

G_BEGIN_DECLS

/* What is wanted, at which values, and what a point that is added is. */
typedef struct {
  NudgeDataEdit what;
  gsize row;
  double x, y;
  double target; /* of one feature it is @y instead */
} NudgeDataPoint;

NnEdit *nudge_data_points_new_edit (const NnDataSpec *before,
                                    const NnDataset *dataset,
                                    const NudgeDataPoint *point);

G_END_DECLS
