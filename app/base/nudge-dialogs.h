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

G_END_DECLS
