/* nudge-sample-button.c - chooses the example that is sent through the network
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-sample-button.h"

#include <glib/gi18n.h>

#include "ui/draw/network/nudge-network-sample.h"

struct _NudgeSampleButton {
  GtkWidget parent_instance;

  GtkWidget *button; /* the only child: disposal finds it by this */
  GtkWidget *popover;
  GtkLabel *label;
  GtkSpinButton *number;
  GtkLabel *words;
  GtkWidget *none;

  NnFrame *frame; /* (owned) (nullable) */
  NnSampleChoice choice;
  gboolean showing; /* it is not the user who changes the number */
};

static guint chosen;

G_DEFINE_FINAL_TYPE (NudgeSampleButton, nudge_sample_button, GTK_TYPE_WIDGET)

static void
number_cb (NudgeSampleButton *self)
{
  const NnSampleChoice choice = {
    .any = TRUE,
    .example = (gsize) gtk_spin_button_get_value_as_int (self->number),
  };

  if (!self->showing)
    g_signal_emit (self, chosen, 0, &choice);
}

static void
none_cb (NudgeSampleButton *self)
{
  const NnSampleChoice choice = { 0 };

  g_signal_emit (self, chosen, 0, &choice);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
show (NudgeSampleButton *self)
{
  g_autofree char *title = nudge_sample_dup_title (self->frame, &self->choice);
  /* Translators: the example that is shown on its way through the network */
  g_autofree char *name = g_strdup_printf (_ ("Sample: %s"), title);
  g_autofree char *words = self->frame && self->frame->sample
                               ? nudge_sample_dup_words (self->frame)
                               : g_strdup ("");

  gtk_label_set_text (self->label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (gtk_widget_get_visible (self->popover))
    gtk_label_set_text (self->words, words);
  gtk_widget_set_sensitive (self->none, self->choice.any);
}

/* To open it is to want one. */
static void
shown_cb (NudgeSampleButton *self)
{
  if (!self->choice.any)
    number_cb (self);
  show (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}

/**
 * nudge_sample_button_set_frame:
 * @frame: (nullable): whose data it is chosen from
 */
void
nudge_sample_button_set_frame (NudgeSampleButton *self, NnFrame *frame)
{
  g_return_if_fail (NUDGE_IS_SAMPLE_BUTTON (self));

  g_clear_pointer (&self->frame, nn_frame_unref);
  self->frame = frame ? nn_frame_ref (frame) : NULL;
  gtk_widget_set_sensitive (self->button, frame && frame->dataset);
  self->showing = TRUE;
  if (frame && frame->dataset)
    gtk_spin_button_set_range (self->number, 0, (double) frame->dataset->n_examples - 1);
  self->showing = FALSE;
  if (gtk_widget_get_visible (self->popover))
    show (self);
}

void
nudge_sample_button_set_choice (NudgeSampleButton *self, const NnSampleChoice *choice)
{
  g_return_if_fail (NUDGE_IS_SAMPLE_BUTTON (self));

  self->choice = *choice;
  self->showing = TRUE;
  if (choice->any)
    gtk_spin_button_set_value (self->number, (double) choice->example);
  self->showing = FALSE;
  show (self);
}

static void
nudge_sample_button_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_SAMPLE_BUTTON (object)->frame, nn_frame_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_SAMPLE_BUTTON);
  G_OBJECT_CLASS (nudge_sample_button_parent_class)->dispose (object);
}

static void
nudge_sample_button_class_init (NudgeSampleButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_sample_button_dispose;
  chosen = g_signal_new ("chosen", NUDGE_TYPE_SAMPLE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-sample-button.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeSampleButton, button);
  gtk_widget_class_bind_template_child (widget_class, NudgeSampleButton, popover);
  gtk_widget_class_bind_template_child (widget_class, NudgeSampleButton, label);
  gtk_widget_class_bind_template_child (widget_class, NudgeSampleButton, number);
  gtk_widget_class_bind_template_child (widget_class, NudgeSampleButton, words);
  gtk_widget_class_bind_template_child (widget_class, NudgeSampleButton, none);
  gtk_widget_class_bind_template_callback (widget_class, number_cb);
  gtk_widget_class_bind_template_callback (widget_class, none_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_sample_button_init (NudgeSampleButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
nudge_sample_button_new (void)
{
  return g_object_new (NUDGE_TYPE_SAMPLE_BUTTON, NULL);
}
