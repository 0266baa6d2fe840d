/* nudge-message.c - what is wrong with a control, shown below it
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/rows/nudge-message.h"

/* Wraps before it makes a panel wider. */
#define MAX_CHARS 30

/* Of the label: a GWeakRef to the control that is marked. */
#define MARKED "nudge-marked"

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

static void
free_marked (gpointer marked)
{
  g_weak_ref_clear (marked);
  g_free (marked);
}

/* Returns: (transfer none): to the control that is marked; it may go before the message */
static GWeakRef *
get_marked (GtkWidget *self)
{
  GWeakRef *marked = g_object_get_data (G_OBJECT (self), MARKED);

  if (marked == NULL) {
    marked = g_new0 (GWeakRef, 1);
    g_weak_ref_init (marked, NULL);
    g_object_set_data_full (G_OBJECT (self), MARKED, marked, free_marked);
  }
  return marked;
}

/* @message: (nullable): %NULL: it is described by its tooltip again, if it has one */
static void
describe (GtkWidget *control, const char *message)
{
  const char *words = message ? message : gtk_widget_get_tooltip_text (control);

  if (words)
    gtk_accessible_update_property (GTK_ACCESSIBLE (control),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (control),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/**
 * nudge_message_show:
 * @control: is described by it, and marked as wrong
 * @message: (nullable): %NULL: nothing is wrong
 *
 * Of the controls that share a message, none is marked but the one that it is about.
 */
void
nudge_message_show (GtkWidget *self, GtkWidget *control, const char *message)
{
  GWeakRef *marked = get_marked (self);
  g_autoptr (GtkWidget) before = g_weak_ref_get (marked);

  gtk_label_set_text (GTK_LABEL (self), message ? message : "");
  gtk_widget_set_visible (self, message != NULL);
  if (before) {
    gtk_widget_remove_css_class (before, "error");
    describe (before, NULL);
  }
  if (message) {
    gtk_widget_add_css_class (control, "error");
    describe (control, message);
  }
  g_weak_ref_set (marked, message ? control : NULL);
}
