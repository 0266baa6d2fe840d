/* nudge-when-choice.h - when a nudge is due: manually, or again and again
 *
 * SPDX-License-Identifier: MIT
 *
 * Works a card's drop-down, the line for a number of steps under it, and the switch that
 * says whether before the backward pass. While a number is typed the nudge stays what it
 * was; Escape and leaving the line take the choice back.
 *
 *   "chosen"  (const NudgeWhen *when)
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/nudge/nn-nudge.h"
#include "ui/nudge-line.h"

G_BEGIN_DECLS

typedef struct {
  NnWhen when;
  guint64 interval; /* 0: to be asked for */
  gboolean before_backward;
} NudgeWhen;

#define NUDGE_TYPE_WHEN_CHOICE (nudge_when_choice_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWhenChoice, nudge_when_choice, NUDGE, WHEN_CHOICE, GObject)

NudgeWhenChoice *
nudge_when_choice_new (GtkDropDown *drop_down,
                       NudgeLine *line,
                       GtkSwitch *before_backward) G_GNUC_WARN_UNUSED_RESULT;
void nudge_when_choice_set_name (NudgeWhenChoice *self, const char *layer);
void nudge_when_choice_set_step (NudgeWhenChoice *self, guint64 step);
void nudge_when_choice_show (NudgeWhenChoice *self, const NudgeWhen *when);

G_END_DECLS
