/* nudge-network-neurons.h - a column of neurons, with what is told by marks on them
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the painters of the network.
 */

#pragma once

#include "ui/draw/network/nudge-network-canvas.h"

G_BEGIN_DECLS

void nudge_draw_network_neurons (const NudgeNetworkCanvas *self, gsize k);

G_END_DECLS
