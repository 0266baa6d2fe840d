/* nudge-log-row.h - a row of the log: one nudge that landed
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the log.
 *
 *   "copy-script"  (NnNudge*) the user asks for it as PyTorch code
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/base/nudge-list.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOG_ROW (nudge_log_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLogRow, nudge_log_row, NUDGE, LOG_ROW, GtkWidget)

GtkWidget *nudge_log_row_new (void);
void nudge_log_row_set_entry (NudgeLogRow *self, NudgeEntry *entry);

G_END_DECLS
