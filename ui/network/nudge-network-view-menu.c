/* nudge-network-view-menu.c - the context menu of a NudgeNetworkView
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/base/nudge-context-menu.h"
#include "ui/network/nudge-network-view-private.h"

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

void
nudge_network_view_add_menu (NudgeNetworkView *self)
{
  nudge_context_menu_add (GTK_WIDGET (self), choose_menu);
}
