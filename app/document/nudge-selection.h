/* nudge-selection.h - what is selected in the network: the parts that cards are aimed at
 *
 * SPDX-License-Identifier: MIT
 *
 * To select in the network and to choose a card's target are one thing. A card whose target
 * becomes a part of its layer selects that; selecting a part makes it the target of its
 * layer's card, and ends the selections of the others, whose cards go back to the target
 * they had before.
 *
 *   "targets"  (property) (GStrv) "fc1.weight[2]", at most one of each layer
 */

#pragma once

#include "app/document/nudge-cards.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_SELECTION (nudge_selection_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSelection, nudge_selection, NUDGE, SELECTION, GObject)

NudgeSelection *nudge_selection_new (NudgeCards *cards) G_GNUC_WARN_UNUSED_RESULT;
const char *const *nudge_selection_get_targets (NudgeSelection *self);
gboolean
nudge_selection_select (NudgeSelection *self, const char *target, GError **error);

G_END_DECLS
