/* nudge-cards.h - what the cards show, between the user and the session
 *
 * SPDX-License-Identifier: MIT
 *
 * Owns a NudgeCardState for all layers together, at index 0, and one for each of them. What
 * a user does on a card becomes a command to the session; each frame is read for what
 * came of it.
 *
 *   "changed"            (guint index) that card is to be shown anew
 *   "functions-changed"  the user's own functions are others
 *   "commanded"          the session was given something to do, so a frame is due
 *   "nudged"             and that was to apply a nudge now, once
 *
 * Events address the list of repeating nudges by index, so all of those that change the
 * list go through nudge_cards_do (), which knows what the list will be by then, though no
 * frame has shown it yet.
 */

#pragma once

#include <glib-object.h>

#include "nn/nudge/nn-functions.h"
#include "nn/train/nn-session.h"
#include "ui/nudge-card-state.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_CARDS (nudge_cards_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCards, nudge_cards, NUDGE, CARDS, GObject)

NudgeCards *nudge_cards_new (NnSession *session,
                             const NnExperiment *experiment) G_GNUC_WARN_UNUSED_RESULT;
guint nudge_cards_get_n (NudgeCards *self);
const NudgeCardState *nudge_cards_get_state (NudgeCards *self, guint index);
const NnFunctions *nudge_cards_get_functions (NudgeCards *self);

void nudge_cards_act (NudgeCards *self, guint index, NudgeAction action, NnNudge *nudge);
void nudge_cards_set_shown (NudgeCards *self, guint index, gboolean shown);
gboolean nudge_cards_aim (NudgeCards *self, const char *target, GError **error);
char *nudge_cards_save_function (NudgeCards *self,
                                 guint index,
                                 const char *name,
                                 const char *expression);
void nudge_cards_do (NudgeCards *self, const NnEvent *event);
void nudge_cards_set_frame (NudgeCards *self, const NnFrame *frame);

G_END_DECLS
