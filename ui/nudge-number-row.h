/* nudge-number-row.h - a row of a panel: a number, typed as amounts are
 *
 * SPDX-License-Identifier: MIT
 *
 * "3e-4", "*2", "1/2", "+0.1", with comma or point. What is no number, or out of range, says
 * so below as it is typed.
 *
 *   "set"  (double number): the user wants it to be @number; NAN for none. The listener
 *          returns what is wrong, if anything.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/base/nn-setting.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_NUMBER_ROW (nudge_number_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeNumberRow, nudge_number_row, NUDGE, NUMBER_ROW, GtkWidget)

GtkWidget *nudge_number_row_new (const char *title,
                                 const char *tooltip,
                                 const NnSetting *setting,
                                 const char *none);
void nudge_number_row_set_number (NudgeNumberRow *self, double number);
void nudge_number_row_append (NudgeNumberRow *self, GtkWidget *widget);

G_END_DECLS
