/* nudge-dialogs.h - message dialogs
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwMessageDialog *
nudge_dialogs_say (GtkWindow *parent, const char *heading, const char *body);
AdwMessageDialog *
nudge_dialogs_new (GtkWindow *parent, const char *heading, const char *body);
void nudge_dialogs_name_close_button (GtkInfoBar *bar);

G_END_DECLS
