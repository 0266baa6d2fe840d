/* nudge-lecture-controls.h - the control that a sentence of a lesson speaks of, large
 *
 * SPDX-License-Identifier: MIT
 *
 * One of those that are not on a card: Run, Step, Reset, Undo, Redo and the guard.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LECTURE_CONTROLS (nudge_lecture_controls_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLectureControls,
                      nudge_lecture_controls,
                      NUDGE,
                      LECTURE_CONTROLS,
                      NudgePanel)

void nudge_lecture_controls_show (NudgeLectureControls *self, const char *control);

G_END_DECLS
