/* nudge-network-edges.c - the weights of few units, as curves from unit to unit
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-edges.h"

#include <math.h>
#include <string.h>

#include "ui/draw/base/nudge-curves.h"
#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/network/nudge-network-selection.h"

/* The light core of an edge beyond the limit, as a share of its width. */
#define CORE_SHARE 0.3

/* Around what is selected: free space, and a line at either side of it. */
#define CASING      3.5
#define CASING_LINE 1.5

/* Under the edge that is described. */
#define READ_GROUND  9.0
#define READ_OPACITY 0.22

/* Bits of a float that are sorted by at once. */
#define DIGIT_BITS 8
#define N_DIGITS   (1 << DIGIT_BITS)

typedef struct {
  guint32 magnitude; /* of its weight, as bits: they are in the same order */
  guint32 index;     /* of its weight */
} Place;

static gboolean
is_selected (const NudgeNetworkCanvas *self, const NudgeNetworkThing *edge)
{
  for (gsize i = 0; i < self->style->n_selected; i++)
    if (nudge_target_has_edge (&self->style->selected[i], self->frame->architecture,
                               edge))
      return TRUE;
  return FALSE;
}

/* A NaN has no sign; it is drawn like what carries nothing. */
static float
get_weight (const float *weights, gsize index)
{
  return isnan (weights[index]) ? 0 : weights[index];
}

/* Those of a gap, weak ones first, so that strong ones are drawn over them; equal ones in
 * the order of their weights. A radix sort, as there may be thousands. */
static Place *
sort_edges (const float *weights, gsize n)
{
  Place *places = g_new (Place, n);
  g_autofree Place *scratch = g_new (Place, n);

  for (gsize i = 0; i < n; i++) {
    const float magnitude = fabsf (get_weight (weights, i));

    places[i].index = (guint32) i;
    memcpy (&places[i].magnitude, &magnitude, sizeof magnitude);
  }
  for (guint shift = 0; shift < 32; shift += DIGIT_BITS) {
    gsize starts[N_DIGITS + 1] = { 0 };
    Place *sorted = scratch;

    for (gsize i = 0; i < n; i++)
      starts[(places[i].magnitude >> shift) % N_DIGITS + 1]++;
    for (gsize i = 0; i < N_DIGITS; i++)
      starts[i + 1] += starts[i];
    for (gsize i = 0; i < n; i++)
      sorted[starts[(places[i].magnitude >> shift) % N_DIGITS]++] = places[i];
    scratch = places;
    places = sorted;
  }
  return places;
}

/* ---- one gap ----------------------------------------------------------------------- */

/* What one gap's edges are drawn with. */
typedef struct {
  const NudgeNetworkCanvas *canvas;
  const NnLayerShape *layer;
  gsize column; /* of its units */
  const float *weights;
  GArray *curves; /* (owned) (element-type NudgeCurve) */
} Gap;

static NudgeCurve
make_curve (const Gap *self, gsize index)
{
  const NudgeNetworkCanvas *canvas = self->canvas;
  const NudgeColumn *columns = canvas->layout->columns;
  const float weight = get_weight (self->weights, index);
  const double strength = nudge_network_get_strength (canvas, weight);
  NudgeCurve curve = {
    .y0 = nudge_column_get_y (&columns[self->column - 1], index % self->layer->n_inputs),
    .y1 = nudge_column_get_y (&columns[self->column], index / self->layer->n_inputs),
    .width = nudge_network_get_width (canvas, strength),
    .colour = *nudge_network_get_sign_colour (canvas->palette, weight),
    .opacity = nudge_network_get_opacity (canvas, strength),
  };

  nudge_network_get_dash (weight, curve.width, &curve.drawn, &curve.skipped);
  return curve;
}

static NudgeNetworkThing
get_edge (const Gap *self, gsize index)
{
  return (NudgeNetworkThing){ NUDGE_NETWORK_EDGE, self->column,
                              index / self->layer->n_inputs,
                              index % self->layer->n_inputs };
}

/* Under the edge, whole and wider than it. */
static void
append_ground (const Gap *self,
               gsize index,
               const NudgeColour *colour,
               double opacity,
               double more)
{
  NudgeCurve ground = make_curve (self, index);

  ground.width += more;
  ground.colour = *colour;
  ground.opacity = opacity;
  ground.drawn = 0;
  g_array_append_val (self->curves, ground);
}

/* A casing around the edge, which keeps its own colour: of no sign's, in any palette. */
static void
append_casing (const Gap *self, gsize index)
{
  const NudgeNetworkThing edge = get_edge (self, index);

  if (!is_selected (self->canvas, &edge))
    return;
  append_ground (self, index, &self->canvas->palette->text, 1, CASING + 2 * CASING_LINE);
  append_ground (self, index, &self->canvas->palette->background, 1, CASING);
}

static void
append_edge (const Gap *self, gsize index)
{
  NudgeCurve curve = make_curve (self, index);

  g_array_append_val (self->curves, curve);
  if (nudge_network_get_strength (self->canvas, self->weights[index]) <= 1)
    return;
  curve.width *= CORE_SHARE;
  curve.colour = self->canvas->palette->background;
  curve.opacity = 1;
  g_array_append_val (self->curves, curve);
}

static gboolean
is_read (const NudgeNetworkCanvas *self, const NudgeNetworkThing *edge)
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

/* The edge that is described is above all, on a background of its own, in full colour. */
static void
append_read (const Gap *self, gsize index)
{
  const NudgeNetworkThing edge = get_edge (self, index);
  const NudgePalette *palette = self->canvas->palette;
  guint n;

  if (!is_read (self->canvas, &edge))
    return;
  if (self->canvas->style->read->kind == NUDGE_NETWORK_EDGE)
    append_ground (self, index, &palette->text, READ_OPACITY, READ_GROUND);
  append_ground (self, index, &palette->background, 1, 2);
  n = self->curves->len;
  append_edge (self, index);
  g_array_index (self->curves, NudgeCurve, n).opacity = 1;
}

static void
draw_gap (const NudgeNetworkCanvas *canvas, gsize column)
{
  const NudgeColumn *from = &canvas->layout->columns[column - 1];
  const NudgeColumn *to = &canvas->layout->columns[column];
  const NnLayerShape *layer = &canvas->frame->architecture->layers[column - 1];
  const gsize n = layer->n_units * layer->n_inputs;
  const float *weights =
      nudge_frame_get_shown (canvas->frame, canvas->style->quantity, column);
  g_autofree Place *places = sort_edges (weights, n);
  g_autoptr (GArray) curves =
      g_array_sized_new (FALSE, FALSE, sizeof (NudgeCurve), (guint) n);
  const Gap self = { canvas, layer, column, weights, curves };
  gsize first = 0;

  while (first < n &&
         nudge_network_is_weak (canvas, get_weight (weights, places[first].index)))
    first++;
  for (gsize i = first; i < n && canvas->style->n_selected > 0; i++)
    append_casing (&self, places[i].index);
  for (gsize i = first; i < n; i++)
    append_edge (&self, places[i].index);
  for (gsize i = first; i < n && canvas->style->read; i++)
    append_read (&self, places[i].index);
  nudge_draw_curves (canvas->cr, from->x + from->tile / 2, to->x - to->tile / 2,
                     (const NudgeCurve *) (gconstpointer) curves->data, curves->len);
}

/* Weak ones below strong ones, so that what matters is seen. */
void
nudge_draw_network_edges (const NudgeNetworkCanvas *self)
{
  for (gsize k = 1; k < self->layout->n_columns; k++)
    if (!self->layout->gaps[k].folded)
      draw_gap (self, k);
}
