/* nn-lesson-run.c - a lesson that runs without a window
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/lesson/nn-lesson-run.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "nn/base/nn-error.h"
#include "nn/lesson/nn-check.h"
#include "nn/lesson/nn-lesson-outcome.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"

#define MOST_STEPS 1000000 /* until a loss is reached */

struct _NnLessonRun {
  NnLesson *lesson;     /* (owned) */
  NnTimeline *timeline; /* (owned) */
  NnFrame *frame;       /* (owned) */
  char *failure;        /* (owned) (nullable) why a step failed */
  gboolean without_nudges;
};

static void
take_frame (NnLessonRun *self)
{
  g_clear_pointer (&self->frame, nn_frame_unref);
  self->frame = nn_frame_of_timeline (self->timeline);
  nn_frame_carry (self->frame, nn_timeline_get_trainer (self->timeline),
                  NN_CHECK_QUANTITIES);
  self->frame->failure = g_strdup (self->failure);
}

/**
 * nn_lesson_run_new:
 * @experiment: with a lesson
 *
 * Returns: (nullable): the lesson at its first step; NULL if the experiment has no
 *   lesson, or as nn_timeline_new ()
 */
NnLessonRun *
nn_lesson_run_new (const NnExperiment *experiment, GError **error)
{
  g_autoptr (NnTimeline) timeline = NULL;
  NnLessonRun *self;

  if (experiment->lesson == NULL) {
    g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, _ ("%s: it has no lesson"),
                 experiment->name);
    return NULL;
  }
  timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, error);
  if (timeline == NULL)
    return NULL;
  self = g_new0 (NnLessonRun, 1);
  self->lesson = nn_lesson_copy (experiment->lesson);
  self->lesson->begun = TRUE;
  self->lesson->at = 0;
  self->timeline = g_steal_pointer (&timeline);
  take_frame (self);
  return self;
}

void
nn_lesson_run_free (NnLessonRun *self)
{
  nn_lesson_unref (self->lesson);
  nn_timeline_free (self->timeline);
  nn_frame_unref (self->frame);
  g_free (self->failure);
  g_free (self);
}

/**
 * nn_lesson_run_leave_out_nudges:
 *
 * For tests: without its nudges, a lesson's claims must be false.
 */
void
nn_lesson_run_leave_out_nudges (NnLessonRun *self)
{
  self->without_nudges = TRUE;
}

static guint64
get_step (const NnLessonRun *self)
{
  return nn_trainer_get_n_steps (nn_timeline_get_trainer (self->timeline));
}

/* A failed step is an outcome of the lesson, not an error. Returns: FALSE if it failed */
static gboolean
train_one (NnLessonRun *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->failure, g_free);
  if (nn_timeline_step (self->timeline, &error))
    return TRUE;
  self->failure = g_strdup (error->message);
  return FALSE;
}

static gboolean
run_to_loss (NnLessonRun *self, double loss, GError **error)
{
  NnTrainer *trainer = nn_timeline_get_trainer (self->timeline);
  guint64 n = 0;

  while (train_one (self))
    if ((double) nn_trainer_get_step_loss (trainer) <= loss)
      return TRUE;
    else if (++n == MOST_STEPS)
      break;
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               _ ("the loss is not %g or less after step %" PRIu64), loss,
               get_step (self));
  return FALSE;
}

static gboolean
do_event (NnLessonRun *self, const NnEvent *event, GError **error)
{
  g_auto (NnEvent) now = { 0 };

  if (self->without_nudges && event->nudge != NULL)
    return TRUE;
  nn_event_copy (&now, event);
  now.step = get_step (self);
  return nn_timeline_do (self->timeline, &now, error);
}

static gboolean
do_action (NnLessonRun *self, const NnLessonStep *step, GError **error)
{
  switch (step->action) {
  case NN_LESSON_RUN_TO_STEP:
    while (get_step (self) < step->step && train_one (self))
      ;
    return TRUE;
  case NN_LESSON_RUN_TO_LOSS:
    return run_to_loss (self, step->loss, error);
  case NN_LESSON_EVENT:
    return do_event (self, &step->event, error);
  case NN_LESSON_UNDO:
    nn_timeline_undo (self->timeline);
    while (nn_timeline_is_travelling (self->timeline))
      nn_timeline_travel (self->timeline, 1000);
    g_clear_pointer (&self->failure, g_free);
    return TRUE;
  default: /* NN_LESSON_RESET */
    nn_timeline_reset (self->timeline);
    g_clear_pointer (&self->failure, g_free);
    return TRUE;
  }
}

/**
 * nn_lesson_run_step:
 *
 * Does the present step's action, checks its claim, and goes on to the next step. At the
 * end, the lesson's `at` is the number of its steps.
 *
 * Returns: FALSE if the claim is false, or the action could not be done
 */
gboolean
nn_lesson_run_step (NnLessonRun *self, GError **error)
{
  const gsize at = self->lesson->at;
  const NnLessonStep *step;

  g_return_val_if_fail (at < self->lesson->n_steps, FALSE);

  step = &self->lesson->steps[at];
  if (nn_lesson_step_has_action (step) && !do_action (self, step, error)) {
    g_prefix_error (error, "lesson.steps[%" G_GSIZE_FORMAT "]: ", at);
    return FALSE;
  }
  take_frame (self);
  if (!nn_lesson_finish_step (self->lesson, at, self->frame, error))
    return FALSE;
  self->lesson->at++;
  self->lesson->run_to = self->frame->step;
  return TRUE;
}

NnLesson *
nn_lesson_run_get_lesson (NnLessonRun *self)
{
  return self->lesson;
}

/**
 * nn_lesson_run_get_frame:
 *
 * Returns: (transfer none): the run after the newest step
 */
const NnFrame *
nn_lesson_run_get_frame (NnLessonRun *self)
{
  return self->frame;
}
