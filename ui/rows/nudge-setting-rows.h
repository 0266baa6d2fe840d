/* nudge-setting-rows.h - rows for the settings of an optimizer, a loss or a data source
 *
 * SPDX-License-Identifier: MIT
 *
 * One for each setting in its table. Numbers are typed as amounts are: "3e-4", "*2",
 * "1/2"; a row says if one is out of range.
 *
 *   "set"  (const char *key, guint index, double number) the user wants this number of
 *          the setting @key changed: a flag is 0 or 1, a choice its index, a seed NAN
 *          for none. The listener returns what is wrong: a string (transfer full)
 *          (nullable)
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
