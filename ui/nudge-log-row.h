/* nudge-log-row.h - one nudge that landed, as a row of the log
 *
 * SPDX-License-Identifier: MIT
 *
 *   "copy-script"  (NnNudge): it is to be copied as lines of PyTorch
 *
 * Private to the log.
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/nudge-list.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOG_ROW (nudge_log_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLogRow, nudge_log_row, NUDGE, LOG_ROW, GtkWidget)

GtkWidget *nudge_log_row_new (void);
void nudge_log_row_set_entry (NudgeLogRow *self, NudgeEntry *entry);

G_END_DECLS
