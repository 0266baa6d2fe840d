/* nudge-card-column.h - the layer cards, as widgets one below the other
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows what NudgeCards has, and hands it what a user does. The card for all layers shows
 * itself while a toggle button is down.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/nudge-cards.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CARD_COLUMN (nudge_card_column_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCardColumn, nudge_card_column, NUDGE, CARD_COLUMN, GObject)

NudgeCardColumn *
nudge_card_column_new (GtkBox *column,
                       GtkToggleButton *all_layers) G_GNUC_WARN_UNUSED_RESULT;
void nudge_card_column_set_cards (NudgeCardColumn *self, NudgeCards *cards);
void nudge_card_column_set_frame (NudgeCardColumn *self, NnFrame *frame);

G_END_DECLS
