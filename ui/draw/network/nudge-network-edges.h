/* nudge-network-edges.h - the weights of few units, as curves from unit to unit
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the network.
 */

#pragma once

#include "ui/draw/network/nudge-network-canvas.h"

G_BEGIN_DECLS

void nudge_draw_network_edges (const NudgeNetworkCanvas *self);

G_END_DECLS
