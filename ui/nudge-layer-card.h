/* nudge-layer-card.h - one layer's nudge: a function, an amount, once or again and again
 *
 * SPDX-License-Identifier: MIT
 *
 * Shows a nudge and lets a person change it. What to do with it is the listener's:
 *
 *   "apply"             apply nudge_layer_card_dup_nudge () once, now
 *   "standing-changed"  the nudge that repeats is another one, or repeats no more
 *
 * Setting it from outside emits neither. Knows no session.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LAYER_CARD (nudge_layer_card_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, NUDGE, LAYER_CARD, GtkWidget)

GtkWidget *nudge_layer_card_new (const char *layer);
const char *nudge_layer_card_get_layer (NudgeLayerCard *self);
void nudge_layer_card_set_nudge (NudgeLayerCard *self, NnNudge *nudge);
NnNudge *nudge_layer_card_dup_nudge (NudgeLayerCard *self) G_GNUC_WARN_UNUSED_RESULT;
void nudge_layer_card_set_standing (NudgeLayerCard *self, gboolean standing);

G_END_DECLS
