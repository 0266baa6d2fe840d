/* nudge-network-matrix.c - the weights of many units, as a heat map
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-matrix.h"

#include <math.h>

#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/network/nudge-network-cells.h"
#include "ui/draw/network/nudge-network-selection.h"

/* From a column's whole height to a map's: what goes in, what comes out. */
static void
draw_funnel (const NudgeNetworkCanvas *self,
             double x0,
             double y0,
             double h0,
             double x1,
             double y1,
             double h1)
{
  double middle = (x0 + x1) / 2;

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x0, y0);
  cairo_curve_to (self->cr, middle, y0, middle, y1, x1, y1);
  cairo_line_to (self->cr, x1, y1 + h1);
  cairo_curve_to (self->cr, middle, y1 + h1, middle, y0 + h0, x0, y0 + h0);
  cairo_close_path (self->cr);
  nudge_paint_set_colour (self->cr, &self->palette->hairline, 0.35);
  cairo_fill (self->cr);
}

/* A frame around the map's cells that show a selected weight. */
static void
draw_selected_cells (const NudgeNetworkCanvas *self, const NnTarget *selected, gsize k)
{
  const NudgeGap *gap = &self->layout->gaps[k];
  const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
  double width = gap->width / gap->n_columns;
  double height = gap->height / gap->n_rows;

  if (selected->selection == NN_SELECTION_ALL ||
      !g_str_equal (selected->layer, layer->name))
    return;
  cairo_new_path (self->cr);
  for (gsize row = 0; row < gap->n_rows; row++)
    for (gsize column = 0; column < gap->n_columns; column++) {
      NudgeNetworkThing thing = { NUDGE_NETWORK_EDGE, k, 0, 0 };

      nudge_gap_get_cell (gap, layer, row, column,
                          nudge_frame_get_shown (self->frame, self->style->quantity, k),
                          &thing.unit, &thing.input);
      if (nudge_target_has_edge (selected, self->frame->architecture, &thing))
        cairo_rectangle (self->cr, gap->x + width * column, gap->y + height * row, width,
                         height);
    }
  nudge_paint_set_colour (self->cr, &self->palette->text, 1);
  cairo_set_line_width (self->cr, 1.5);
  cairo_stroke (self->cr);
}

void
nudge_draw_network_matrix (const NudgeNetworkCanvas *self, gsize k)
{
  const NudgeGap *gap = &self->layout->gaps[k];
  const NudgeColumn *before = &self->layout->columns[k - 1];
  const NudgeColumn *after = &self->layout->columns[k];
  const NnLayerShape *layer = &self->frame->architecture->layers[k - 1];
  const float *weights = nudge_frame_get_shown (self->frame, self->style->quantity, k);
  float shares[NUDGE_MAP_CELLS * NUDGE_MAP_CELLS];

  for (gsize i = 0; i < gap->n_rows; i++) {
    float *row = shares + i * gap->n_columns;

    nudge_gap_get_row (gap, layer, i, weights, row);
    for (gsize j = 0; j < gap->n_columns; j++) {
      const float w = nudge_network_is_weak (self, row[j]) ? 0 : row[j];

      row[j] = copysignf ((float) MIN (nudge_network_get_strength (self, w), 1), w);
    }
  }
  if (gap->width < 1)
    return;
  draw_funnel (self, before->x + before->tile / 2, before->top, before->height, gap->x,
               gap->y, gap->height);
  draw_funnel (self, gap->x + gap->width, gap->y, gap->height, after->x - after->tile / 2,
               after->top, after->height);
  nudge_draw_heat_map (self->cr, self->ramp, shares, gap->n_rows, gap->n_columns, gap->x,
                       gap->y, gap->width, gap->height, 0);
  cairo_rectangle (self->cr, gap->x, gap->y, gap->width, gap->height);
  nudge_paint_set_colour (self->cr, &self->palette->secondary, 1);
  cairo_set_line_width (self->cr, 1);
  cairo_stroke (self->cr);
  for (gsize i = 0; i < self->style->n_selected; i++)
    draw_selected_cells (self, &self->style->selected[i], k);
}
