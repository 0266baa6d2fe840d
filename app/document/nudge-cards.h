/* nudge-cards.h - the cards of a document, between the user and the session
 *
 * SPDX-License-Identifier: MIT
 *
 * Owns a NudgeCardState for all layers together, at index 0, and one for each layer after
 * it, in the order of the newest frame's network. What a user does on a card becomes an
 * event for the session; each frame says what became of it.
 *
 * Properties:
 *
 *   "all-layers"  (boolean) rw, whether the card for all layers is shown
 *
 * Signals:
 *
 *   "changed"     (guint index) the state of that card has changed
 *   "layers"      the network has been edited: there are other cards, all to be shown
 *                 again
 */

#pragma once

#include <glib-object.h>

#include "app/document/nudge-session.h"
#include "ui/cards/nudge-card-state.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CARDS (nudge_cards_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCards, nudge_cards, NUDGE, CARDS, GObject)

NudgeCards *nudge_cards_new (NudgeSession *session,
                             const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;
guint nudge_cards_get_n (NudgeCards *self);
const NudgeCardState *nudge_cards_get_state (NudgeCards *self, guint index);

void nudge_cards_act (NudgeCards *self, guint index, NudgeAction action, NnNudge *nudge);
gboolean
nudge_cards_aim (NudgeCards *self, guint index, const char *target, GError **error);
void nudge_cards_set_folded (NudgeCards *self, guint index, gboolean folded);
char *nudge_cards_save_function (NudgeCards *self,
                                 guint index,
                                 const char *name,
                                 const char *expression);
void nudge_cards_set_frame (NudgeCards *self, const NnFrame *frame);

G_END_DECLS
