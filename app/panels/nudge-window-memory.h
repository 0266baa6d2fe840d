/* nudge-window-memory.h - a new window looks as the last one did
 *
 * SPDX-License-Identifier: MIT
 *
 * Size and side panel; and the speed of a document that is opened.
 */

#pragma once

#include <adwaita.h>

#include "app/document/nudge-session.h"

G_BEGIN_DECLS

void nudge_window_memory_add_window (GtkWindow *window);
void nudge_window_memory_add_flap (AdwFlap *flap);
void nudge_window_memory_add_session (NudgeSession *session);

G_END_DECLS
