/* nudge-file-actions.h - New, Open, Save and the like, in a window
 *
 * SPDX-License-Identifier: MIT
 *
 * Their actions, drag and drop, and the question before a window closes. The window does
 * not know of them.
 */

#pragma once

#include "app/nudge-window.h"

G_BEGIN_DECLS

void nudge_file_actions_add_opening (GtkApplicationWindow *window);
void nudge_file_actions_add (NudgeWindow *window);
void nudge_file_actions_fill_menus (void);

G_END_DECLS
