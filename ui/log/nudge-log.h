/* nudge-log.h - the log: what was done to the weights, newest first
 *
 * SPDX-License-Identifier: MIT
 *
 * A row for each NudgeEntry of a list model: a step, what was done, and what that did
 * to the loss, or why it was refused. What was undone is dimmed as long as redo can
 * bring it back. Knows no session.
 *
 *   "marked"       (NnNudge*) (nullable) a row was selected, or none is any more
 *   "go-to"        (guint64 step) a row was activated that landed after this step
 *   "why"          (guint64 step) the user asks why the loss jumped there
 *   "copy-script"  (NnNudge*) the user asks for it as PyTorch code
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/base/nudge-list.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOG (nudge_log_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLog, nudge_log, NUDGE, LOG, GtkWidget)

GtkWidget *nudge_log_new (void);
void nudge_log_set_model (NudgeLog *self, GListModel *landings);
void nudge_log_set_marked (NudgeLog *self, const NnNudge *nudge);

G_END_DECLS
