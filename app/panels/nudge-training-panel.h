/* nudge-training-panel.h - loss, optimizer, batches, pace: how it is trained
 *
 * SPDX-License-Identifier: MIT
 *
 * Each change is an edit of the run, which undo takes back; but the speed, and where to
 * stop, are the session's.
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
