/* nudge-file-bar.c - the document's "notice" about its file
 *
 * SPDX-License-Identifier: MIT
 *
 * That it is open in another window, say. Until it is closed.
 */

#include "app/panels/nudge-file-bar.h"

#include "app/base/nudge-dialogs.h"

struct _NudgeFileBar {
  NudgePanel parent_instance;

  GtkInfoBar *bar; /* the only child: disposal finds it by this */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (NudgeFileBar, nudge_file_bar, NUDGE_TYPE_PANEL)

static void
show_notice (NudgeFileBar *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));
  g_autofree char *notice = NULL;

  if (document != NULL)
    g_object_get (document, "notice", &notice, NULL);
  if (notice != NULL)
    gtk_label_set_text (self->label, notice);
  gtk_info_bar_set_revealed (self->bar, notice != NULL);
}

static void
nudge_file_bar_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  show_notice (NUDGE_FILE_BAR (panel));
}

static void
response_cb (NudgeFileBar *self)
{
  NudgeDocument *document = nudge_panel_get_document (NUDGE_PANEL (self));

  if (document != NULL)
    nudge_document_set_notice (document, NULL);
}

static void
nudge_file_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_FILE_BAR);
  G_OBJECT_CLASS (nudge_file_bar_parent_class)->dispose (object);
}

static void
nudge_file_bar_class_init (NudgeFileBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_file_bar_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_file_bar_document_changed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-file-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeFileBar, bar);
  gtk_widget_class_bind_template_child (widget_class, NudgeFileBar, label);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
nudge_file_bar_init (NudgeFileBar *self)
{
  GSignalGroup *signals = nudge_panel_get_signals (NUDGE_PANEL (self));

  gtk_widget_init_template (GTK_WIDGET (self));
  nudge_dialogs_name_close_button (self->bar);
  g_signal_group_connect_swapped (signals, "notify::notice", G_CALLBACK (show_notice),
                                  self);
}
