/* nudge-when-choice.h - when a nudge is due: manually, or again and again
 *
 * SPDX-License-Identifier: MIT
 *
 * Works a card's drop-down, the line under it for a number of steps or another time, and
 * the switch that says whether before the backward pass. While a number is typed the nudge
 * stays what it was; Escape and leaving the line take the choice back.
 *
 *   "chosen"  (const NnTime *time)
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-time.h"
#include "ui/nudge-line.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_WHEN_CHOICE (nudge_when_choice_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWhenChoice, nudge_when_choice, NUDGE, WHEN_CHOICE, GObject)

NudgeWhenChoice *
nudge_when_choice_new (GtkDropDown *drop_down,
                       NudgeLine *line,
                       GtkSwitch *before_backward) G_GNUC_WARN_UNUSED_RESULT;
void nudge_when_choice_set_name (NudgeWhenChoice *self, const char *layer);
void nudge_when_choice_set_step (NudgeWhenChoice *self, guint64 step);
void nudge_when_choice_show (NudgeWhenChoice *self, const NnTime *time);

G_END_DECLS
