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
#include "ui/draw/base/nudge-palette.h"
#include "ui/draw/network/nudge-network-hover.h"

G_BEGIN_DECLS

typedef struct {
  const NudgePalette *palette;
  double limit;             /* |w| at full width: see nudge_network_choose_limit () */
  gssize pulse_layer;       /* the layer a nudge has just touched, or -1 */
  double pulse;             /* 1 when it landed, fading to 0 */
  const NnTarget *selected; /* (n_selected) their edges and neurons get a rim */
  gsize n_selected;
  const NudgeNetworkThing *cursor; /* (nullable) the neuron that keys have reached */
  const NudgeNetworkThing *read;   /* (nullable) highlighted; its numbers are below all */
  NnQuantity quantity;             /* what is shown of each weight, which the frame has */
  double reserved_width;           /* the lower right corner, which something covers */
  double reserved_height;
  gboolean exceeded; /* some number is beyond the limit, which the legend says */
  double threshold;  /* edges and cells below it are left out */
} NudgeNetworkStyle;

void nudge_draw_network (cairo_t *cr,
                         const NnFrame *frame,
                         const NudgeNetworkStyle *style,
                         double width,
                         double height);

G_END_DECLS
