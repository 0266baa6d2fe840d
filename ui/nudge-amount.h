/* nudge-amount.h - an amount: a slider, and the number beside it
 *
 * SPDX-License-Identifier: MIT
 *
 * Two gestures are told apart, as one of them changes the network. Keys, the wheel,
 * typing and assistive tools only set the amount. A drag of the slider's handle is one
 * deed: nothing until it is let go, and Escape abandons it.
 *
 *   "preview"  only what is shown is another one: the handle is held
 *   "set"      the amount is another one
 *   "apply"    so it is, and a drag that ended has made it so; "set" in its place if that
 *              is to land nothing
 *   "cancel"   the handle is held no more, and nothing came of it
 *
 * The amount in force may be changed elsewhere: by undo, or in a list. The slider is not
 * snapped to it, as the pointer may be on the way to it; it is marked as away, the amount in
 * force is named below, and what moves the slider is "preview", until the handle has met
 * the amount in force. From there on it is the user's again. So is a number that is typed.
 *
 * The number is the amount, to the last of nine digits; the slider's handle only
 * shows about where in its range that is, and may be typed beyond.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/whatif/nn-sweep.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_AMOUNT (nudge_amount_get_type ())
G_DECLARE_FINAL_TYPE (NudgeAmount, nudge_amount, NUDGE, AMOUNT, GtkWidget)

void nudge_amount_set_name (NudgeAmount *self, const char *name);
void nudge_amount_set_range (NudgeAmount *self, const NnQuestion *question);
void nudge_amount_set_value (NudgeAmount *self, float value);
float nudge_amount_get_value (NudgeAmount *self);
void nudge_amount_set_in_force (NudgeAmount *self, float in_force);
float nudge_amount_get_in_force (NudgeAmount *self);
void nudge_amount_set_lands (NudgeAmount *self, gboolean lands);
GtkRange *nudge_amount_get_slider (NudgeAmount *self);
gboolean nudge_amount_commit (NudgeAmount *self);

G_END_DECLS
