/* nudge-card-counts.h - how often a card's repeating nudge changed nothing
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/cards/nudge-card-state.h"

G_BEGIN_DECLS

void nudge_card_counts_show (GtkLabel *label,
                             const NudgeCardState *state,
                             const NnFrame *frame);

G_END_DECLS
