/* nudge-network-cursor.h - the key cursor in the network's picture
 *
 * SPDX-License-Identifier: MIT
 *
 * A neuron, or one of the edges that feed it. Plain values.
 */

#pragma once

#include "ui/draw/network/nudge-network-hover.h"

G_BEGIN_DECLS

gboolean nudge_network_is_there (const NnArchitecture *architecture,
                                 const NudgeNetworkThing *thing);
gboolean nudge_network_is_same (const NudgeNetworkThing *a, const NudgeNetworkThing *b);
void nudge_network_cursor_begin (NudgeNetworkThing *self);
void nudge_network_cursor_move (NudgeNetworkThing *self,
                                const NnArchitecture *architecture,
                                int columns,
                                int units);
void nudge_network_cursor_go_along_edges (NudgeNetworkThing *self,
                                          const NnArchitecture *architecture,
                                          int direction);

G_END_DECLS
