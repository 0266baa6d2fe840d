/* nudge-phases.h - the phases of a step, the sentence under them, and the guard
 *
 * SPDX-License-Identifier: MIT
 *
 * The guard is chosen by the window's action.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_PHASES (nudge_phases_get_type ())
G_DECLARE_FINAL_TYPE (NudgePhases, nudge_phases, NUDGE, PHASES, NudgePanel)

G_END_DECLS
