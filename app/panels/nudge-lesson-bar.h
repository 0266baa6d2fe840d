/* nudge-lesson-bar.h - what a lesson says, asks and reveals, above the pictures
 *
 * SPDX-License-Identifier: MIT
 *
 * Hidden without a lesson, and once that is left. It highlights the control to use, and
 * locks nothing.
 */

#pragma once

#include "app/panels/nudge-panel.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LESSON_BAR (nudge_lesson_bar_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLessonBar, nudge_lesson_bar, NUDGE, LESSON_BAR, NudgePanel)

G_END_DECLS
