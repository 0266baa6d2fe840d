/* nudge-setting-rows.h - the settings of a thing, a row for each that its table has
 *
 * SPDX-License-Identifier: MIT
 *
 * Numbers are typed as amounts are: "3e-4", "*2", "1/2". What is out of range says so below
 * its row.
 *
 *   "set"  (const char *key, guint index, double number): the user wants that number of
 *          the setting @key to be another one: of a flag 0 or 1, of a choice which, of a
 *          seed NAN for none of its own. The listener returns what is wrong, if anything.
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/base/nn-setting.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_SETTING_ROWS (nudge_setting_rows_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSettingRows,
                      nudge_setting_rows,
                      NUDGE,
                      SETTING_ROWS,
                      GtkWidget)

GtkWidget *nudge_setting_rows_new (void);
void nudge_setting_rows_show (NudgeSettingRows *self,
                              const NnSettings *settings,
                              gconstpointer values,
                              gboolean loaded);

G_END_DECLS
