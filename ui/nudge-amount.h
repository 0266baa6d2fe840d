/* nudge-amount.h - an amount: a slider, and the number beside it
 *
 * SPDX-License-Identifier: MIT
 *
 * Two gestures are told apart, as one of them changes the network. Keys, the wheel,
 * typing and assistive tools only set the amount ("changed"). A drag of the slider's
 * handle is one deed: nothing until it is let go ("landed"), and Escape abandons it.
 *
 * The number is the amount, to the last of nine digits; the slider's handle only
 * shows about where in its range that is, and may be typed beyond.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-catalogue.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_AMOUNT (nudge_amount_get_type ())
G_DECLARE_FINAL_TYPE (NudgeAmount, nudge_amount, NUDGE, AMOUNT, GtkWidget)

void nudge_amount_set_name (NudgeAmount *self, const char *name);
void nudge_amount_set_range (NudgeAmount *self, const NnFunction *function);
void nudge_amount_set_value (NudgeAmount *self, float value);
float nudge_amount_get_value (NudgeAmount *self);
gboolean nudge_amount_commit (NudgeAmount *self);

G_END_DECLS
