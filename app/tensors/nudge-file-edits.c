/* nudge-file-edits.c - the list of the nudges of a file's tensors, newest first
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-file-edits.h"

#include <glib/gi18n.h>

#include "app/tensors/nudge-file-edit-row.h"

struct _NudgeFileEdits {
  GtkWidget parent_instance;

  GtkWidget *scrolled; /* the only child */
  GtkListBox *list;
  GListModel *edits; /* (owned) (nullable) */
};

static guint copy_script;

G_DEFINE_FINAL_TYPE (NudgeFileEdits, nudge_file_edits, GTK_TYPE_WIDGET)

static void
copy_script_cb (NudgeFileEdits *self, NnNudge *nudge)
{
  g_signal_emit (self, copy_script, 0, nudge);
}

static void
add_row (NudgeFileEdits *self, NudgeFileEdit *edit)
{
  GtkWidget *row = nudge_file_edit_row_new (edit);

  g_signal_connect_object (row, "copy-script", G_CALLBACK (copy_script_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_prepend (self->list, row);
}

/* The model grows and shrinks at its end, which is the top of the list. */
static void
items_changed_cb (NudgeFileEdits *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_removed; i++)
    gtk_list_box_remove (self->list,
                         GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  for (guint i = 0; i < n_added; i++) {
    g_autoptr (NudgeFileEdit) edit = g_list_model_get_item (self->edits, position + i);

    add_row (self, edit);
  }
}

/**
 * nudge_file_edits_set_model:
 * @edits: (element-type NudgeFileEdit): oldest first; it changes only at its end
 */
void
nudge_file_edits_set_model (NudgeFileEdits *self, GListModel *edits)
{
  g_return_if_fail (NUDGE_IS_FILE_EDITS (self));
  g_return_if_fail (self->edits == NULL);

  self->edits = g_object_ref (edits);
  g_signal_connect_object (edits, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (edits));
}

static void
activated_cb (NudgeFileEdits *self, GtkListBoxRow *row)
{
  nudge_file_edit_row_show_receipt (NUDGE_FILE_EDIT_ROW (row));
}

static void
nudge_file_edits_dispose (GObject *object)
{
  NudgeFileEdits *self = NUDGE_FILE_EDITS (object);

  g_clear_object (&self->edits);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_file_edits_parent_class)->dispose (object);
}

static void
nudge_file_edits_class_init (NudgeFileEditsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_file_edits_dispose;
  copy_script = g_signal_new ("copy-script", NUDGE_TYPE_FILE_EDITS, G_SIGNAL_RUN_LAST, 0,
                              NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_file_edits_init (NudgeFileEdits *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *none = gtk_label_new (_ ("No nudge has been applied yet"));

  self->list = GTK_LIST_BOX (list);
  gtk_widget_add_css_class (none, "nudge-none");
  gtk_widget_add_css_class (list, "file-edits");
  gtk_list_box_set_placeholder (self->list, none);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Log"), -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (activated_cb), self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), list);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}
