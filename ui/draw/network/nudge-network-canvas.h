/* nudge-network-canvas.h - the state of one drawing of the network
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the network, which pass it on: the edges, the heat maps, the
 * neurons and the legend. A value's width, opacity and colour are the same in each.
 */

#pragma once

#include <cairo.h>

#include "ui/draw/base/nudge-text.h"
#include "ui/draw/network/nudge-network-layout.h"
#include "ui/draw/network/nudge-network-picture.h"
#include "ui/draw/network/nudge-network-tile.h"

G_BEGIN_DECLS

typedef struct {
  cairo_t *cr;
  const NnFrame *frame;
  const NudgeNetworkStyle *style;
  const NudgePalette *palette;
  const NudgeNetworkLayout *layout;
  NudgeText *text;
  const NudgeRamp *ramp;
} NudgeNetworkCanvas;

double nudge_network_get_strength (const NudgeNetworkCanvas *self, float value);
gboolean nudge_network_is_weak (const NudgeNetworkCanvas *self, float value);
double nudge_network_get_mark_opacity (double strength);
double nudge_network_get_opacity (const NudgeNetworkCanvas *self, double strength);
double nudge_network_get_width (const NudgeNetworkCanvas *self, double strength);
const NudgeColour *
nudge_network_get_sign_colour (const NudgePalette *palette, float value);
void nudge_network_get_dash (float value, double width, double *drawn, double *skipped);

G_END_DECLS
