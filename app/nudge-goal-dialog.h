/* nudge-goal-dialog.h - how far a run is to go
 *
 * SPDX-License-Identifier: MIT
 *
 * Asks for a step, or for a loss, and has the run go there. What is typed may change the
 * present one, as *2 does; what is wrong with it is said while it is typed.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-session.h"
#include "ui/nudge-time.h"

G_BEGIN_DECLS

void
nudge_goal_dialog_ask_step (GtkWindow *parent, NudgeSession *session, NudgeTime *time);
void nudge_goal_dialog_ask_loss (GtkWindow *parent, NudgeSession *session);

G_END_DECLS
