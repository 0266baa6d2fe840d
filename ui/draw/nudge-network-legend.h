/* nudge-network-legend.h - the scale under the network, and what is read beside it
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the network.
 */

#pragma once

#include "ui/draw/nudge-network-canvas.h"

G_BEGIN_DECLS

void nudge_draw_network_legend (const NudgeNetworkCanvas *self, double width);
void
nudge_draw_network_reading (const NudgeNetworkCanvas *self, double width, double height);

G_END_DECLS
