/* nudge-network-edges.c - the weights of few units, as curves from unit to unit
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-edges.h"

#include <math.h>

#include "ui/draw/nudge-frame.h"
#include "ui/draw/nudge-network-selection.h"
#include "ui/draw/nudge-paint.h"

/* The light core of an edge beyond the limit, as a share of its width. */
#define CORE_SHARE 0.3

/* Under what is selected. */
#define BAND_WIDTH   6.0
#define BAND_OPACITY 0.45

typedef struct {
  gsize column; /* of its unit */
  gsize unit;
  gsize input;
  float weight;
} Edge;

/* Leaves level, arrives level, and turns half way. */
static void
trace_edge (const NudgeNetworkCanvas *self, const Edge *edge)
{
  const NudgeColumn *from = &self->layout->columns[edge->column - 1];
  const NudgeColumn *to = &self->layout->columns[edge->column];
  double x0 = from->x + from->tile / 2;
  double x1 = to->x - to->tile / 2;
  double y0 = nudge_column_get_y (from, edge->input);
  double y1 = nudge_column_get_y (to, edge->unit);
  double middle = (x0 + x1) / 2;

  cairo_new_path (self->cr);
  cairo_move_to (self->cr, x0, y0);
  cairo_curve_to (self->cr, middle, y0, middle, y1, x1, y1);
}

static void
draw_edge (const NudgeNetworkCanvas *self, const Edge *edge)
{
  double strength = nudge_network_get_strength (self, edge->weight);
  double width = nudge_network_get_width (strength);

  trace_edge (self, edge);
  nudge_paint_set_colour (self->cr,
                          nudge_network_get_sign_colour (self->palette, edge->weight),
                          nudge_network_get_opacity (strength));
  cairo_set_line_width (self->cr, width);
  nudge_network_set_dash (self->cr, edge->weight, width);
  cairo_stroke_preserve (self->cr);
  if (strength > 1) {
    nudge_paint_set_colour (self->cr, &self->palette->background, 1);
    cairo_set_line_width (self->cr, CORE_SHARE * width);
    cairo_stroke_preserve (self->cr);
  }
  cairo_new_path (self->cr);
}

/* Weak edges first, so that strong ones lie above; then by place, as equals may be
 * sorted into any order. */
static int
compare_edges (const void *a, const void *b)
{
  const Edge *one = a;
  const Edge *other = b;
  float x = fabsf (one->weight);
  float y = fabsf (other->weight);

  if (x < y || x > y)
    return x < y ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;
  if (one->unit != other->unit)
    return one->unit < other->unit ? -1 : 1;
  return one->input < other->input ? -1 : one->input > other->input;
}

static gboolean
is_selected (const NudgeNetworkCanvas *self, const Edge *edge)
{
  NudgeNetworkThing thing = { NUDGE_NETWORK_EDGE, edge->column, edge->unit, edge->input };

  for (gsize i = 0; i < self->style->n_selected; i++)
    if (nudge_target_has_edge (&self->style->selected[i], self->frame->architecture,
                               &thing))
      return TRUE;
  return FALSE;
}

/* A band of the accent under the edge, which keeps its own colour. */
static void
draw_band (const NudgeNetworkCanvas *self, const Edge *edge)
{
  if (!is_selected (self, edge))
    return;
  trace_edge (self, edge);
  cairo_set_dash (self->cr, NULL, 0, 0);
  nudge_paint_set_colour (self->cr, &self->palette->accent, BAND_OPACITY);
  cairo_set_line_width (self->cr, nudge_network_get_width (
                                      nudge_network_get_strength (self, edge->weight)) +
                                      BAND_WIDTH);
  cairo_stroke (self->cr);
}

/* Weak ones below strong ones, so that what matters is seen. */
void
nudge_draw_network_edges (const NudgeNetworkCanvas *self)
{
  const NnArchitecture *architecture = self->frame->architecture;
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (gsize k = 1; k < self->layout->n_columns; k++) {
    const NnLayerShape *layer = &architecture->layers[k - 1];
    const float *weights = nudge_frame_get_shown (self->frame, self->style->quantity, k);

    if (self->layout->gaps[k].folded)
      continue;
    for (gsize i = 0; i < layer->n_units * layer->n_inputs; i++) {
      Edge edge = { k, i / layer->n_inputs, i % layer->n_inputs, weights[i] };

      /* A NaN has no order; as zero it is drawn like what carries nothing. */
      if (isnan (edge.weight))
        edge.weight = 0;
      if (nudge_network_is_weak (self, edge.weight))
        continue;
      g_array_append_val (edges, edge);
    }
  }
  g_array_sort (edges, compare_edges);
  for (gsize i = 0; i < edges->len; i++)
    draw_band (self, &g_array_index (edges, Edge, i));
  for (gsize i = 0; i < edges->len; i++)
    draw_edge (self, &g_array_index (edges, Edge, i));
  cairo_set_dash (self->cr, NULL, 0, 0);
}
