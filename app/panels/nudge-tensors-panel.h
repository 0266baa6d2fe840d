/* nudge-tensors-panel.h - the tensors of a job whose model is not a chain of layers
 *
 * SPDX-License-Identifier: MIT
 *
 * In place of the network: a tree of all tensors, and a view of the selected one.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSORS_PANEL (nudge_tensors_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorsPanel,
                      nudge_tensors_panel,
                      NUDGE,
                      TENSORS_PANEL,
                      NudgePanel)

G_END_DECLS
