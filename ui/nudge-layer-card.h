/* nudge-layer-card.h - a layer's or a tensor's nudge: what, at what, how much, when
 *
 * SPDX-License-Identifier: MIT
 *
 * A view of one value, the NudgeCardState, for one layer or, called "*", for all of them:
 *
 *   "changed"        (NudgeAction action, NnNudge *nudge): what a user has done, and what
 *                    the card is about from then on. The listener puts it into the state
 *                    and shows that: the card itself takes nothing over
 *   "save-function"  (const char *name, const char *expression): keep this; the listener
 *                    returns what is wrong, if anything
 *   "copy-script"    (NnNudge *nudge): is to be copied as lines of PyTorch
 *
 * A held slider previews, and lands when it is let go: once, or, where the nudge repeats,
 * from then on. Keys, typing and assistive tools only set the amount and preview. A
 * preview is over once something landed, at Escape, and when both the focus and the
 * pointer have left the card.
 *
 * A card of a file is for one of its tensors or, called "*", for several: it has no loss, and
 * nothing repeats.
 *
 * What comes of it is shown by nudge_layer_card_show (), and only there. Knows no session.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-catalogue.h"
#include "nn/patch/nn-file-version.h"
#include "ui/nudge-card-state.h"

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
