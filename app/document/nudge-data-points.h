/* nudge-data-points.h - points that are added, moved and removed, as an edit of the data
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/experiment/nn-edit.h"
#include "ui/network/nudge-data-view.h"

G_BEGIN_DECLS

/* An edit of one point: what is done, to which row, at which values of the inputs, and the
 * target of a point that is added. */
typedef struct {
  NudgeDataEdit what;
  gsize row;
  double x, y;
  double target; /* with one input, @y is the target instead */
} NudgeDataPoint;

NnEdit *nudge_data_points_new_edit (const NnDataSpec *before,
                                    const NnDataset *dataset,
                                    const NudgeDataPoint *point);

G_END_DECLS
