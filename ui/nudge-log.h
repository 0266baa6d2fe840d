/* nudge-log.h - what was done to the weights, newest first
 *
 * SPDX-License-Identifier: MIT
 *
 * A row for each entry of a list: a step, what was done, what it did to the loss or why it
 * was refused. What the run has gone back from is dimmed as long as it can be gone to
 * again. Knows no session.
 *
 *   "marked"  a row was chosen, or none any more: its NnNudge, or NULL
 *   "go-to"   a row was activated: the step (guint64) after which it landed
 *   "why"     (guint64): asks why the loss jumped there
 *   "copy-script"  (NnNudge): is to be copied as lines of PyTorch
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/nudge-list.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOG (nudge_log_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLog, nudge_log, NUDGE, LOG, GtkWidget)

GtkWidget *nudge_log_new (void);
void nudge_log_set_model (NudgeLog *self, GListModel *landings);
void nudge_log_set_marked (NudgeLog *self, const NnNudge *nudge);

G_END_DECLS
