/* nn-lesson-outcome.h - how a lesson's step ends: claims, kept numbers, right answers
 *
 * SPDX-License-Identifier: MIT
 *
 * The same for a lesson with and without a window: it reads the run from a frame.
 */

#pragma once

#include "nn/experiment/nn-lesson.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

gboolean
nn_lesson_finish_step (NnLesson *self, gsize at, const NnFrame *frame, GError **error);
double nn_lesson_get_outcome (const NnLesson *self,
                              const NnLessonStep *question,
                              const NnFrame *frame);
gboolean
nn_lesson_answer_is_right (const NnLessonStep *question, double answer, double outcome);

G_END_DECLS
