/* nudge-network-view-menu.c - the menu and the actions of a NudgeNetworkView
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/nudge-context-menu.h"
#include "ui/nudge-network-view-private.h"

static const char *
choose_menu (GtkWidget *widget, double x, double y)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (widget);
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));

  if (!frame)
    return NULL;
  if (x >= 0)
    self->context = nudge_network_view_find_at (self, x / scale, y / scale);
  else
    self->context =
        self->has_cursor ? self->cursor : (NudgeNetworkThing){ NUDGE_NETWORK_NOTHING };
  gtk_widget_action_set_enabled (widget, "network.select-incoming",
                                 self->context.column > 0);
  gtk_widget_action_set_enabled (widget, "network.select-outgoing",
                                 self->context.column < frame->architecture->n_layers);
  gtk_widget_action_set_enabled (widget, "network.clear", self->selected->len > 0);
  return self->context.kind == NUDGE_NETWORK_NEURON ? "network-neuron"
         : self->context.kind == NUDGE_NETWORK_EDGE ? "network-edge"
                                                    : "network";
}

static void
select_context (NudgeNetworkView *self, GdkModifierType state)
{
  if (nudge_picture_get_frame (NUDGE_PICTURE (self)))
    nudge_network_view_select_thing (self, &self->context, state);
}

static void
select_incoming_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_context (NUDGE_NETWORK_VIEW (widget), 0);
}

static void
select_outgoing_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_context (NUDGE_NETWORK_VIEW (widget), GDK_SHIFT_MASK);
}

static void
toggle_edge_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_context (NUDGE_NETWORK_VIEW (widget), GDK_CONTROL_MASK);
}

static void
clear_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nudge_network_view_select (NUDGE_NETWORK_VIEW (widget), NULL);
}

static void
open_context_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nudge_network_view_open (NUDGE_NETWORK_VIEW (widget),
                           &NUDGE_NETWORK_VIEW (widget)->context);
}

static void
edit_context_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NudgeNetworkView *self = NUDGE_NETWORK_VIEW (widget);

  if (nudge_picture_get_frame (NUDGE_PICTURE (self)))
    nudge_network_view_edit (self, &self->context);
}

static void
show_next_example_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  nudge_network_view_show_example (NUDGE_NETWORK_VIEW (widget),
                                   g_variant_get_int32 (parameter));
}

void
nudge_network_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "network.select-incoming", NULL,
                                   select_incoming_cb);
  gtk_widget_class_install_action (widget_class, "network.select-outgoing", NULL,
                                   select_outgoing_cb);
  gtk_widget_class_install_action (widget_class, "network.toggle-edge", NULL,
                                   toggle_edge_cb);
  gtk_widget_class_install_action (widget_class, "network.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "network.edit", NULL, edit_context_cb);
  gtk_widget_class_install_action (widget_class, "network.open", NULL, open_context_cb);
  gtk_widget_class_install_action (widget_class, "network.next-example", "i",
                                   show_next_example_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "network.next-example",
                                       "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_SHIFT_MASK,
                                       "network.next-example", "i", -1);
}

void
nudge_network_view_add_menu (NudgeNetworkView *self)
{
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
}
