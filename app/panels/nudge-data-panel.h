/* nudge-data-panel.h - the data that are trained on, to be seen and changed
 *
 * SPDX-License-Identifier: MIT
 *
 * Each change is an edit of the run, which undo takes back. Points that are added, moved
 * or removed make the data a table in the experiment itself.
 */

#pragma once

#include "app/panels/nudge-edit-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_DATA_PANEL (nudge_data_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeDataPanel, nudge_data_panel, NUDGE, DATA_PANEL, NudgeEditPanel)

G_END_DECLS
