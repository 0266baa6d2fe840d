/* nn-lesson-outcome.c - how a lesson's step ends: claims, kept numbers, right answers
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/lesson/nn-lesson-outcome.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/lesson/nn-check.h"

/* A mark or a number within 20 % of the outcome is right. */
#define NEAR 0.2

/* Returns: the value; NAN if @text is not an expression, which the reader of the
 * lesson excludes */
static double
evaluate (const NnLesson *self, const char *text, const NnFrame *frame)
{
  g_autofree const char **names =
      (const char **) g_hash_table_get_keys_as_array (self->kept, NULL);
  g_autoptr (NnCheck) check = nn_check_new (text, names, NULL);

  return check != NULL ? nn_check_evaluate (check, frame, self->kept) : (double) NAN;
}

static gboolean
holds (const NnLesson *self, const char *text, const NnFrame *frame)
{
  const double value = evaluate (self, text, frame);

  return value < 0 || value > 0;
}

/**
 * nn_lesson_finish_step:
 * @self: gets the number that the step keeps, if it keeps one
 * @at: the index of the step, whose action is done
 * @frame: right after that; carries NN_CHECK_QUANTITIES
 *
 * Returns: FALSE if the step's condition is false
 */
gboolean
nn_lesson_finish_step (NnLesson *self, gsize at, const NnFrame *frame, GError **error)
{
  const NnLessonStep *step = &self->steps[at];

  if (step->keep != NULL)
    nn_lesson_keep (self, step->keep, evaluate (self, step->value, frame));
  if (step->check == NULL || holds (self, step->check, frame))
    return TRUE;
  g_set_error (
      error, NN_ERROR, NN_ERROR_UNKNOWN,
      _ ("lesson.steps[%zu]: after step %" PRIu64 " of the run it does not hold that %s"),
      at, frame->step, step->check);
  return FALSE;
}

/**
 * nn_lesson_get_outcome:
 * @question: one of its steps, an ASK
 *
 * Returns: the right answer: the number or loss, or the index of the first choice whose
 *   condition is true; NAN if there is none
 */
double
nn_lesson_get_outcome (const NnLesson *self,
                       const NnLessonStep *question,
                       const NnFrame *frame)
{
  if (question->question != NN_LESSON_CHOICES)
    return evaluate (self, question->outcome, frame);
  for (gsize i = 0; i < question->n_choices; i++)
    if (holds (self, question->choices[i].outcome, frame))
      return (double) i;
  return NAN;
}

/**
 * nn_lesson_answer_is_right:
 *
 * Returns: whether @answer is the right choice, or a number within 20 % of @outcome
 */
gboolean
nn_lesson_answer_is_right (const NnLessonStep *question, double answer, double outcome)
{
  return fabs (answer - outcome) <=
         (question->question == NN_LESSON_CHOICES ? 0.0 : NEAR * fabs (outcome));
}
