/* nudge-failure-bar.h - why training stopped by itself, and how to go back
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_FAILURE_BAR (nudge_failure_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFailureBar, nudge_failure_bar, NUDGE, FAILURE_BAR, NudgePanel)

G_END_DECLS
