/* nudge-cards-panel.h - a card for each layer, and one for all of them
 *
 * SPDX-License-Identifier: MIT
 *
 *   "layer"  (string) (nullable) rw, the only layer whose card is shown; "*" is the
 *            card for all of them; NULL: every card
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CARDS_PANEL (nudge_cards_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCardsPanel, nudge_cards_panel, NUDGE, CARDS_PANEL, NudgePanel)

G_END_DECLS
