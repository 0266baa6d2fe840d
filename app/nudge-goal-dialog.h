/* nudge-goal-dialog.h - how far a run is to go
 *
 * SPDX-License-Identifier: MIT
 *
 * Asks for a step, or for a loss, and has the run go there.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/nudge-session.h"

G_BEGIN_DECLS

void nudge_goal_dialog_ask_step (GtkWindow *parent, NudgeSession *session);
void nudge_goal_dialog_ask_loss (GtkWindow *parent, NudgeSession *session);

G_END_DECLS
