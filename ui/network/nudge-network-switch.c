/* nudge-network-switch.c - chooses the quantity that the network shows, and its scale
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/network/nudge-network-switch.h"

#include <glib/gi18n.h>

#include "ui/draw/base/nudge-quantity.h"

struct _NudgeNetworkSwitch {
  GtkWidget parent_instance;

  GtkWidget *button; /* the only child: disposal finds it by this */
  GtkLabel *label;
  GtkBox *list;
  GtkWidget *held;
  GtkAdjustment *threshold;

  NudgeNetworkView *view; /* (not owned) lives as long as this: both are the panel's */
  NnQuantities known;
  NnOptimizerType type;
  GtkCheckButton *rows[NN_N_QUANTITIES]; /* (not owned) the list's */
};

G_DEFINE_FINAL_TYPE (NudgeNetworkSwitch, nudge_network_switch, GTK_TYPE_WIDGET)

static void
toggled_cb (NudgeNetworkSwitch *self, GtkCheckButton *row)
{
  guint quantity = 0;

  if (!gtk_check_button_get_active (row))
    return;
  while (self->rows[quantity] != row)
    quantity++;
  g_object_set (self->view, "quantity", quantity, NULL);
}

/* What is not known of the run, such as a moment that its optimizer does not have, is not in
 * the list. */
static void
name_rows (NudgeNetworkSwitch *self)
{
  for (guint i = 0; i < NN_N_QUANTITIES; i++) {
    const gboolean is_known = (self->known & NN_QUANTITY_BIT (i)) != 0;
    g_autofree char *title =
        is_known ? nudge_quantity_dup_title ((NnQuantity) i, self->type) : NULL;

    gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), is_known);
    if (!is_known)
      continue;
    gtk_check_button_set_label (self->rows[i], title);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i]),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  }
}

static void
show_quantity (NudgeNetworkSwitch *self)
{
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  guint quantity;

  g_object_get (self->view, "quantity", &quantity, NULL);
  title = nudge_quantity_dup_title ((NnQuantity) quantity, self->type);
  /* Translators: what the network's picture shows: weights, gradients … */
  name = g_strdup_printf (_ ("Shown: %s"), title);
  gtk_label_set_text (self->label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_active (self->rows[quantity], TRUE);
}

/**
 * nudge_network_switch_set_known:
 * @type: whose moments they are
 *
 * What is known is in the list; what is not is not shown any more.
 */
void
nudge_network_switch_set_known (NudgeNetworkSwitch *self,
                                NnQuantities known,
                                NnOptimizerType type)
{
  guint quantity;

  g_return_if_fail (NUDGE_IS_NETWORK_SWITCH (self));

  if (self->known == known && self->type == type)
    return;
  self->known = known;
  self->type = type;
  name_rows (self);
  g_object_get (self->view, "quantity", &quantity, NULL);
  if (!(known & NN_QUANTITY_BIT (quantity)))
    g_object_set (self->view, "quantity", NN_QUANTITY_VALUE, NULL);
  show_quantity (self);
}

static void
make_rows (NudgeNetworkSwitch *self)
{
  for (guint i = 0; i < NN_N_QUANTITIES; i++) {
    GtkWidget *row = gtk_check_button_new ();

    self->rows[i] = GTK_CHECK_BUTTON (row);
    gtk_check_button_set_group (self->rows[i], i > 0 ? self->rows[0] : NULL);
    g_signal_connect_object (row, "toggled", G_CALLBACK (toggled_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (self->list, row);
  }
  name_rows (self);
}

static void
nudge_network_switch_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NUDGE_TYPE_NETWORK_SWITCH);
  G_OBJECT_CLASS (nudge_network_switch_parent_class)->dispose (object);
}

static void
nudge_network_switch_class_init (NudgeNetworkSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_network_switch_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/nudgelab/Nudge/ui/nudge-network-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeNetworkSwitch, button);
  gtk_widget_class_bind_template_child (widget_class, NudgeNetworkSwitch, label);
  gtk_widget_class_bind_template_child (widget_class, NudgeNetworkSwitch, list);
  gtk_widget_class_bind_template_child (widget_class, NudgeNetworkSwitch, held);
  gtk_widget_class_bind_template_child (widget_class, NudgeNetworkSwitch, threshold);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
nudge_network_switch_init (NudgeNetworkSwitch *self)
{
  self->known = nn_quantity_list (self->type);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nudge_network_switch_new:
 * @view: whose properties it sets; not owned, must be there as long as this
 */
GtkWidget *
nudge_network_switch_new (NudgeNetworkView *view)
{
  NudgeNetworkSwitch *self = g_object_new (NUDGE_TYPE_NETWORK_SWITCH, NULL);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->view = view;
  make_rows (self);
  g_object_bind_property (view, "held", self->held, "active", both);
  g_object_bind_property (view, "threshold", self->threshold, "value", both);
  g_signal_connect_object (view, "notify::quantity", G_CALLBACK (show_quantity), self,
                           G_CONNECT_SWAPPED);
  show_quantity (self);
  return GTK_WIDGET (self);
}
