/* nudge-lesson-action.h - the action that a step of a lesson does, or waits for
 *
 * SPDX-License-Identifier: MIT
 *
 * Of a step for which nn_lesson_step_has_action () is true.
 */

#pragma once

#include "app/document/nudge-rollback.h"
#include "nn/experiment/nn-lesson.h"

G_BEGIN_DECLS

void nudge_lesson_action_start (const NnLessonStep *step, NudgeSession *session);
gboolean nudge_lesson_action_is_done (const NnLessonStep *step,
                                      const NudgeRunPosition *before,
                                      NudgeSession *session);

G_END_DECLS
