/* nudge-learner.h - the state of a lesson: its step, answers and what it waits for
 *
 * SPDX-License-Identifier: MIT
 *
 * Follows the run, and goes on to the next step when what the present one waits for is
 * done. It locks nothing: whatever else the user does to the run, the lesson stays at its
 * step, and if the step's claim is false, the state is NUDGE_LEARNER_CHECK_FAILED.
 *
 * Going back in the lesson takes the run back, too, by undo and by going to an earlier
 * step, so that nothing is lost.
 *
 * Signals:
 *
 *   "changed"   the step, an answer or the state has changed
 *   "answered"  a question has been answered: the document is unsaved
 */

#pragma once

#include "app/document/nudge-session.h"
#include "nn/experiment/nn-lesson.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_LEARNER_READS, /* next goes on */
  NUDGE_LEARNER_IS_ASKED,
  NUDGE_LEARNER_WAITS,        /* for the learner to do what the step says; next does it */
  NUDGE_LEARNER_BUSY,         /* the run is on its way to what next or back asked for */
  NUDGE_LEARNER_CHECK_FAILED, /* the step's claim is false; next goes on anyway */
  NUDGE_LEARNER_LEFT,         /* the lesson was left: show nothing */
} NudgeLearnerState;

#define NUDGE_TYPE_LEARNER (nudge_learner_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLearner, nudge_learner, NUDGE, LEARNER, GObject)

NudgeLearner *nudge_learner_new (NudgeSession *session,
                                 const NnLesson *lesson) G_GNUC_WARN_UNUSED_RESULT;

NudgeLearnerState nudge_learner_get_state (NudgeLearner *self);
const NnLesson *nudge_learner_get_lesson (NudgeLearner *self);
const NnLessonStep *nudge_learner_get_step (NudgeLearner *self);
const NnLessonStep *nudge_learner_get_question (NudgeLearner *self, double *answer);
double nudge_learner_get_outcome (NudgeLearner *self);
char *nudge_learner_dup_text (NudgeLearner *self, const char *text);

void nudge_learner_answer (NudgeLearner *self, double answer);
void nudge_learner_next (NudgeLearner *self);
void nudge_learner_back (NudgeLearner *self);
void nudge_learner_again (NudgeLearner *self);
void nudge_learner_leave (NudgeLearner *self);

G_END_DECLS
