/* nudge-progress.h - a progress bar on a terminal
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean shown; /* standard error is a terminal, and it was asked for */
  guint64 n_steps;
  gint64 due_us; /* when the bar may be drawn again */
  guint64 step;  /* when it was drawn, and … */
  gint64 at_us;  /* … when that was */
  double rate;   /* steps a second lately; 0 if not known yet */
} NudgeProgress;

void nudge_progress_init (NudgeProgress *self, guint64 n_steps, gboolean quiet);
void nudge_progress_init_reading (NudgeProgress *self, gboolean quiet);
void nudge_progress_begin (NudgeProgress *self, guint64 step);
gboolean nudge_progress_is_due (NudgeProgress *self, guint64 step);
void nudge_progress_show (NudgeProgress *self, guint64 step, const char *losses);
gboolean nudge_progress_report (double fraction, gpointer self);
void nudge_progress_clear (NudgeProgress *self);

G_END_DECLS
