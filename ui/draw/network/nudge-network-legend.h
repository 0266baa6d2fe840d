/* nudge-network-legend.h - the scale under the network
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the network.
 */

#pragma once

#include "ui/draw/network/nudge-network-canvas.h"

G_BEGIN_DECLS

void nudge_draw_network_legend (const NudgeNetworkCanvas *self, double width);

G_END_DECLS
