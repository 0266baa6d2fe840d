/* nudge-course.c - Next and Back of a lecture, along a lesson or else along the run
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-course.h"

/**
 * nudge_course_get_learner:
 * @document: (nullable)
 *
 * Returns: (transfer none) (nullable): %NULL where there is no lesson, or it was left
 */
NudgeLearner *
nudge_course_get_learner (NudgeDocument *document)
{
  NudgeLearner *learner = document ? nudge_document_get_learner (document) : NULL;

  return learner && nudge_learner_get_state (learner) != NUDGE_LEARNER_LEFT ? learner
                                                                            : NULL;
}

/**
 * nudge_course_is_at_end:
 * @document: (nullable)
 *
 * Returns: whether going on does nothing
 */
gboolean
nudge_course_is_at_end (NudgeDocument *document)
{
  NudgeLearner *learner = nudge_course_get_learner (document);
  const NnLesson *lesson = learner ? nudge_learner_get_lesson (learner) : NULL;

  return lesson && lesson->at + 1 == lesson->n_steps &&
         !nn_lesson_step_has_action (nudge_learner_get_step (learner));
}

/**
 * nudge_course_asks:
 * @document: (nullable)
 *
 * Returns: whether the lesson asks now, and in this way
 */
gboolean
nudge_course_asks (NudgeDocument *document, NnLessonQuestion how)
{
  NudgeLearner *learner = nudge_course_get_learner (document);

  return learner && nudge_learner_get_state (learner) == NUDGE_LEARNER_IS_ASKED &&
         nudge_learner_get_step (learner)->question == how;
}

static gboolean
is_running (NudgeDocument *document)
{
  gboolean running;

  g_object_get (nudge_document_get_session (document), "running", &running, NULL);
  return running;
}

/* Whether going on runs to the step that the lesson waits for, and not straight there. */
static gboolean
is_to_be_seen (NudgeDocument *document, NudgeLearner *learner)
{
  return nudge_learner_get_state (learner) == NUDGE_LEARNER_WAITS &&
         nudge_learner_get_step (learner)->action == NN_LESSON_RUN_TO_STEP &&
         !is_running (document);
}

/**
 * nudge_course_go_on:
 * @document: (nullable)
 */
void
nudge_course_go_on (NudgeDocument *document)
{
  NudgeLearner *learner = nudge_course_get_learner (document);

  if (document == NULL || nudge_course_is_at_end (document))
    return;
  if (learner && !is_to_be_seen (document, learner))
    nudge_learner_next (learner);
  else
    g_object_set (nudge_document_get_session (document), "running",
                  !is_running (document), NULL);
}

/**
 * nudge_course_go_back:
 * @document: (nullable)
 */
void
nudge_course_go_back (NudgeDocument *document)
{
  NudgeLearner *learner = nudge_course_get_learner (document);
  gboolean can_undo = FALSE;

  if (learner) {
    nudge_learner_back (learner);
    return;
  }
  if (document)
    g_object_get (nudge_document_get_session (document), "can-undo", &can_undo, NULL);
  if (can_undo)
    nudge_session_undo (nudge_document_get_session (document));
}

/**
 * nudge_course_choose:
 * @document: (nullable)
 * @choice: from 0 on; does nothing if there is no such choice
 */
void
nudge_course_choose (NudgeDocument *document, gsize choice)
{
  NudgeLearner *learner = nudge_course_get_learner (document);

  if (nudge_course_asks (document, NN_LESSON_CHOICES) &&
      choice < nudge_learner_get_step (learner)->n_choices)
    nudge_learner_answer (learner, (double) choice);
}
