/* nudge-tensor-cards.h - a card for the selected tensor, and one for several
 *
 * SPDX-License-Identifier: MIT
 *
 * Signals:
 *
 *   "preview"      (NnNudge*) (nullable) to show in the tensor's pictures; NULL: none
 *   "apply"        (NnNudge*)
 *   "copy-script"  (NnNudge*) the user asks for it as PyTorch code
 */

#pragma once

#include <gtk/gtk.h>

#include "app/tensors/nudge-tensor-document.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_CARDS (nudge_tensor_cards_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorCards,
                      nudge_tensor_cards,
                      NUDGE,
                      TENSOR_CARDS,
                      GtkWidget)

void nudge_tensor_cards_set_file (NudgeTensorCards *self, NnFileVersion *file);
void nudge_tensor_cards_set_tensor (NudgeTensorCards *self, NudgeTensor *tensor);
void nudge_tensor_cards_end_preview (NudgeTensorCards *self);

G_END_DECLS
