/* nudge-amount.h - the amount of a nudge: a slider, and the number beside it
 *
 * SPDX-License-Identifier: MIT
 *
 * Two gestures differ, as one of them changes the network. Keys, the wheel, typing and
 * assistive tools only set the amount. Dragging the slider is one action: nothing happens
 * until it is released, and Escape gives it up.
 *
 *   "preview"  the slider is held, at another amount than before
 *   "set"      the amount has changed
 *   "apply"    a drag has ended: the amount has changed, and is to be applied ("set" in
 *              its place if releasing the slider is not to apply it)
 *   "cancel"   a drag was given up
 *
 * The amount of a repeating nudge may also be changed elsewhere, by undo or in a list.
 * If that happens, the slider does not jump away under the pointer: it is marked as
 * away, the amount in force is named below it, and dragging it is "preview", until it
 * has met the amount in force or a number has been typed.
 *
 * The number has the amount to nine digits. The slider only shows where about in its
 * range that is; a number outside the range can be typed.
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
void nudge_amount_set_lands (NudgeAmount *self, gboolean lands);
GtkRange *nudge_amount_get_slider (NudgeAmount *self);
gboolean nudge_amount_commit (NudgeAmount *self);

G_END_DECLS
