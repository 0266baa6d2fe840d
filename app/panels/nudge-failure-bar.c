/* nudge-failure-bar.c - why training stopped by itself, and how to go back
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-failure-bar.h"

struct _NudgeFailureBar {
  NudgePanel parent_instance;

  GtkInfoBar *bar; /* the only child: disposal finds it by this */
  GtkLabel *label;
  GtkWidget *undo;
};

G_DEFINE_FINAL_TYPE (NudgeFailureBar, nudge_failure_bar, NUDGE_TYPE_PANEL)

static void
show_failure (NudgeFailureBar *self, GParamSpec *pspec, GObject *document)
{
  g_autofree char *failure = NULL;
  gboolean can_undo = FALSE;

  if (document) {
    g_object_get (document, "failure", &failure, NULL);
    g_object_get (nudge_document_get_session (NUDGE_DOCUMENT (document)), "can-undo",
                  &can_undo, NULL);
  }
  if (failure) {
    gtk_label_set_text (self->label, failure);
    gtk_widget_set_visible (self->undo, can_undo);
  }
  gtk_info_bar_set_revealed (self->bar, failure != NULL);
}

static void
nudge_failure_bar_document_changed (NudgePanel *panel, NudgeDocument *document)
{
  NudgeFailureBar *self = NUDGE_FAILURE_BAR (panel);

  show_failure (self, NULL, (GObject *) document);
}

static void
nudge_failure_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_FAILURE_BAR);
  G_OBJECT_CLASS (nudge_failure_bar_parent_class)->dispose (object);
}

static void
nudge_failure_bar_class_init (NudgeFailureBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_failure_bar_dispose;
  NUDGE_PANEL_CLASS (klass)->document_changed = nudge_failure_bar_document_changed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-failure-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeFailureBar, bar);
  gtk_widget_class_bind_template_child (widget_class, NudgeFailureBar, label);
  gtk_widget_class_bind_template_child (widget_class, NudgeFailureBar, undo);
}

static void
nudge_failure_bar_init (NudgeFailureBar *self)
{
  GSignalGroup *signals = nudge_panel_get_signals (NUDGE_PANEL (self));

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_group_connect_swapped (signals, "notify::failure", G_CALLBACK (show_failure),
                                  self);
}
