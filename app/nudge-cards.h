/* nudge-cards.h - the column of layer cards, between the hand and the session
 *
 * SPDX-License-Identifier: MIT
 *
 * Owns a card for each layer and one for all of them, which shows itself while a
 * toggle button is down. What a person does on a card becomes a command to the
 * session, and each frame is handed to the cards. The window hears of
 *
 *   "commanded"  the session was given something to do, so a frame is due
 *   "nudged"     and that was to apply a nudge now, once
 *
 * What else changes the list of nudges that repeat goes through nudge_cards_do (), so that
 * the cards are told when it has been done.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-session.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CARDS (nudge_cards_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCards, nudge_cards, NUDGE, CARDS, GObject)

NudgeCards *nudge_cards_new (GtkBox *column, GtkToggleButton *all_layers);
void
nudge_cards_open (NudgeCards *self, NnSession *session, const NnExperiment *experiment);
void nudge_cards_close (NudgeCards *self);
void nudge_cards_set_frame (NudgeCards *self, NnFrame *frame);
guint64 nudge_cards_do (NudgeCards *self, const NnEvent *event);
gboolean nudge_cards_set_target (NudgeCards *self, const char *target, GError **error);

G_END_DECLS
