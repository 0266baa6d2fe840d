/* nudge-learner.h - how far someone has come with the lesson of a run
 *
 * SPDX-License-Identifier: MIT
 *
 * Follows the run, and goes on by itself when what a step waits for is done. It locks
 * nothing: whatever else is done to the run, the steps stay where they are, and a claim that
 * no longer holds is said.
 *
 * The run goes back with the lesson, as Undo and Time do; so nothing is lost by it.
 *
 * Signals:
 *
 *   "changed"   there is something else to show: a step, an answer, or a state
 *   "answered"  a question was, which is to be kept in the learner's own copy
 */

#pragma once

#include "app/document/nudge-session.h"
#include "nn/experiment/nn-lesson.h"

G_BEGIN_DECLS

typedef enum {
  NUDGE_LEARNER_READS, /* next goes on */
  NUDGE_LEARNER_IS_ASKED,
  NUDGE_LEARNER_WAITS,   /* for what the step says; next does it */
  NUDGE_LEARNER_BUSY,    /* the run is on its way */
  NUDGE_LEARNER_STRAYED, /* what the step claims does not hold; next goes on all the same */
  NUDGE_LEARNER_LEFT,    /* nothing is to be shown any more */
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
