/* nudge-network-switch.h - chooses what the network shows of each weight, and its scale
 *
 * SPDX-License-Identifier: MIT
 *
 * A button that says what is shown; in its popover a list of all that can be, whether the
 * scale is held, and below what edges are left out. It sets a NudgeNetworkView's
 * properties, and follows them.
 */

#pragma once

#include "ui/nudge-network-view.h"

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
