/* nudge-layer-card.h - a layer's nudge: what, at what, how much, when
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows a nudge and lets a person change it; the layer "*" is all of them. What to do
 * with it is the listener's:
 *
 *   "apply"             apply nudge_layer_card_dup_nudge () once, now
 *   "standing-changed"  the nudge that repeats is another one, or repeats no more
 *   "question-changed"  nudge_layer_card_dup_question () is another one: ask it, as the
 *                       curve above the slider is drawn of the answers in frames
 *   "preview-changed"   show nudge_layer_card_get_preview (), or nothing any more
 *   "save-function"     (const char *name, const char *expression): keep this; the
 *                       listener returns what is wrong, if anything
 *
 * A held slider previews, and lands when it is let go: once, or, where the nudge repeats,
 * from then on. Keys, typing and assistive tools only set the amount and preview. A
 * preview is over once something landed, at Escape, and when both the focus and the
 * pointer have left the card.
 *
 * nudge_layer_card_set_standing_nudge () tells what of the card's is at work, which undo
 * or a list may have changed meanwhile. Another function, target or time is shown at
 * once; of another amount see nudge-amount.h. Setting from outside emits no
 * "standing-changed". Knows no session.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-catalogue.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LAYER_CARD (nudge_layer_card_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, NUDGE, LAYER_CARD, GtkWidget)

GtkWidget *nudge_layer_card_new (const char *layer);
const char *nudge_layer_card_get_layer (NudgeLayerCard *self);

void nudge_layer_card_set_nudge (NudgeLayerCard *self, NnNudge *nudge);
NnNudge *nudge_layer_card_dup_nudge (NudgeLayerCard *self) G_GNUC_WARN_UNUSED_RESULT;
NnNudge *nudge_layer_card_get_preview (NudgeLayerCard *self);
void nudge_layer_card_dup_question (NudgeLayerCard *self, NnQuestion *question);
gboolean
nudge_layer_card_set_target (NudgeLayerCard *self, const char *target, GError **error);

void nudge_layer_card_set_key (NudgeLayerCard *self, guint key);
void nudge_layer_card_set_functions (NudgeLayerCard *self,
                                     const NnFunction *functions,
                                     gsize n);
void nudge_layer_card_set_standing_nudge (NudgeLayerCard *self, NnNudge *nudge);
void nudge_layer_card_set_standing (NudgeLayerCard *self, gboolean standing);
void nudge_layer_card_follow_landings (NudgeLayerCard *self, const NnFrame *frame);
void nudge_layer_card_set_pending (NudgeLayerCard *self, gboolean pending);
void nudge_layer_card_set_frame (NudgeLayerCard *self, NnFrame *frame);

G_END_DECLS
