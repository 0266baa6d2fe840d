/* nudge-network-layout.c - the layout of the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-layout.h"

#include <math.h>

#include "ui/draw/base/nudge-paint.h"

/* Room for the names above the columns and for the legend below them. */
#define HEADER              64.0
#define LOW_HEADER          46.0
#define FOOTER              72.0
#define TALL_FOOTER         104.0
#define TALL_NEEDS_HEIGHT   380.0
#define LEGEND_NEEDS_WIDTH  220.0
#define LEGEND_NEEDS_HEIGHT 170.0 /* less high is a low picture */
#define CONTROLS            36.0  /* lie at the lower right, legend or not */
#define LEGEND_WIDTH        150.0

/* What is read beside the legend: in a low picture three lines, in a high one five. */
#define READING_GAP   24.0
#define READING_NEEDS 300.0

/* A tile's side as a share of its unit's height, and its bounds. */
#define TILE_SHARE 0.8
#define TILE       34.0
#define LARGE_TILE 48.0
#define SMALL_TILE 22.0

/* Few units stay together in a tall picture. */
#define PITCH_PER_TILE 2.1

/* Beyond either, units are no longer told apart: the column becomes one block. */
#define MAX_TILES   24
#define LEAST_PITCH 14.0

/* More lines between two columns, or units nearer to each other, are no longer told apart; of
 * more lines in all, drawing would take longer than a frame: a heat map takes over. */
#define MOST_LINES        4096
#define MOST_LINES_IN_ALL 9000
#define LEAST_LINE_PITCH  3.5

/* Of the height of a gap, what each of its edges has where none has to be thinner; and the
 * least that is left of an edge's width. */
#define EDGE_NEEDS  4.0
#define LEAST_SHARE 0.2

/* Between a column and the heat map beside it. */
#define MAP_GAP   22.0
#define MAP_WIDTH 220.0

static gsize
get_n_units (const NnArchitecture *architecture, gsize column)
{
  return column == 0 ? architecture->n_features
                     : architecture->layers[column - 1].n_units;
}

static void
fold_columns (NudgeNetworkLayout *self, const NnArchitecture *architecture, double body)
{
  for (gsize k = 0; k < self->n_columns; k++) {
    NudgeColumn *column = &self->columns[k];

    column->n_units = get_n_units (architecture, k);
    column->folded = column->n_units > MAX_TILES ||
                     (column->n_units > 1 && body / column->n_units < LEAST_PITCH);
  }
}

/* One size for all tiles is calmest; but a crowded column does not make the others'
 * tiny, and a few units in a large picture may be larger. */
static void
place_columns (NudgeNetworkLayout *self, double inset, double top, double body)
{
  gsize n_most = 1;
  double common;

  for (gsize k = 0; k < self->n_columns; k++)
    if (!self->columns[k].folded)
      n_most = MAX (n_most, self->columns[k].n_units);
  common = CLAMP (0.4 * body / n_most, MIN (TILE, TILE_SHARE * body / n_most),
                  MIN (LARGE_TILE, MAX (TILE, 0.4 * self->spacing)));
  common = MIN (common, 0.5 * self->spacing);
  for (gsize k = 0; k < self->n_columns; k++) {
    NudgeColumn *column = &self->columns[k];
    double share = body / column->n_units;

    column->x = inset + k * self->spacing;
    column->tile = MIN (MAX (common, MIN (SMALL_TILE, 0.5 * self->spacing)),
                        column->folded ? TILE : TILE_SHARE * share);
    column->pitch = column->folded ? share : MIN (share, PITCH_PER_TILE * column->tile);
    column->height = column->pitch * column->n_units;
    column->top = top + (body - column->height) / 2;
  }
}

static gsize
count_lines (const NudgeNetworkLayout *self, gsize k)
{
  return self->columns[k - 1].n_units * self->columns[k].n_units;
}

static gboolean
has_space_for_lines (const NudgeColumn *column)
{
  return !column->folded || column->pitch >= LEAST_LINE_PITCH;
}

/* All of the most crowded gaps, until what is left can be drawn in time. */
static void
fold_gaps (NudgeNetworkLayout *self)
{
  gsize n_lines = 0;

  for (gsize k = 1; k < self->n_columns; k++) {
    self->gaps[k].folded = count_lines (self, k) > MOST_LINES ||
                           !has_space_for_lines (&self->columns[k - 1]) ||
                           !has_space_for_lines (&self->columns[k]);
    n_lines += self->gaps[k].folded ? 0 : count_lines (self, k);
  }
  while (n_lines > MOST_LINES_IN_ALL) {
    gsize most = 0;

    for (gsize k = 1; k < self->n_columns; k++)
      if (!self->gaps[k].folded)
        most = MAX (most, count_lines (self, k));
    for (gsize k = 1; k < self->n_columns; k++)
      if (!self->gaps[k].folded && count_lines (self, k) == most) {
        self->gaps[k].folded = TRUE;
        n_lines -= most;
      }
  }
}

static void
place_gaps (NudgeNetworkLayout *self)
{
  for (gsize k = 1; k < self->n_columns; k++) {
    const NudgeColumn *before = &self->columns[k - 1];
    const NudgeColumn *after = &self->columns[k];
    NudgeGap *gap = &self->gaps[k];
    double left = before->x + before->tile / 2;
    double space = MAX (after->x - after->tile / 2 - left, 0);

    gap->width = MIN (space - 2 * MIN (MAP_GAP, space / 4), MAP_WIDTH);
    gap->x = left + (space - gap->width) / 2;
    gap->y = after->top;
    gap->height = after->height;
    gap->n_rows = MIN (after->n_units, NUDGE_MAP_CELLS);
    gap->n_columns = MIN (before->n_units, NUDGE_MAP_CELLS);
  }
}

/* Edges have one scale in all of the picture, so the most crowded gap decides. The square
 * root, as what a gap has of ink grows with its edges, and what is seen of each does not. */
static double
choose_edge_share (const NudgeNetworkLayout *self)
{
  double least = EDGE_NEEDS;

  for (gsize k = 1; k < self->n_columns; k++) {
    const NudgeColumn *before = &self->columns[k - 1];
    const NudgeColumn *after = &self->columns[k];

    if (!self->gaps[k].folded)
      least = MIN (least, MAX (before->height, after->height) /
                              (double) (before->n_units * after->n_units));
  }
  return MAX (sqrt (least / EDGE_NEEDS), LEAST_SHARE);
}

static void
place_legend (NudgeNetworkLayout *self, double width, double height)
{
  double beside = NUDGE_MARGIN + LEGEND_WIDTH + READING_GAP;
  gboolean legend = width >= LEGEND_NEEDS_WIDTH && height >= LEGEND_NEEDS_HEIGHT;

  self->footer = !legend ? CONTROLS : height < TALL_NEEDS_HEIGHT ? FOOTER : TALL_FOOTER;
  self->legend_y = legend ? height - 0.5 * self->footer - 8 : -1;
  self->legend_right = NUDGE_MARGIN + LEGEND_WIDTH;
  self->reading_takes_legend = width - beside - NUDGE_MARGIN < READING_NEEDS;
  self->reading_x = legend && !self->reading_takes_legend ? beside : NUDGE_MARGIN;
  self->reading_y = height - (legend ? self->footer : FOOTER) + 16;
}

NudgeNetworkLayout *
nudge_network_layout_new (const NnArchitecture *architecture, double width, double height)
{
  NudgeNetworkLayout *self = g_new0 (NudgeNetworkLayout, 1);
  double inset = CLAMP (0.11 * width, 48, 100);
  const gboolean is_low = height < LEGEND_NEEDS_HEIGHT;
  const double header = is_low ? LOW_HEADER : HEADER;
  double body;

  place_legend (self, width, height);
  body = MAX (height - header - self->footer, 1);
  self->body_bottom = header + body;
  self->n_columns = architecture->n_layers + 1;
  self->columns = g_new0 (NudgeColumn, self->n_columns);
  self->gaps = g_new0 (NudgeGap, self->n_columns);
  self->spacing = MAX (width - 2 * inset, 1) / architecture->n_layers;
  self->name_baseline = is_low ? 20 : 30;
  self->detail_baseline = is_low ? 37 : 48;
  fold_columns (self, architecture, body);
  place_columns (self, inset, header, body);
  fold_gaps (self);
  place_gaps (self);
  self->edge_share = choose_edge_share (self);
  return self;
}

void
nudge_network_layout_free (NudgeNetworkLayout *self)
{
  g_free (self->columns);
  g_free (self->gaps);
  g_free (self);
}

/* Returns: the middle of @unit, on the line between its tile's ports */
double
nudge_column_get_y (const NudgeColumn *self, gsize unit)
{
  return self->top + (unit + 0.5) * self->pitch;
}
