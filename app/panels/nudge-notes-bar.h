/* nudge-notes-bar.h - what was guessed when a file of data or parameters was opened
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_NOTES_BAR (nudge_notes_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNotesBar, nudge_notes_bar, NUDGE, NOTES_BAR, NudgePanel)

G_END_DECLS
