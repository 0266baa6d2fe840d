/* nudge-lesson-words.c - the words of a lesson's buttons and states
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/panels/nudge-lesson-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/text/nudge-number.h"

/* A last word of more characters may have a line of its own. */
#define LAST_WORD 12

/**
 * nudge_lesson_get_next_word:
 * @learner: who has not left
 *
 * Returns: what the button that goes on is called, with a mnemonic
 */
const char *
nudge_lesson_get_next_word (NudgeLearner *learner)
{
  const NnLesson *lesson = nudge_learner_get_lesson (learner);
  const NnLessonStep *step = nudge_learner_get_step (learner);

  if (nudge_learner_get_state (learner) == NUDGE_LEARNER_CHECK_FAILED)
    return _ ("_Go On Anyway");
  if (step->kind == NN_LESSON_WAIT)
    return _ ("_Do It for Me");
  if (step->kind == NN_LESSON_DO)
    return _ ("_Do It");
  return lesson->at + 1 == lesson->n_steps ? _ ("_Finish") : _ ("_Next");
}

/**
 * nudge_lesson_dup_text:
 * @step: of the lesson
 *
 * Returns: (transfer full): what the step says, with the numbers of the run; a no-break
 *   space keeps a short last word from a line of its own
 */
char *
nudge_lesson_dup_text (NudgeLearner *learner, const NnLessonStep *step)
{
  g_autofree char *text = nudge_learner_dup_text (learner, step->text);
  const char *space = strrchr (text, ' ');

  if (space == NULL || g_utf8_strlen (space + 1, -1) > LAST_WORD)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%.*s\u00a0%s", (int) (space - text), text, space + 1);
}

/**
 * nudge_lesson_dup_answer:
 * @answer: or an outcome; NAN: none
 *
 * Returns: (transfer full): in the form that people read
 */
char *
nudge_lesson_dup_answer (NudgeLearner *learner,
                         const NnLessonStep *question,
                         double answer)
{
  if (isnan (answer))
    return g_strdup ("–");
  if (question->question == NN_LESSON_CHOICES)
    return nudge_learner_dup_text (learner, question->choices[(gsize) answer].text);
  return nudge_number_format (answer, 3);
}
