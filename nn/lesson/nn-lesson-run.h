/* nn-lesson-run.h - a lesson that runs without a window
 *
 * SPDX-License-Identifier: MIT
 *
 * For `nudge lesson` and tests. Actions that the lesson waits for are done at once, and
 * every claim is checked. Answers are optional. One owner, one thread.
 */

#pragma once

#include "nn/experiment/nn-experiment.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef struct _NnLessonRun NnLessonRun;

NnLessonRun *nn_lesson_run_new (const NnExperiment *experiment,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_lesson_run_free (NnLessonRun *self);
void nn_lesson_run_leave_out_nudges (NnLessonRun *self);

gboolean nn_lesson_run_step (NnLessonRun *self, GError **error);
NnLesson *nn_lesson_run_get_lesson (NnLessonRun *self);
const NnFrame *nn_lesson_run_get_frame (NnLessonRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLessonRun, nn_lesson_run_free)

G_END_DECLS
