/* nudge-recent.h - the files that were opened or saved last, on the system's list
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void nudge_recent_add (GFile *file);
void nudge_recent_keep_menu (GMenu *menu, const char *action);

G_END_DECLS
