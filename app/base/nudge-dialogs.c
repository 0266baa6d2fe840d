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

static GtkWidget *
find_close_button (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_has_css_class (root, "close"))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_close_button (child);

    if (found)
      return found;
  }
  return NULL;
}

/**
 * nudge_dialogs_name_close_button:
 * @bar: that has one
 *
 * GTK's is an icon without a name: a screen reader says "GtkImage".
 */
void
nudge_dialogs_name_close_button (GtkInfoBar *bar)
{
  GtkWidget *button = find_close_button (GTK_WIDGET (bar));

  g_return_if_fail (button != NULL);
  gtk_widget_set_tooltip_text (button, _ ("Close"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Close"), -1);
}
