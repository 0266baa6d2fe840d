/* nudge-network-hover.c - what is under the pointer in the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-hover.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/network/nudge-network-cells.h"
#include "ui/text/nudge-number.h"

/* How far beside an edge the pointer may be. */
#define EDGE_REACH 6.0

/* Edges as near as this to each other are one to the eye: the stronger is meant. */
#define EDGES_MEET 0.5

/* Where along an edge's curve x is: 1.5 t (1 - t) + t³ rises with t. */
static double
solve_curve (double share)
{
  double low = 0;
  double high = 1;

  for (int i = 0; i < 40; i++) {
    double t = (low + high) / 2;

    if (1.5 * t * (1 - t) + t * t * t < share)
      low = t;
    else
      high = t;
  }
  return (low + high) / 2;
}

/* The edge nearest to the point, between column @k and the one before. */
static NudgeNetworkThing
find_edge (const NnFrame *frame,
           NnQuantity quantity,
           const NudgeNetworkLayout *layout,
           gsize k,
           double x,
           double y)
{
  const NudgeColumn *from = &layout->columns[k - 1];
  const NudgeColumn *to = &layout->columns[k];
  double x0 = from->x + from->tile / 2;
  double length = to->x - to->tile / 2 - x0;
  double t = solve_curve ((x - x0) / length);
  double rise = t * t * (3 - 2 * t);
  double slope = 6 * t * (1 - t) / (1.5 - 3 * t + 3 * t * t) / length;
  const float *weights = nudge_frame_get_shown (frame, quantity, k);
  double best = EDGE_REACH;
  NudgeNetworkThing thing = { NUDGE_NETWORK_NOTHING };

  for (gsize i = 0; i < to->n_units; i++)
    for (gsize j = 0; j < from->n_units; j++) {
      double y0 = nudge_column_get_y (from, j);
      double height = nudge_column_get_y (to, i) - y0;
      double distance = fabs (y - y0 - rise * height) / hypot (1, slope * height);
      gboolean stronger = thing.kind == NUDGE_NETWORK_EDGE &&
                          fabs (distance - best) < EDGES_MEET &&
                          fabsf (weights[i * from->n_units + j]) >
                              fabsf (weights[thing.unit * from->n_units + thing.input]);

      if (distance < best - EDGES_MEET || stronger ||
          (distance < best && thing.kind == NUDGE_NETWORK_NOTHING)) {
        best = distance;
        thing = (NudgeNetworkThing){ NUDGE_NETWORK_EDGE, k, i, j };
      }
    }
  return thing;
}

static NudgeNetworkThing
find_cell (const NnFrame *frame,
           NnQuantity quantity,
           const NudgeGap *gap,
           gsize k,
           double x,
           double y)
{
  NudgeNetworkThing thing = { NUDGE_NETWORK_NOTHING };
  double row = (y - gap->y) / gap->height * gap->n_rows;
  double column = (x - gap->x) / gap->width * gap->n_columns;

  if (gap->width < 1 || row < 0 || column < 0 || row >= gap->n_rows ||
      column >= gap->n_columns)
    return thing;
  thing.kind = NUDGE_NETWORK_EDGE;
  thing.column = k;
  nudge_gap_get_cell (gap, &frame->architecture->layers[k - 1], (gsize) row,
                      (gsize) column, nudge_frame_get_shown (frame, quantity, k),
                      &thing.unit, &thing.input);
  return thing;
}

static NudgeNetworkThing
find_neuron (const NudgeColumn *column, gsize k, double y)
{
  NudgeNetworkThing thing = { NUDGE_NETWORK_NOTHING };
  double unit = (y - column->top) / column->pitch;

  if (unit < 0 || unit >= column->n_units)
    return thing;
  if (!column->folded &&
      fabs (y - nudge_column_get_y (column, (gsize) unit)) > column->tile / 2 + 1)
    return thing;
  return (NudgeNetworkThing){ NUDGE_NETWORK_NEURON, k, (gsize) unit, 0 };
}

/**
 * nudge_network_thing_at:
 * @quantity: which is shown
 *
 * Returns: the neuron under the point, the edge nearest to it within a few pixels,
 * or the weight that a heat map's cell shows
 */
NudgeNetworkThing
nudge_network_thing_at (const NnFrame *frame,
                        NnQuantity quantity,
                        double width,
                        double height,
                        double x,
                        double y)
{
  NudgeNetworkThing nothing = { NUDGE_NETWORK_NOTHING };

  if (!(x >= 0 && x <= width && y >= 0 && y <= height))
    return nothing;

  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, width, height);

  for (gsize k = 0; k < layout->n_columns; k++) {
    const NudgeColumn *column = &layout->columns[k];

    if (fabs (x - column->x) <= column->tile / 2 + 1)
      return find_neuron (column, k, y);
    if (x > column->x)
      continue;
    if (k == 0)
      return nothing;
    return layout->gaps[k].folded ? find_cell (frame, quantity, &layout->gaps[k], k, x, y)
                                  : find_edge (frame, quantity, layout, k, x, y);
  }
  return nothing;
}

/* Returns: whether the weights that feed @column have cells instead of edges */
gboolean
nudge_network_is_folded (const NnFrame *frame, double width, double height, gsize column)
{
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, width, height);

  return column > 0 && column < layout->n_columns && layout->gaps[column].folded;
}

/**
 * nudge_network_find_center:
 * @x: (out): the middle of a neuron, or of an edge
 * @y: (out): the same
 *
 * Returns: FALSE if there is no such thing
 */
gboolean
nudge_network_find_center (const NnFrame *frame,
                           double width,
                           double height,
                           const NudgeNetworkThing *thing,
                           double *x,
                           double *y)
{
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, width, height);
  const NudgeColumn *to;

  if (thing->kind == NUDGE_NETWORK_NOTHING || thing->column >= layout->n_columns)
    return FALSE;
  to = &layout->columns[thing->column];
  *x = to->x;
  *y = nudge_column_get_y (to, thing->unit);
  if (thing->kind == NUDGE_NETWORK_EDGE) {
    const NudgeColumn *from = &layout->columns[thing->column - 1];

    *x = (*x + from->x) / 2;
    *y = (*y + nudge_column_get_y (from, thing->input)) / 2;
  }
  return TRUE;
}

/* "fc2 [3]", or "input [0]" */
static char *
dup_unit_name (const NnArchitecture *architecture, gsize column, gsize unit)
{
  return g_strdup_printf (
      "%s [%zu]", column == 0 ? _ ("input") : architecture->layers[column - 1].name,
      unit);
}

static char *
describe_edge (const NnFrame *frame, const NudgeNetworkThing *thing)
{
  const NnArchitecture *architecture = frame->architecture;
  const NnLayerShape *layer = &architecture->layers[thing->column - 1];
  float weight = nudge_frame_get_weights (
      frame, thing->column)[thing->unit * layer->n_inputs + thing->input];
  g_autofree char *value = nudge_number_format_exact (weight);
  g_autofree char *from = dup_unit_name (architecture, thing->column - 1, thing->input);
  g_autofree char *to = dup_unit_name (architecture, thing->column, thing->unit);

  return g_strdup_printf (_ ("%s [%zu, %zu]  %s\nweight from %s to %s"),
                          architecture->parameters[layer->weight].name, thing->unit,
                          thing->input, value, from, to);
}

/* "activation −0.31 … 1.2 over 41 inputs", or that the unit is dead. */
static char *
describe_activations (const NnFrame *frame, const NudgeNetworkThing *thing)
{
  const float *values = nudge_frame_get_activations (frame, thing->column, thing->unit);
  float low = INFINITY;
  float high = -INFINITY;
  g_autofree char *low_text = NULL;
  g_autofree char *high_text = NULL;

  if (frame->probes.n == 0)
    return g_strdup (_ ("no inputs to show"));
  for (gsize i = 0; i < frame->probes.n; i++) {
    low = MIN (low, values[i]);
    high = MAX (high, values[i]);
  }
  if (nudge_frame_is_off (frame, thing->column, thing->unit))
    return g_strdup (_ ("off for every example: it learns nothing any more"));
  if (low == 0 && high == 0 && thing->column > 0 &&
      frame->architecture->layers[thing->column - 1].activation == NN_ACTIVATION_RELU)
    return g_strdup (_ ("activation 0 on every input shown: the unit is off"));
  low_text = nudge_number_format ((double) low, 4);
  high_text = nudge_number_format ((double) high, 4);
  return g_strdup_printf (thing->column == 0 ? _ ("shown from %s to %s")
                                             : _ ("activation from %s to %s"),
                          low_text, high_text);
}

static char *
describe_neuron (const NnFrame *frame, const NudgeNetworkThing *thing)
{
  const NnArchitecture *architecture = frame->architecture;
  g_autofree char *activations = describe_activations (frame, thing);
  g_autofree char *name = dup_unit_name (architecture, thing->column, thing->unit);
  g_autofree char *bias = NULL;

  if (!nudge_frame_has_bias (frame, thing->column))
    return g_strdup_printf ("%s\n%s", name, activations);
  bias = nudge_number_format_exact (
      nudge_frame_get_bias (frame, thing->column, thing->unit));
  return g_strdup_printf (
      "%s [%zu]  %s\n%s",
      architecture->parameters[architecture->layers[thing->column - 1].bias].name,
      thing->unit, bias, activations);
}

/**
 * nudge_network_describe:
 *
 * Describes what is there with its number, all digits of it, indices from 0 as in
 * PyTorch: "fc2.weight [3, 1]  −0.7423187", and a line of explanation under it.
 *
 * Returns: (transfer full) (nullable): NULL for nothing
 */
char *
nudge_network_describe (const NnFrame *frame, const NudgeNetworkThing *thing)
{
  const NnArchitecture *architecture = frame->architecture;

  if (thing->kind == NUDGE_NETWORK_NOTHING)
    return NULL;
  g_return_val_if_fail (thing->column <= architecture->n_layers, NULL);
  if (thing->kind == NUDGE_NETWORK_EDGE) {
    g_return_val_if_fail (
        thing->column > 0 &&
            thing->unit < architecture->layers[thing->column - 1].n_units &&
            thing->input < architecture->layers[thing->column - 1].n_inputs,
        NULL);
    return describe_edge (frame, thing);
  }
  g_return_val_if_fail (thing->unit <
                            (thing->column == 0
                                 ? architecture->n_features
                                 : architecture->layers[thing->column - 1].n_units),
                        NULL);
  return describe_neuron (frame, thing);
}
