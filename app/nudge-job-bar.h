/* nudge-job-bar.h - says that a job has ended, or was detached from, and what can be done
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_JOB_BAR (nudge_job_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeJobBar, nudge_job_bar, NUDGE, JOB_BAR, NudgePanel)

G_END_DECLS
