/* nudge-network-selection.h - from what is chosen in the network's picture to a target
 *
 * SPDX-License-Identifier: MIT
 *
 * A neuron means the edges that come into it or go out of it, an edge itself, several
 * edges of one layer those; and back: whether a target holds an edge, or is a neuron's.
 */

#pragma once

#include "nn/nudge/nn-target.h"
#include "ui/draw/nudge-network-hover.h"

G_BEGIN_DECLS

char *nudge_network_dup_target (const NnArchitecture *architecture,
                                const NudgeNetworkThing *thing,
                                gboolean outgoing);
char *nudge_network_dup_value (const NnArchitecture *architecture,
                               const NudgeNetworkThing *thing);
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
