/* nudge-busy-bar.c - what a window of tensors is doing, and a button to stop it
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/tensors/nudge-busy-bar.h"

#include <glib/gi18n.h>

#define SHOWN_MS    300 /* longer work is shown */
#define PROGRESS_MS 100

struct _NudgeBusyBar {
  GtkWidget parent_instance;

  GtkWidget *revealer; /* the only child */
  GtkLabel *label;
  GtkProgressBar *progress;
  NudgeTensorDocument *document; /* (owned) (nullable) */
  guint timer;
};

G_DEFINE_FINAL_TYPE (NudgeBusyBar, nudge_busy_bar, GTK_TYPE_WIDGET)

static gboolean
progress_cb (gpointer data)
{
  NudgeBusyBar *self = data;

  gtk_progress_bar_set_fraction (self->progress,
                                 nudge_tensor_document_get_fraction (self->document));
  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer data)
{
  NudgeBusyBar *self = data;
  g_autofree char *busy = NULL;

  g_object_get (self->document, "busy", &busy, NULL);
  gtk_label_set_text (self->label, busy);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  self->timer = g_timeout_add (PROGRESS_MS, progress_cb, self);
  return G_SOURCE_REMOVE;
}

static void
follow (NudgeBusyBar *self)
{
  g_autofree char *busy = NULL;

  g_object_get (self->document, "busy", &busy, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (busy != NULL)
    self->timer = g_timeout_add (SHOWN_MS, show_cb, self);
  else
    gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static void
cancel_cb (NudgeBusyBar *self)
{
  nudge_tensor_document_cancel (self->document);
}

/**
 * nudge_busy_bar_set_document:
 *
 * Once.
 */
void
nudge_busy_bar_set_document (NudgeBusyBar *self, NudgeTensorDocument *document)
{
  g_return_if_fail (NUDGE_IS_BUSY_BAR (self));

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::busy", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
}

static void
nudge_busy_bar_dispose (GObject *object)
{
  NudgeBusyBar *self = NUDGE_BUSY_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->document);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_busy_bar_parent_class)->dispose (object);
}

static void
nudge_busy_bar_class_init (NudgeBusyBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_busy_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_busy_bar_init (NudgeBusyBar *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *progress = gtk_progress_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));

  self->label = GTK_LABEL (label);
  self->progress = GTK_PROGRESS_BAR (progress);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (progress, TRUE);
  gtk_widget_set_valign (progress, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (progress),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"), -1);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_css_class (row, "busy-bar");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), progress);
  gtk_box_append (GTK_BOX (row), cancel);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), row);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}
