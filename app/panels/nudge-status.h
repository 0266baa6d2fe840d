/* nudge-status.h - the header bar's status: experiment, step, loss, rate
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_STATUS (nudge_status_get_type ())
G_DECLARE_FINAL_TYPE (NudgeStatus, nudge_status, NUDGE, STATUS, NudgePanel)

G_END_DECLS
