/* nudge-receipt-window.c - a receipt, tensor by tensor
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-receipt-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/tensors/nudge-receipt-words.h"

#define MOST_ROWS 500 /* what is copied has all */

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row (const NnReceiptArray *array)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *name =
      g_strdup_printf ("%s  %s %s", array->name, array->type, array->shape);
  g_autofree char *change = nudge_receipt_words_for_array (array);
  g_autofree char *hashes = nudge_receipt_words_for_hashes (array);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (column, "receipt-row");
  gtk_box_append (GTK_BOX (column), new_label (name, "heading"));
  gtk_box_append (GTK_BOX (column), new_label (change, "numeric"));
  gtk_box_append (GTK_BOX (column), new_label (hashes, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), column);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static GtkWidget *
new_list (const NnReceipt *receipt)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Tensors that were changed"), -1);
  for (guint i = 0; i < MIN (receipt->arrays->len, MOST_ROWS); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (receipt->arrays->pdata[i]));
  return list;
}

static GtkWidget *
new_content (const char *heading, const NnReceipt *receipt)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *change = nudge_receipt_words_for_change (receipt);

  gtk_widget_add_css_class (column, "receipt");
  gtk_box_append (GTK_BOX (column), new_label (heading, "title-4"));
  gtk_box_append (GTK_BOX (column), new_label (change, NULL));
  if (receipt->n_bytes_same > 0) {
    g_autofree char *rest = nudge_receipt_words_for_rest (receipt);

    gtk_box_append (GTK_BOX (column), new_label (rest, NULL));
  }
  for (guint i = 0; i < receipt->notes->len; i++)
    gtk_box_append (GTK_BOX (column), new_label (receipt->notes->pdata[i], "dim-label"));
  if (receipt->arrays->len > 0)
    gtk_box_append (GTK_BOX (column), new_list (receipt));
  return column;
}

static void
copy_cb (GtkWidget *button, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), text);
}

static void
free_text (gpointer text, GClosure *closure)
{
  g_free (text);
}

static GtkWidget *
new_header (const NnReceipt *receipt)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy as JSON"));

  g_signal_connect_data (copy, "clicked", G_CALLBACK (copy_cb),
                         nn_receipt_dup_json (receipt), free_text, 0);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  return header;
}

static gboolean
key_cb (GtkWindow *window, guint key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (window);
  return GDK_EVENT_STOP;
}

/**
 * nudge_receipt_window_present:
 * @heading: what was done: a nudge, or that a file was saved
 * @receipt: read here and now
 */
void
nudge_receipt_window_present (GtkWindow *parent,
                              const char *title,
                              const char *heading,
                              const NnReceipt *receipt)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 420);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 new_content (heading, receipt));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (column), new_header (receipt));
  gtk_box_append (GTK_BOX (column), scrolled);
  adw_window_set_content (ADW_WINDOW (window), column);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), window);
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}
