/* nudge-job-panel.h - which job the window is attached to, in place of the edit panels
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_JOB_PANEL (nudge_job_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeJobPanel, nudge_job_panel, NUDGE, JOB_PANEL, NudgePanel)

G_END_DECLS
