/* nudge-network-cursor.c - the key cursor in the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-cursor.h"

static gsize
get_n_units (const NnArchitecture *architecture, gsize column)
{
  return column == 0 ? architecture->n_features
                     : architecture->layers[column - 1].n_units;
}

/* Returns: whether there is such a neuron, or such an edge */
gboolean
nudge_network_is_there (const NnArchitecture *architecture,
                        const NudgeNetworkThing *thing)
{
  if (thing->kind == NUDGE_NETWORK_NOTHING || thing->column > architecture->n_layers ||
      thing->unit >= get_n_units (architecture, thing->column))
    return FALSE;
  return thing->kind == NUDGE_NETWORK_NEURON ||
         (thing->column > 0 &&
          thing->input < get_n_units (architecture, thing->column - 1));
}

gboolean
nudge_network_is_same (const NudgeNetworkThing *a, const NudgeNetworkThing *b)
{
  return a->kind == b->kind && a->column == b->column && a->unit == b->unit &&
         a->input == b->input;
}

/* At the first neuron of the first layer. */
void
nudge_network_cursor_begin (NudgeNetworkThing *self)
{
  *self = (NudgeNetworkThing){ NUDGE_NETWORK_NEURON, 1, 0, 0 };
}

/* From a neuron, or that which an edge feeds, to another one, as far as there is one. */
void
nudge_network_cursor_move (NudgeNetworkThing *self,
                           const NnArchitecture *architecture,
                           int columns,
                           int units)
{
  self->kind = NUDGE_NETWORK_NEURON;
  self->input = 0;
  self->column =
      (gsize) CLAMP ((gssize) self->column + columns, 0, (gssize) architecture->n_layers);
  self->unit = (gsize) CLAMP ((gssize) self->unit + units, 0,
                              (gssize) get_n_units (architecture, self->column) - 1);
}

/* To the next of the edges that feed the neuron; after the last comes the first. */
void
nudge_network_cursor_go_along_edges (NudgeNetworkThing *self,
                                     const NnArchitecture *architecture,
                                     int direction)
{
  gsize n;

  if (self->column == 0)
    return;
  n = get_n_units (architecture, self->column - 1);
  if (self->kind == NUDGE_NETWORK_EDGE)
    self->input = (self->input + (direction > 0 ? 1 : n - 1)) % n;
  else
    self->input = direction > 0 ? 0 : n - 1;
  self->kind = NUDGE_NETWORK_EDGE;
}
