/* nudge-network-view-deeds.c - what a user can do with a thing of a NudgeNetworkView
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/nudge-network-sample.h"
#include "ui/draw/nudge-network-selection.h"
#include "ui/nudge-network-view-private.h"

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

  if (nudge_network_find_place (nudge_picture_get_frame (NUDGE_PICTURE (self)),
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

void
nudge_network_view_show_example (NudgeNetworkView *self, int direction)
{
  const NnFrame *frame = nudge_picture_get_frame (NUDGE_PICTURE (self));
  NnSampleChoice choice;

  if (frame == NULL || frame->dataset == NULL)
    return;
  choice = nudge_sample_find_next (frame, direction);
  g_signal_emit_by_name (self, "chosen", &choice);
}
