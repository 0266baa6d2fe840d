/* nudge-network-edges.c - the weights of few units, as curves from unit to unit
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-edges.h"

#include <math.h>
#include <string.h>

#include "ui/draw/nudge-curves.h"
#include "ui/draw/nudge-frame.h"
#include "ui/draw/nudge-network-selection.h"

/* The light core of an edge beyond the limit, as a share of its width. */
#define CORE_SHARE 0.3

/* Under what is selected. */
#define BAND_WIDTH   6.0
#define BAND_OPACITY 0.45

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

/* Those of a gap, weak ones first, so that strong ones are drawn over them; equal ones in
 * the order of their weights. A radix sort, as there may be thousands. */
static Place *
sort_edges (const float *weights, gsize n)
{
  Place *places = g_new (Place, n);
  g_autofree Place *scratch = g_new (Place, n);

  for (gsize i = 0; i < n; i++) {
    const float magnitude = isnan (weights[i]) ? 0 : fabsf (weights[i]);

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
  /* A NaN has no sign; it is drawn like what carries nothing. */
  const float weight = isnan (self->weights[index]) ? 0 : self->weights[index];
  const double strength = nudge_network_get_strength (canvas, weight);
  NudgeCurve curve = {
    .y0 = nudge_column_get_y (&columns[self->column - 1], index % self->layer->n_inputs),
    .y1 = nudge_column_get_y (&columns[self->column], index / self->layer->n_inputs),
    .width = nudge_network_get_width (strength),
    .colour = *nudge_network_get_sign_colour (canvas->palette, weight),
    .opacity = nudge_network_get_opacity (strength),
  };

  nudge_network_get_dash (weight, curve.width, &curve.drawn, &curve.skipped);
  return curve;
}

/* A band of the accent under the edge, which keeps its own colour. */
static void
append_band (const Gap *self, gsize index)
{
  const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, self->column,
                                   index / self->layer->n_inputs,
                                   index % self->layer->n_inputs };
  NudgeCurve band;

  if (!is_selected (self->canvas, &edge))
    return;
  band = make_curve (self, index);
  band.width += BAND_WIDTH;
  band.colour = self->canvas->palette->accent;
  band.opacity = BAND_OPACITY;
  band.drawn = 0;
  g_array_append_val (self->curves, band);
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

static void
draw_gap (const NudgeNetworkCanvas *canvas, gsize column)
{
  const NudgeColumn *from = &canvas->layout->columns[column - 1];
  const NudgeColumn *to = &canvas->layout->columns[column];
  const NnLayerShape *layer = &canvas->frame->architecture->layers[column - 1];
  const gsize n = layer->n_units * layer->n_inputs;
  const float *weights = nudge_frame_get_weights (canvas->frame, column);
  g_autofree Place *places = sort_edges (weights, n);
  g_autoptr (GArray) curves =
      g_array_sized_new (FALSE, FALSE, sizeof (NudgeCurve), (guint) n);
  const Gap self = { canvas, layer, column, weights, curves };

  for (gsize i = 0; i < n && canvas->style->n_selected > 0; i++)
    append_band (&self, places[i].index);
  for (gsize i = 0; i < n; i++)
    append_edge (&self, places[i].index);
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
