/* nudge-network-panel.h - the network of a document's run, and what is selected in it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"
#include "ui/draw/nudge-figure.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_NETWORK_PANEL (nudge_network_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNetworkPanel,
                      nudge_network_panel,
                      NUDGE,
                      NETWORK_PANEL,
                      NudgePanel)

void nudge_network_panel_write_figure (NudgeNetworkPanel *self, NudgeFigureStyle *style);

G_END_DECLS
