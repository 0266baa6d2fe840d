/* nudge-network-selection.c - from what is chosen in the network's picture to a target
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-selection.h"

static const NnLayerShape *
get_layer (const NnArchitecture *architecture, gsize column)
{
  return &architecture->layers[column - 1];
}

static gboolean
is_whole (const NnRange *range, gsize n)
{
  gsize first, count;

  return nn_range_resolve (range, n, &first, &count) && count == n;
}

static gboolean
is_of_layer (const NnTarget *target, const NnArchitecture *architecture, gsize column)
{
  return column > 0 && column <= architecture->n_layers &&
         g_str_equal (target->layer, get_layer (architecture, column)->name);
}

/**
 * nudge_network_dup_target:
 * @outgoing: of a neuron, the edges that leave it instead of those that feed it
 *
 * Returns: (transfer full) (nullable): as people write it, "fc1.weight[2]"; %NULL where
 *   there are no such edges
 */
char *
nudge_network_dup_target (const NnArchitecture *architecture,
                          const NudgeNetworkThing *thing,
                          gboolean outgoing)
{
  gsize column = thing->column;

  if (thing->kind == NUDGE_NETWORK_EDGE)
    return g_strdup_printf ("%s.weight[%zu,%zu]", get_layer (architecture, column)->name,
                            thing->unit, thing->input);
  if (thing->kind != NUDGE_NETWORK_NEURON)
    return NULL;
  if (outgoing)
    return column < architecture->n_layers
               ? g_strdup_printf ("%s.weight[:,%zu]",
                                  get_layer (architecture, column + 1)->name, thing->unit)
               : NULL;
  return column > 0
             ? g_strdup_printf ("%s.weight[%zu]", get_layer (architecture, column)->name,
                                thing->unit)
             : NULL;
}

/**
 * nudge_network_dup_value:
 *
 * Returns: (transfer full) (nullable): the one value that is @thing's: an edge's weight, a
 *   neuron's bias; %NULL where there is none
 */
char *
nudge_network_dup_value (const NnArchitecture *architecture,
                         const NudgeNetworkThing *thing)
{
  if (thing->kind == NUDGE_NETWORK_NEURON && thing->column > 0 &&
      get_layer (architecture, thing->column)->has_bias)
    return g_strdup_printf ("%s.bias[%zu]", get_layer (architecture, thing->column)->name,
                            thing->unit);
  return thing->kind == NUDGE_NETWORK_EDGE
             ? nudge_network_dup_target (architecture, thing, FALSE)
             : NULL;
}

/**
 * nudge_network_dup_nudge:
 * @thing: has a value
 *
 * Returns: (transfer full): as text, the nudge that sets that value, once and by hand
 */
char *
nudge_network_dup_nudge (const NnArchitecture *architecture,
                         const NudgeNetworkThing *thing,
                         float value)
{
  g_autofree char *target = nudge_network_dup_value (architecture, thing);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.9g", (double) value);
  return g_strdup_printf ("%s: %s @ by hand", target, digits);
}

/**
 * nudge_network_dup_toggled:
 * @selected: (nullable)
 *
 * Adds @edge to the chosen edges of its layer, or takes it away. Edges of another layer
 * are left behind, for a nudge has one target.
 *
 * Returns: (transfer full) (nullable): %NULL when none is left
 */
char *
nudge_network_dup_toggled (const NnArchitecture *architecture,
                           const NnTarget *selected,
                           const NudgeNetworkThing *edge)
{
  const NnLayerShape *layer = get_layer (architecture, edge->column);
  gboolean extends = selected && is_of_layer (selected, architecture, edge->column) &&
                     selected->selection != NN_SELECTION_ALL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < layer->n_units; i++)
    for (gsize j = 0; j < layer->n_inputs; j++) {
      NudgeNetworkThing other = { NUDGE_NETWORK_EDGE, edge->column, i, j };
      gboolean is_it = i == edge->unit && j == edge->input;
      gboolean was = extends && nudge_target_has_edge (selected, architecture, &other);

      if (was != is_it)
        g_string_append_printf (text, "%s%zu,%zu", text->len > 0 ? "; " : "", i, j);
    }
  return text->len > 0 ? g_strdup_printf ("%s.weight[%s]", layer->name, text->str) : NULL;
}

/**
 * nudge_target_has_edge:
 *
 * Returns: whether @target is part of a layer and @edge is in it
 */
gboolean
nudge_target_has_edge (const NnTarget *target,
                       const NnArchitecture *architecture,
                       const NudgeNetworkThing *edge)
{
  const NnLayerShape *layer;

  if (!is_of_layer (target, architecture, edge->column) || target->part == NN_PART_BIAS)
    return FALSE;
  layer = get_layer (architecture, edge->column);
  switch (target->selection) {
  case NN_SELECTION_BLOCK:
    return nn_range_has (&target->rows, layer->n_units, edge->unit) &&
           nn_range_has (&target->columns, layer->n_inputs, edge->input);
  case NN_SELECTION_EDGES:
    for (gsize i = 0; i < target->n_edges; i++)
      if (target->edges[i].output == edge->unit && target->edges[i].input == edge->input)
        return TRUE;
    return FALSE;
  case NN_SELECTION_ALL:
    return FALSE;
  }
  g_return_val_if_reached (FALSE);
}

/**
 * nudge_target_is_of_neuron:
 *
 * Returns: whether @target is all that comes into @neuron, or all that goes out of it
 */
gboolean
nudge_target_is_of_neuron (const NnTarget *target,
                           const NnArchitecture *architecture,
                           const NudgeNetworkThing *neuron)
{
  gsize column = neuron->column;
  const NnLayerShape *layer;

  if (target->selection != NN_SELECTION_BLOCK)
    return FALSE;
  if (is_of_layer (target, architecture, column)) {
    layer = get_layer (architecture, column);
    return nn_range_has (&target->rows, layer->n_units, neuron->unit) &&
           (target->part == NN_PART_BIAS || is_whole (&target->columns, layer->n_inputs));
  }
  if (!is_of_layer (target, architecture, column + 1) || target->part == NN_PART_BIAS)
    return FALSE;
  layer = get_layer (architecture, column + 1);
  return nn_range_has (&target->columns, layer->n_inputs, neuron->unit) &&
         is_whole (&target->rows, layer->n_units);
}
