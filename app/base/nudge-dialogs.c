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

/* By the user, meanwhile: it can have no dialogs. */
static gboolean
is_closed (GtkWindow *window)
{
  GListModel *open = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (open); i++) {
    g_autoptr (GtkWindow) each = g_list_model_get_item (open, i);

    if (each == window)
      return FALSE;
  }
  return TRUE;
}

/**
 * nudge_dialogs_say:
 * @parent: (nullable): if it was closed meanwhile, the message stands alone
 *
 * Returns: (transfer none): it goes away once it is closed
 */
AdwMessageDialog *
nudge_dialogs_say (GtkWindow *parent, const char *heading, const char *body)
{
  const gboolean alone = parent != NULL && is_closed (parent);
  AdwMessageDialog *dialog = nudge_dialogs_new (alone ? NULL : parent, heading, body);

  if (alone) /* which goes on until it was read */
    gtk_window_set_application (GTK_WINDOW (dialog),
                                (GtkApplication *) g_application_get_default ());
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
