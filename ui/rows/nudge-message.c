/* nudge-message.c - what is wrong with a control, shown below it
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-message.h"

/* Wraps before it makes a panel wider. */
#define MAX_CHARS 30

/* Returns: a label that is not shown as long as nothing is wrong */
GtkWidget *
nudge_message_new (void)
{
  GtkWidget *self = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (self), 0);
  gtk_label_set_wrap (GTK_LABEL (self), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (self), MAX_CHARS);
  gtk_widget_add_css_class (self, "caption");
  gtk_widget_add_css_class (self, "error");
  gtk_widget_set_visible (self, FALSE);
  return self;
}

/**
 * nudge_message_show:
 * @control: is described by it, and marked as wrong
 * @message: (nullable): %NULL: nothing is wrong
 */
void
nudge_message_show (GtkWidget *self, GtkWidget *control, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self), message ? message : "");
  gtk_widget_set_visible (self, message != NULL);
  if (message)
    gtk_widget_add_css_class (control, "error");
  else
    gtk_widget_remove_css_class (control, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (control),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message ? message : "", -1);
}
