/* nudge-run-reports.h - what `nudge run` says of its nudges and edits as they land
 *
 * SPDX-License-Identifier: MIT
 *
 * A refused nudge the first time that it is refused, or skips a parameter, at the end how
 * often it was refused, and what an edit could not keep. A plain value, all zero at first.
 */

#pragma once

#include "app/command/nudge-progress.h"
#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

typedef struct {
  /* (owned) (nullable) gboolean per landing: its refusal was reported */
  GArray *reported;
  gboolean refused; /* any of these was */
  const NnLog *log; /* (not owned) (nullable) the run's newest that was seen … */
  gsize n_edits;    /* … and how many edits it has, whose notes were said */
} NudgeRunReports;

void nudge_run_reports_say (NudgeRunReports *self,
                            const NnTimeline *timeline,
                            NudgeProgress *progress,
                            gboolean quiet);
void nudge_run_reports_count (const NnTimeline *timeline);
void nudge_run_reports_forget (NudgeRunReports *self, const NnTimeline *timeline);
void nudge_run_reports_clear (NudgeRunReports *self);

G_END_DECLS
