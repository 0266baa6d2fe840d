/* nudge-network-view-private.h - what the files of NudgeNetworkView share
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "ui/draw/network/nudge-network-reading.h"
#include "ui/network/nudge-network-view.h"
#include "ui/network/nudge-pulse.h"
#include "ui/network/nudge-value-editor.h"

G_BEGIN_DECLS

struct _NudgeNetworkView {
  NudgePicture parent_instance;

  NudgeNetworkLens lens;
  NudgePulse *pulse; /* (owned) of the layer that a nudge has just touched */

  GArray *selected; /* (owned) (element-type NnTarget) at most one of a layer */
  gboolean has_cursor;
  gboolean by_key;           /* the cursor was last moved by a key */
  NudgeNetworkThing cursor;  /* the neuron that arrow keys have reached */
  NudgeNetworkThing context; /* what the menu is for */
  NudgeNetworkThing pinned;  /* clicked last: described if nothing else is */
  NudgeNetworkThing read;    /* what the last drawing described */
  gssize watched;            /* the index of its value; -1: none */

  NudgeValueEditor *editor; /* (owned) */
};

/* Which thing is described: nudge-network-view-read.c */
NnQuantity nudge_network_view_get_shown (NudgeNetworkView *self);
NudgeNetworkThing nudge_network_view_find_at (NudgeNetworkView *self, double x, double y);
NudgeNetworkThing nudge_network_view_find_read (NudgeNetworkView *self);
void nudge_network_view_watch (NudgeNetworkView *self);

/* What input and menu do: nudge-network-view-actions.c */
void nudge_network_view_select (NudgeNetworkView *self, const char *target);
void nudge_network_view_select_thing (NudgeNetworkView *self,
                                      const NudgeNetworkThing *thing,
                                      GdkModifierType state);
void nudge_network_view_edit (NudgeNetworkView *self, const NudgeNetworkThing *thing);
void nudge_network_view_open (NudgeNetworkView *self, const NudgeNetworkThing *thing);
void nudge_network_view_install_actions (GtkWidgetClass *widget_class);

/* nudge-network-view-input.c, nudge-network-view-menu.c */
void nudge_network_view_add_input (NudgeNetworkView *self);
void nudge_network_view_add_menu (NudgeNetworkView *self);

G_END_DECLS
