/* nudge-goal-dialog.h - running to a step, or until the loss is low
 *
 * SPDX-License-Identifier: MIT
 *
 * Asks for a step or a loss, and has the run go there. A change of the present number can
 * be typed, too, such as *2; what is wrong is shown while it is typed.
 */

#pragma once

#include <gtk/gtk.h>

#include "app/document/nudge-session.h"
#include "ui/loss/nudge-time.h"

G_BEGIN_DECLS

void
nudge_goal_dialog_ask_step (GtkWindow *parent, NudgeSession *session, NudgeTime *time);
void nudge_goal_dialog_ask_loss (GtkWindow *parent, NudgeSession *session);

G_END_DECLS
