/* nudge-network-view.h - the network, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows the frames that it is given. Hover reads a weight or a neuron; a layer that a
 * nudge has just changed pulses. A click on a neuron selects the edges that feed it,
 * with Shift those that leave it; a click on an edge selects that; with Ctrl it is
 * added to the selection. What was clicked last is read while nothing is under the
 * pointer. The arrow keys go from neuron to neuron, E along the edges that feed one,
 * Return selects as a click does, Escape ends the selection. F2 and a double click ask
 * for a new value. Knows no session.
 *
 * Properties, of what is shown of each weight:
 *
 *   "quantity"   (uint) rw, an NnQuantity: V is the next one, Shift+V the one before;
 *                nothing is shown of it until frames have it
 *   "held"       (boolean) rw, the scale stays, and does not follow the frames
 *   "threshold"  (double) rw, edges below this share of the scale are hidden
 *   "watched"    (int64) read-only, the value that is read, as an index into the flat
 *                vector of parameters; -1: none
 *
 * Signals:
 *
 *   "selected"  (const char *target) (nullable) the user wants this selected, and nothing
 *               else; shown once the listener has set it
 *   "chosen"    (const NnSampleChoice*) the user wants this sample to be shown: N is the
 *               next example, Shift+N the one before
 *   "opened"    (uint layer) the user wants all weights that feed the layer: a double
 *               click on a heat map, or M
 *   "typed"     (const char *nudge) the user wants this nudge applied once
 */

#pragma once

#include "ui/base/nudge-picture.h"
#include "ui/draw/network/nudge-network-lens.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_NETWORK_VIEW (nudge_network_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNetworkView,
                      nudge_network_view,
                      NUDGE,
                      NETWORK_VIEW,
                      NudgePicture)

GtkWidget *nudge_network_view_new (void);
void nudge_network_view_set_frame (NudgeNetworkView *self, NnFrame *frame);
const NudgeNetworkLens *nudge_network_view_get_lens (NudgeNetworkView *self);
void nudge_network_view_set_selected (NudgeNetworkView *self, const char *const *targets);
char *nudge_network_view_dup_reading (NudgeNetworkView *self);
void nudge_network_view_pulse (NudgeNetworkView *self, gsize layer);

G_END_DECLS
