/* nudge-file-edit-row.c - a row of NudgeFileEdits
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-file-edit-row.h"

#include <glib/gi18n.h>

#include "app/tensors/nudge-receipt-window.h"
#include "app/tensors/nudge-receipt-words.h"
#include "ui/base/nudge-context-menu.h"
#include "ui/text/nudge-nudge-words.h"

struct _NudgeFileEditRow {
  GtkListBoxRow parent_instance;

  NudgeFileEdit *edit; /* (owned) */
  GtkLabel *what;
  GtkLabel *outcome;
};

static guint copy_script;

G_DEFINE_FINAL_TYPE (NudgeFileEditRow, nudge_file_edit_row, GTK_TYPE_LIST_BOX_ROW)

/* Returns: (nullable): %NULL while it is pending */
static const NnReceipt *
get_receipt (NudgeFileEditRow *self)
{
  NnFileVersion *version = nudge_file_edit_get_version (self->edit);

  return version ? nn_file_version_get_receipt (version) : NULL;
}

static char *
dup_outcome (NudgeFileEditRow *self)
{
  const NnReceipt *receipt = get_receipt (self);
  g_autofree char *change = NULL;

  if (receipt == NULL)
    return g_strdup (_ ("being applied…"));
  change = nudge_receipt_words_for_change_briefly (receipt);
  return nudge_file_edit_get_state (self->edit) == NUDGE_FILE_EDIT_UNDONE
             /* Translators: what a nudge did, which has been undone */
             ? g_strdup_printf (_ ("undone · %s"), change)
             : g_steal_pointer (&change);
}

static void
show (NudgeFileEditRow *self)
{
  g_autofree char *what =
      nudge_words_for_nudge_briefly (nudge_file_edit_get_nudge (self->edit));
  g_autofree char *outcome = dup_outcome (self);
  g_autofree char *whole = g_strdup_printf ("%s\n%s", what, outcome);

  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->outcome, outcome);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, -1);
  if (nudge_file_edit_get_state (self->edit) == NUDGE_FILE_EDIT_DONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ahead");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "ahead");
}

/* Nothing yet, if the nudge is pending. */
void
nudge_file_edit_row_show_receipt (NudgeFileEditRow *self)
{
  const NnReceipt *receipt;
  g_autofree char *what = NULL;

  g_return_if_fail (NUDGE_IS_FILE_EDIT_ROW (self));

  receipt = get_receipt (self);
  if (receipt == NULL)
    return;
  what = nn_nudge_dup_text (nudge_file_edit_get_nudge (self->edit));
  nudge_receipt_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                _ ("Receipt"), what, receipt);
}

static const char *
choose_menu (GtkWidget *widget, double x, double y)
{
  gtk_widget_action_set_enabled (widget, "file-edit.receipt",
                                 get_receipt (NUDGE_FILE_EDIT_ROW (widget)) != NULL);
  return "file-edit";
}

static void
receipt_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nudge_file_edit_row_show_receipt (NUDGE_FILE_EDIT_ROW (widget));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *text =
      nn_nudge_dup_text (nudge_file_edit_get_nudge (NUDGE_FILE_EDIT_ROW (widget)->edit));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_script_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, copy_script, 0,
                 nudge_file_edit_get_nudge (NUDGE_FILE_EDIT_ROW (widget)->edit));
}

static void
nudge_file_edit_row_dispose (GObject *object)
{
  g_clear_object (&NUDGE_FILE_EDIT_ROW (object)->edit);
  G_OBJECT_CLASS (nudge_file_edit_row_parent_class)->dispose (object);
}

static void
nudge_file_edit_row_class_init (NudgeFileEditRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_file_edit_row_dispose;
  copy_script = g_signal_new ("copy-script", NUDGE_TYPE_FILE_EDIT_ROW, G_SIGNAL_RUN_LAST,
                              0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_install_action (widget_class, "file-edit.receipt", NULL, receipt_cb);
  gtk_widget_class_install_action (widget_class, "file-edit.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "file-edit.copy-script", NULL,
                                   copy_script_cb);
}

static GtkLabel *
add_label (GtkWidget *column, const char *css_class, PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (column), label);
  return GTK_LABEL (label);
}

static void
nudge_file_edit_row_init (NudgeFileEditRow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (GTK_WIDGET (self), "file-edit");
  self->what = add_label (column, "what", PANGO_ELLIPSIZE_MIDDLE);
  self->outcome = add_label (column, "outcome", PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->outcome), "numeric");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), column);
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
}

GtkWidget *
nudge_file_edit_row_new (NudgeFileEdit *edit)
{
  NudgeFileEditRow *self = g_object_new (NUDGE_TYPE_FILE_EDIT_ROW, NULL);

  self->edit = g_object_ref (edit);
  g_signal_connect_object (edit, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
