/* nudge-selection.h - what is selected in the network: the target of each layer's card
 *
 * SPDX-License-Identifier: MIT
 *
 * A selection in the network and a card's target are the same thing. A card whose target
 * becomes a part of its layer selects that part. Selecting a part makes it the target of
 * its layer's card, and ends the selections in other layers, whose cards get the targets
 * back that they had before.
 *
 *   "targets"  (GStrv) such as "fc1.weight[2]", at most one for each layer
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
