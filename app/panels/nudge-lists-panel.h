/* nudge-lists-panel.h - the log, and the nudges that repeat
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LISTS_PANEL (nudge_lists_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeListsPanel, nudge_lists_panel, NUDGE, LISTS_PANEL, NudgePanel)

G_END_DECLS
