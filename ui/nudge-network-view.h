/* nudge-network-view.h - the network, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, a picture out: hover reads a weight or a neuron, a layer that a
 * nudge has just touched pulses. Knows no session.
 */

#pragma once

#include "ui/nudge-picture.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_NETWORK_VIEW (nudge_network_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNetworkView,
                      nudge_network_view,
                      NUDGE,
                      NETWORK_VIEW,
                      NudgePicture)

GtkWidget *nudge_network_view_new (void);
void nudge_network_view_set_frame (NudgeNetworkView *self, NnFrame *frame);
void nudge_network_view_pulse (NudgeNetworkView *self, gsize layer);

G_END_DECLS
