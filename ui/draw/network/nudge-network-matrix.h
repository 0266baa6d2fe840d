/* nudge-network-matrix.h - the weights of many units, as a heat map
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the network.
 */

#pragma once

#include "ui/draw/network/nudge-network-canvas.h"

G_BEGIN_DECLS

void nudge_draw_network_matrix (const NudgeNetworkCanvas *self, gsize k);

G_END_DECLS
