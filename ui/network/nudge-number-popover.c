/* nudge-number-popover.c - asks for a new number
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-number-popover.h"

#include <glib/gi18n.h>

#include "ui/text/nudge-number.h"

struct _NudgeNumberPopover {
  GtkPopover parent_instance;

  GtkLabel *name;
  GtkEditable *entry;
  GtkLabel *message;
  float present;
};

static guint accepted;

G_DEFINE_FINAL_TYPE (NudgeNumberPopover, nudge_number_popover, GTK_TYPE_POPOVER)

static gboolean
read_number (NudgeNumberPopover *self, double *number)
{
  g_autoptr (GError) error = NULL;
  const gboolean reads = nudge_number_parse (gtk_editable_get_text (self->entry),
                                             (double) self->present, number, &error);

  gtk_label_set_text (self->message, reads ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), !reads);
  if (reads)
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  return reads;
}

static void
changed_cb (NudgeNumberPopover *self)
{
  double number;

  read_number (self, &number);
}

static void
activate_cb (NudgeNumberPopover *self)
{
  double number;

  if (!read_number (self, &number))
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, accepted, 0, number);
}

/**
 * nudge_number_popover_set_present:
 *
 * What a change that is typed is a change of: it may go on while one types.
 */
void
nudge_number_popover_set_present (NudgeNumberPopover *self, float present)
{
  g_return_if_fail (NUDGE_IS_NUMBER_POPOVER (self));

  self->present = present;
}

/**
 * nudge_number_popover_ask:
 * @name: of what has the number
 * @at: where that is, in the parent's pixels
 */
void
nudge_number_popover_ask (NudgeNumberPopover *self,
                          const char *name,
                          float present,
                          const GdkRectangle *at)
{
  g_autofree char *text = nudge_number_format_exact (present);
  g_autofree char *label = g_strdup_printf (_ ("New value of %s"), name);

  g_return_if_fail (NUDGE_IS_NUMBER_POPOVER (self));

  self->present = present;
  gtk_label_set_text (self->name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_editable_set_text (self->entry, text);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

static void
nudge_number_popover_class_init (NudgeNumberPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  accepted = g_signal_new ("accepted", NUDGE_TYPE_NUMBER_POPOVER, G_SIGNAL_RUN_LAST, 0,
                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-number-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeNumberPopover, name);
  gtk_widget_class_bind_template_child (widget_class, NudgeNumberPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeNumberPopover, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
nudge_number_popover_init (NudgeNumberPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
nudge_number_popover_new (void)
{
  return g_object_new (NUDGE_TYPE_NUMBER_POPOVER, NULL);
}
