/* nudge-recovery.h - offers runs again that a crash has left
 *
 * SPDX-License-Identifier: MIT
 *
 * At the step that they had reached, as nudge-autosave.h kept them. A damaged one is
 * named and set aside, never used in part.
 */

#pragma once

#include "app/nudge-window.h"

G_BEGIN_DECLS

gboolean nudge_recovery_offer (NudgeWindow *window, GSourceOnceFunc then, gpointer data);

G_END_DECLS
