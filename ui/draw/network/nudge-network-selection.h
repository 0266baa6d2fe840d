/* nudge-network-selection.h - from what is chosen in the network's picture to a target
 *
 * SPDX-License-Identifier: MIT
 *
 * A selected neuron is the target of its incoming or its outgoing edges, a selected edge of
 * itself, several selected edges of one layer of those. The other way round: whether a
 * target contains an edge, and whether it is that of a neuron.
 */

#pragma once

#include "nn/nudge/nn-target.h"
#include "ui/draw/network/nudge-network-hover.h"

G_BEGIN_DECLS

char *nudge_network_dup_target (const NnArchitecture *architecture,
                                const NudgeNetworkThing *thing,
                                gboolean outgoing);
char *nudge_network_dup_value (const NnArchitecture *architecture,
                               const NudgeNetworkThing *thing);
char *nudge_network_dup_nudge (const NnArchitecture *architecture,
                               const NudgeNetworkThing *thing,
                               float value);
char *nudge_network_dup_toggled (const NnArchitecture *architecture,
                                 const NnTarget *selected,
                                 const NudgeNetworkThing *edge);
gboolean nudge_target_has_edge (const NnTarget *target,
                                const NnArchitecture *architecture,
                                const NudgeNetworkThing *edge);
gboolean nudge_target_is_of_neuron (const NnTarget *target,
                                    const NnArchitecture *architecture,
                                    const NudgeNetworkThing *neuron);

G_END_DECLS
