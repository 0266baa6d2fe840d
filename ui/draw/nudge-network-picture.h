/* nudge-network-picture.h - the network as a picture
 *
 * SPDX-License-Identifier: MIT
 *
 * Layers from left to right. An edge's width and opacity grow with |w|, its
 * colour and dash say the sign; a neuron is a tile that carries its activation.
 * One printed scale serves width and colour. Same arguments, same pixels.
 */

#pragma once

#include <cairo.h>

#include "nn/nudge/nn-target.h"
#include "nn/session/nn-frame.h"
#include "ui/draw/nudge-palette.h"

G_BEGIN_DECLS

/* What lies under a point. */
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

typedef struct {
  const NudgePalette *palette;
  double limit;             /* |w| at full width: see nudge_network_choose_limit () */
  gssize pulse_layer;       /* the layer a nudge has just touched, or -1 */
  double pulse;             /* 1 when it landed, fading to 0 */
  const NnTarget *selected; /* (nullable) its edges and neurons get a rim */
  const NudgeNetworkThing *cursor; /* (nullable) the neuron that keys have reached */
} NudgeNetworkStyle;

void nudge_draw_network (cairo_t *cr,
                         const NnFrame *frame,
                         const NudgeNetworkStyle *style,
                         double width,
                         double height);
double nudge_network_choose_limit (const NnFrame *frame, double previous);
NudgeNetworkThing nudge_network_thing_at (const NnFrame *frame,
                                          double width,
                                          double height,
                                          double x,
                                          double y);
char *nudge_network_describe (const NnFrame *frame, const NudgeNetworkThing *thing);

G_END_DECLS
