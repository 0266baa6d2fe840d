/* nudge-network-view-actions.c - selects, edits and opens things of a NudgeNetworkView
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-sample.h"
#include "ui/draw/network/nudge-network-selection.h"
#include "ui/network/nudge-network-view-private.h"

/* Returns: (nullable): what is selected of the layer that @edge leads to */
static const NnTarget *
find_selected (NudgeNetworkView *self,
               const NnArchitecture *architecture,
               const NudgeNetworkThing *edge)
{
  for (guint i = 0; i < self->selected->len; i++) {
    const NnTarget *target = &g_array_index (self->selected, NnTarget, i);

    if (g_str_equal (target->layer, architecture->layers[edge->column - 1].name))
      return target;
  }
  return NULL;
}

void
nudge_network_view_select (NudgeNetworkView *self, const char *target)
{
  g_signal_emit_by_name (self, "selected", target);
}

void
nudge_network_view_select_thing (NudgeNetworkView *self,
                                 const NudgeNetworkThing *thing,
                                 GdkModifierType state)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  g_autofree char *target = NULL;

  if (thing->kind == NUDGE_NETWORK_EDGE && (state & GDK_CONTROL_MASK)) {
    target = nudge_network_dup_toggled (
        frame->architecture, find_selected (self, frame->architecture, thing), thing);
  } else {
    /* A feature has nothing that feeds it. */
    gboolean outgoing = (state & GDK_SHIFT_MASK) || thing->column == 0;

    target = nudge_network_dup_target (frame->architecture, thing, outgoing);
  }
  if (target || self->selected->len > 0)
    nudge_network_view_select (self, target);
}

void
nudge_network_view_edit (NudgeNetworkView *self, const NudgeNetworkThing *thing)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const double scale = nudge_picture_get_scale (NUDGE_PICTURE (self));
  double x, y;

  if (nudge_network_find_center (nudge_picture_get_frame (NUDGE_PICTURE (self)),
                                 gtk_widget_get_width (widget) / scale,
                                 gtk_widget_get_height (widget) / scale, thing, &x, &y))
    nudge_value_editor_ask (self->editor, thing, x, y);
}

void
nudge_network_view_open (NudgeNetworkView *self, const NudgeNetworkThing *thing)
{
  if (thing->kind != NUDGE_NETWORK_NOTHING)
    g_signal_emit_by_name (self, "opened", (guint) MAX (thing->column, 1) - 1);
}

static void
show_example (NudgeNetworkView *self, int direction)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  NnSampleChoice choice;

  if (frame == NULL || frame->dataset == NULL)
    return;
  choice = nudge_sample_find_next (frame, direction);
  g_signal_emit_by_name (self, "chosen", &choice);
}

/* --- As widget actions, of the thing that the menu is for ---------------------------- */

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
  show_example (NUDGE_NETWORK_VIEW (widget), g_variant_get_int32 (parameter));
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
