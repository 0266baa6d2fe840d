/* nudge-layer-card.h - the card of a layer or a tensor: function, target, amount, time
 *
 * SPDX-License-Identifier: MIT
 *
 * A view of one NudgeCardState, for one layer or, with the name "*", for all layers. It
 * changes nothing itself: it emits "changed", and shows what its owner has made of that
 * at nudge_layer_card_show (). Knows no session.
 *
 *   "changed"        (NudgeAction action, NnNudge *nudge) what the user has done, and the
 *                    nudge that the card is about from now on
 *   "save-function"  (const char *name, const char *expression) save this function; the
 *                    listener returns what is wrong: a string (transfer full) (nullable)
 *   "copy-script"    (NnNudge*) the user asks for it as PyTorch code
 *
 * A slider that is held previews; when it is released, the nudge is applied once or, if
 * it repeats, changed. Keys, typing and assistive tools only set the amount and
 * preview. A preview ends when something is applied, at Escape, and when both focus and
 * pointer have left the card.
 *
 * A card of a file is for one of its tensors or, with the name "*", for several: it has
 * no loss, and nothing repeats.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/expression/nn-catalogue.h"
#include "nn/patch/nn-file-version.h"
#include "ui/cards/nudge-card-state.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LAYER_CARD (nudge_layer_card_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLayerCard, nudge_layer_card, NUDGE, LAYER_CARD, GtkWidget)

GtkWidget *nudge_layer_card_new (const char *layer);
GtkWidget *nudge_layer_card_new_of_file (const char *target, NnFileVersion *file);
void nudge_layer_card_set_functions (NudgeLayerCard *self,
                                     const NnFunction *functions,
                                     gsize n);
void
nudge_layer_card_show (NudgeLayerCard *self, const NudgeCardState *state, NnFrame *frame);

G_END_DECLS
