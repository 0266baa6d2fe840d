/* nudge-network-switch.h - chooses the quantity that the network shows, and its scale
 *
 * SPDX-License-Identifier: MIT
 *
 * A button with the name of the quantity; its popover has the list of all, whether the
 * scale is held, and below which share of it edges are hidden. Sets the properties of a
 * NudgeNetworkView, and follows them.
 */

#pragma once

#include "ui/network/nudge-network-view.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_NETWORK_SWITCH (nudge_network_switch_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNetworkSwitch,
                      nudge_network_switch,
                      NUDGE,
                      NETWORK_SWITCH,
                      GtkWidget)

GtkWidget *nudge_network_switch_new (NudgeNetworkView *view);
void nudge_network_switch_set_known (NudgeNetworkSwitch *self,
                                     NnQuantities known,
                                     NnOptimizerType type);

G_END_DECLS
