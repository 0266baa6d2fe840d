/* nudge-cards-panel.h - a card for each layer, and one for all of them
 *
 * SPDX-License-Identifier: MIT
 *
 *   "layer"  (string) (nullable) rw, the only one whose card is shown; "*" is all of them
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CARDS_PANEL (nudge_cards_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCardsPanel, nudge_cards_panel, NUDGE, CARDS_PANEL, NudgePanel)

G_END_DECLS
