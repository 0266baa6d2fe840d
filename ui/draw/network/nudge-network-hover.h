/* nudge-network-hover.h - what is under the pointer in the network's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * The inverse of the drawing: from a point to a neuron, an edge or a heat map's cell,
 * and that in words.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_NETWORK_NOTHING,
  NUDGE_NETWORK_NEURON,
  NUDGE_NETWORK_EDGE,
} NudgeNetworkKind;

typedef struct {
  NudgeNetworkKind kind;
  gsize column; /* 0: the features; k: layer k - 1 */
  gsize unit;   /* within the column; an edge ends here */
  gsize input;  /* an edge's unit in the column before */
} NudgeNetworkThing;

NudgeNetworkThing nudge_network_thing_at (const NnFrame *frame,
                                          NnQuantity quantity,
                                          double width,
                                          double height,
                                          double x,
                                          double y);
gboolean
nudge_network_is_folded (const NnFrame *frame, double width, double height, gsize column);
gboolean nudge_network_find_center (const NnFrame *frame,
                                    double width,
                                    double height,
                                    const NudgeNetworkThing *thing,
                                    double *x,
                                    double *y);
char *nudge_network_describe (const NnFrame *frame, const NudgeNetworkThing *thing);

G_END_DECLS
