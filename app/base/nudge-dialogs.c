/* nudge-dialogs.c - message dialogs
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-dialogs.h"

#include <glib/gi18n.h>

/**
 * nudge_dialogs_new:
 *
 * To be given its responses and presented. Escape answers "cancel".
 *
 * Returns: (transfer none): it goes away once it is answered
 */
AdwMessageDialog *
nudge_dialogs_new (GtkWindow *parent, const char *heading, const char *body)
{
  AdwMessageDialog *self =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_set_close_response (self, "cancel");
  return self;
}

/**
 * nudge_dialogs_say:
 *
 * Returns: (transfer none): it goes away once it is closed
 */
AdwMessageDialog *
nudge_dialogs_say (GtkWindow *parent, const char *heading, const char *body)
{
  AdwMessageDialog *dialog = nudge_dialogs_new (parent, heading, body);

  adw_message_dialog_add_response (dialog, "cancel", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "cancel");
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
