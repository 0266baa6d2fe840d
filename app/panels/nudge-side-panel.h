/* nudge-side-panel.h - data, network and training, to edit what is trained
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_SIDE_PANEL (nudge_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSidePanel, nudge_side_panel, NUDGE, SIDE_PANEL, NudgePanel)

G_END_DECLS
