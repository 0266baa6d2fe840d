/* nudge-when-choice.h - when a nudge is applied: manually, or again and again
 *
 * SPDX-License-Identifier: MIT
 *
 * Works a card's drop-down, the entry under it for a number of steps or another time,
 * and the switch for before backward. While a number is typed the time stays as it was;
 * Escape and leaving the entry give the choice up.
 *
 *   "chosen"  (const NnTime*) by the user
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-time.h"
#include "ui/base/nudge-line.h"

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
