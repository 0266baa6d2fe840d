/* nudge-trial.h - the amount of a card: slider, number, and the loss along the amount
 *
 * SPDX-License-Identifier: MIT
 *
 * Also a badge while a nudge waits.
 *
 *   "acted"  (NudgeAction action) as NudgeAmount's signal of that name
 */

#pragma once

#include <gtk/gtk.h>

#include "ui/cards/nudge-card-state.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TRIAL (nudge_trial_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTrial, nudge_trial, NUDGE, TRIAL, GtkWidget)

void nudge_trial_set_name (NudgeTrial *self, const char *layer);
void nudge_trial_set_has_loss (NudgeTrial *self, gboolean has_loss);
void nudge_trial_set_lands (NudgeTrial *self, gboolean lands);
void nudge_trial_show_amount (NudgeTrial *self,
                              const NudgeCardState *state,
                              gboolean another_function);
void nudge_trial_show_results (NudgeTrial *self, const NudgeCardState *state);
void nudge_trial_set_frame (NudgeTrial *self, NnFrame *frame);
float nudge_trial_get_amount (NudgeTrial *self);
gboolean nudge_trial_commit (NudgeTrial *self);

G_END_DECLS
