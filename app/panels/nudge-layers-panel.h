/* nudge-layers-panel.h - the network as a list of layers, with initialisation and seed
 *
 * SPDX-License-Identifier: MIT
 *
 * Each change is an edit of the run, which undo takes back. Initialisation and seed take
 * effect when something is drawn: at a Reset, or for new units.
 */

#pragma once

#include "app/panels/nudge-edit-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LAYERS_PANEL (nudge_layers_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayersPanel,
                      nudge_layers_panel,
                      NUDGE,
                      LAYERS_PANEL,
                      NudgeEditPanel)

G_END_DECLS
