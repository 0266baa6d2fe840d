/* nudge-choice-row.h - a row of a panel: one of a list of kinds
 *
 * SPDX-License-Identifier: MIT
 *
 *   "chosen"  (const char *name) by the user; if it is wrong, the listener calls
 *             nudge_choice_row_refuse ()
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_CHOICE_ROW (nudge_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeChoiceRow, nudge_choice_row, NUDGE, CHOICE_ROW, GtkWidget)

/* What is said of @name: (transfer full) (nullable). */
typedef char *(*NudgeChoiceWords) (const char *name);

GtkWidget *nudge_choice_row_new (const char *title, const char *tooltip);
void nudge_choice_row_set_words (NudgeChoiceRow *self,
                                 NudgeChoiceWords label,
                                 NudgeChoiceWords note);
void nudge_choice_row_set_name (NudgeChoiceRow *self, const char *name);
void nudge_choice_row_set_names (NudgeChoiceRow *self, const char *const *names);
void nudge_choice_row_set_chosen (NudgeChoiceRow *self, const char *name);
const char *nudge_choice_row_get_chosen (NudgeChoiceRow *self);
void nudge_choice_row_refuse (NudgeChoiceRow *self, const char *message);

G_END_DECLS
