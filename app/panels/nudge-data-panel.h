/* nudge-data-panel.h - the data that are trained on, shown and edited
 *
 * SPDX-License-Identifier: MIT
 *
 * Each change is an edit of the run, which undo takes back. When a point is added, moved
 * or removed, the data become a table in the experiment itself.
 */

#pragma once

#include "app/panels/nudge-edit-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_DATA_PANEL (nudge_data_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeDataPanel, nudge_data_panel, NUDGE, DATA_PANEL, NudgeEditPanel)

G_END_DECLS
