/* nudge-training-panel.h - loss, optimizer, batches, speed and where to stop
 *
 * SPDX-License-Identifier: MIT
 *
 * Each change is an edit of the run, which undo takes back, except speed and stops, which
 * are the session's and no part of the experiment.
 */

#pragma once

#include "app/panels/nudge-edit-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TRAINING_PANEL (nudge_training_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTrainingPanel,
                      nudge_training_panel,
                      NUDGE,
                      TRAINING_PANEL,
                      NudgeEditPanel)

G_END_DECLS
