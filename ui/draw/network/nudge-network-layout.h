/* nudge-network-layout.h - the layout of the network's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters. Drawing and hover share it, so that they cannot
 * disagree. Depends on the architecture and the size alone.
 */

#pragma once

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

/* A layer's units, or the features: tiles, or one block when there are too many. */
typedef struct {
  gsize n_units;
  double x;      /* its middle */
  double top;    /* upper end of the first unit's share of the height */
  double height; /* of all units' shares together */
  double pitch;  /* one unit's share */
  double tile;   /* side of a tile; width of a block */
  gboolean folded;
} NudgeColumn;

/* The weights between a column and the one before: lines, or a heat map. */
typedef struct {
  gboolean folded;
  double x; /* the heat map's rectangle; its rows stand beside the units they feed */
  double y;
  double width;
  double height;
  gsize n_rows; /* cells, at most NUDGE_MAP_CELLS each way */
  gsize n_columns;
} NudgeGap;

typedef struct {
  gsize n_columns;
  NudgeColumn *columns; /* (owned) [0]: the features; [k]: layer k - 1 */
  NudgeGap *gaps;       /* (owned) [k]: between columns k - 1 and k; [0] is unused */
  double spacing;       /* between the middles of neighbouring columns */
  /* of their widths, what edges get: less than 1 where many lie near */
  double edge_share;
  double name_baseline;
  double detail_baseline;
  double body_bottom; /* no neuron is lower */
  double footer;      /* below all neurons, for the legend and what is read */
  double legend_y;    /* middle of the legend's wedge; below 0: no space for one */
  double legend_right;
  double reading_x; /* what is read: lines below all neurons, beside the legend … */
  double reading_y; /* (the upper one's baseline) */
  gboolean reading_takes_legend; /* … or, where that is too narrow, in its place */
} NudgeNetworkLayout;

#define NUDGE_MAP_CELLS 64

/* Columns that are nearer have no caption between them: it would touch their names. */
#define NUDGE_CAPTION_NEEDS 190.0

NudgeNetworkLayout *nudge_network_layout_new (const NnArchitecture *architecture,
                                              double width,
                                              double height) G_GNUC_WARN_UNUSED_RESULT;
void nudge_network_layout_free (NudgeNetworkLayout *self);

double nudge_column_get_y (const NudgeColumn *self, gsize unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeNetworkLayout, nudge_network_layout_free)

G_END_DECLS
