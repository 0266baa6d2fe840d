/* nudge-recovery.h - runs of a program that ended unexpectedly, offered again
 *
 * SPDX-License-Identifier: MIT
 *
 * At the step that they had reached, as nudge-autosave.h kept them. One that is damaged is
 * named and set aside, never used in part.
 */

#pragma once

#include "app/nudge-window.h"

G_BEGIN_DECLS

gboolean nudge_recovery_offer (NudgeWindow *window);

G_END_DECLS
