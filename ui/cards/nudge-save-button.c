/* nudge-save-button.c - asks for the name to save a function under
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/cards/nudge-save-button.h"

struct _NudgeSaveButton {
  GtkWidget parent_instance;

  GtkWidget *button; /* the only child: disposal finds it by this */
  GtkWidget *popover;
  GtkEditable *entry;
  GtkLabel *message;
};

static guint save;

G_DEFINE_FINAL_TYPE (NudgeSaveButton, nudge_save_button, GTK_TYPE_WIDGET)

static void
save_cb (NudgeSaveButton *self)
{
  g_autofree char *wrong = NULL;

  g_signal_emit (self, save, 0, gtk_editable_get_text (self->entry), &wrong);
  gtk_label_set_text (self->message, wrong ? wrong : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), wrong != NULL);
  if (!wrong)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
shown_cb (NudgeSaveButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_editable_set_text (self->entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * nudge_save_button_set_name:
 * @name: what the button is called to those who cannot see it
 */
void
nudge_save_button_set_name (NudgeSaveButton *self, const char *name)
{
  g_return_if_fail (NUDGE_IS_SAVE_BUTTON (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
nudge_save_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_SAVE_BUTTON);
  G_OBJECT_CLASS (nudge_save_button_parent_class)->dispose (object);
}

static void
nudge_save_button_class_init (NudgeSaveButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_save_button_dispose;
  save = g_signal_new ("save", NUDGE_TYPE_SAVE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_STRING, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-save-button.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeSaveButton, button);
  gtk_widget_class_bind_template_child (widget_class, NudgeSaveButton, popover);
  gtk_widget_class_bind_template_child (widget_class, NudgeSaveButton, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeSaveButton, message);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_save_button_init (NudgeSaveButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
