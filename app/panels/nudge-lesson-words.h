/* nudge-lesson-words.h - the words of a lesson's buttons and states
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "app/document/nudge-learner.h"

G_BEGIN_DECLS

const char *nudge_lesson_get_next_word (NudgeLearner *learner);
char *nudge_lesson_dup_text (NudgeLearner *learner,
                             const NnLessonStep *step) G_GNUC_WARN_UNUSED_RESULT;
char *nudge_lesson_dup_answer (NudgeLearner *learner,
                               const NnLessonStep *question,
                               double answer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
