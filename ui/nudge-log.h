/* nudge-log.h - what was done to the weights, newest first
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames in, rows out: a step, what was done, what it did to the loss or why it was
 * refused. What the run has gone back from is dimmed as long as it can be gone to again.
 * Knows no session.
 *
 *   "marked"  a row was chosen, or none any more: its NnNudge, or NULL
 *   "go-to"   a row was activated: the step (guint64) after which it landed
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LOG (nudge_log_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLog, nudge_log, NUDGE, LOG, GtkWidget)

GtkWidget *nudge_log_new (void);
void nudge_log_set_frame (NudgeLog *self, const NnFrame *frame);
void nudge_log_set_marked (NudgeLog *self, const NnNudge *nudge);

G_END_DECLS
