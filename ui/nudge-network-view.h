/* nudge-network-view.h - the network, live
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, a picture out: hover reads a weight or a neuron, a layer that a
 * nudge has just touched pulses. A click on a neuron selects the edges that feed it,
 * with Shift those that leave it, a click on an edge that edge, with Ctrl besides
 * others; what was clicked last is told of for as long as nothing else is. The arrow keys
 * go from neuron to neuron, E along the edges that feed it, Return selects as a click does,
 * Escape nothing any more. F2 and a double click ask for a new value. Knows no session.
 *
 * Properties, all rw, of what is shown of each weight:
 *
 *   "quantity"   (uint) an NnQuantity: V goes to the next one, Shift and V back; what the
 *                frames do not have is not shown yet
 *   "held"       the scale stays as it is, and does not follow the frames
 *   "threshold"  what is below this share of the scale is left out
 *
 *   "watched"    (int64) only to be read: where in the flat vector of parameters the value
 *                is of which all is told; -1: none
 *
 * Signals:
 *
 *   "selected"  a user wants this to be selected, in place of all else: a target as text,
 *               or NULL. What is selected is shown once the listener has set it
 *   "chosen"    (const NnSampleChoice *): a user wants this sample to be shown: N goes to
 *               the next example, Shift and N back
 *   "opened"    (uint layer): a user wants all weights that feed the layer to be shown: a
 *               double click on a heat map, or M
 *   "typed"     a user wants this nudge, a text, to be applied once
 */

#pragma once

#include "ui/draw/nudge-network-lens.h"
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
const NudgeNetworkLens *nudge_network_view_get_lens (NudgeNetworkView *self);
void nudge_network_view_set_selected (NudgeNetworkView *self, const char *const *targets);
char *nudge_network_view_dup_reading (NudgeNetworkView *self);
void nudge_network_view_pulse (NudgeNetworkView *self, gsize layer);

G_END_DECLS
