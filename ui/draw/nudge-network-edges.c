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

/* Around what is selected: free space, and a line at either side of it. */
#define CASING      3.5
#define CASING_LINE 1.5

/* Under what is told of. */
#define READ_GROUND  9.0
#define READ_OPACITY 0.22

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
draw_edge (const NudgeNetworkCanvas *self, const Edge *edge, gboolean full)
{
  double strength = nudge_network_get_strength (self, edge->weight);
  double width = nudge_network_get_width (strength);

  trace_edge (self, edge);
  nudge_paint_set_colour (self->cr,
                          nudge_network_get_sign_colour (self->palette, edge->weight),
                          full ? 1 : nudge_network_get_opacity (strength));
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

static void
stroke (const NudgeNetworkCanvas *self,
        const Edge *edge,
        const NudgeColour *colour,
        double alpha,
        double more)
{
  const double strength = nudge_network_get_strength (self, edge->weight);

  trace_edge (self, edge);
  cairo_set_dash (self->cr, NULL, 0, 0);
  nudge_paint_set_colour (self->cr, colour, alpha);
  cairo_set_line_width (self->cr, nudge_network_get_width (strength) + more);
  cairo_stroke (self->cr);
}

/* A casing around the edge, which keeps its own colour: of no sign's, in any palette. */
static void
draw_casing (const NudgeNetworkCanvas *self, const Edge *edge)
{
  if (!is_selected (self, edge))
    return;
  stroke (self, edge, &self->palette->text, 1, CASING + 2 * CASING_LINE);
  stroke (self, edge, &self->palette->background, 1, CASING);
}

static gboolean
is_read (const NudgeNetworkCanvas *self, const Edge *edge)
{
  const NudgeNetworkThing *read = self->style->read;

  if (read == NULL)
    return FALSE;
  if (read->kind == NUDGE_NETWORK_EDGE)
    return read->column == edge->column && read->unit == edge->unit &&
           read->input == edge->input;
  return read->kind == NUDGE_NETWORK_NEURON &&
         ((read->column == edge->column && read->unit == edge->unit) ||
          (read->column + 1 == edge->column && read->unit == edge->input));
}

/* What is told of lies above all, on a ground of its own, and is as dark as can be. */
static void
draw_read (const NudgeNetworkCanvas *self, const Edge *edge)
{
  if (!is_read (self, edge))
    return;
  if (self->style->read->kind == NUDGE_NETWORK_EDGE)
    stroke (self, edge, &self->palette->text, READ_OPACITY, READ_GROUND);
  stroke (self, edge, &self->palette->background, 1, 2);
  draw_edge (self, edge, TRUE);
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
    draw_casing (self, &g_array_index (edges, Edge, i));
  for (gsize i = 0; i < edges->len; i++)
    draw_edge (self, &g_array_index (edges, Edge, i), FALSE);
  for (gsize i = 0; self->style->read && i < edges->len; i++)
    draw_read (self, &g_array_index (edges, Edge, i));
  cairo_set_dash (self->cr, NULL, 0, 0);
}
