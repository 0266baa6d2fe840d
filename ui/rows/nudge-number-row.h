/* nudge-number-row.h - a row of a panel: a number, typed as amounts are
 *
 * SPDX-License-Identifier: MIT
 *
 * "3e-4", "*2", "1/2", "+0.1", with comma or point. While something is typed that is
 * not a number, or out of range, the row says so.
 *
 *   "set"  (double number) by the user; NAN for none. The listener returns what is
 *          wrong: a string (transfer full) (nullable)
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
