/* nudge-map-data.h - the examples over one or two features, as points to be drawn
 *
 * SPDX-License-Identifier: MIT
 *
 * Made once for a data set, so that drawing does not take longer the more examples there
 * are: of many, NUDGE_MAP_POINTS are shown. Immutable, with one owner.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_MAP_POINTS 500

typedef struct {
  float inputs[2];
  gsize row;    /* of the data */
  float target; /* the class number, or the first target */
  gboolean held_out;
} NudgeMapPoint;

typedef struct {
  NnDataset *dataset; /* (owned) */
  NnLossType loss;
  gsize feature[2];      /* that the map is over … */
  gsize example;         /* … with the others as in this row, if there are more */
  NudgeMapPoint *points; /* (owned) (n_points) */
  gsize n_points;
  gsize n_classes; /* 0: targets are numbers */
  float low;       /* of all targets … */
  float high;      /* … low <= high */
} NudgeMapData;

NudgeMapData *nudge_map_data_new (const NnFrame *frame) G_GNUC_WARN_UNUSED_RESULT;
gboolean nudge_map_data_is_of (const NudgeMapData *self, const NnFrame *frame);
double nudge_map_data_get_raw (const NudgeMapData *self, gsize axis, float value);
char *nudge_map_data_dup_feature (const NudgeMapData *self, gsize axis);
void nudge_map_data_free (NudgeMapData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeMapData, nudge_map_data_free)

G_END_DECLS
