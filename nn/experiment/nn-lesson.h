/* nn-lesson.h - what an experiment teaches: steps that say, do, ask and claim something
 *
 * SPDX-License-Identifier: MIT
 *
 * The steps of a lesson are shared and immutable; how far a learner has come with them is a
 * value beside them. Texts are English, and may have expressions in braces, {loss(400)},
 * whose numbers take their place; expressions are nn/lesson/nn-check.h's.
 *
 * ref and unref from any thread. As a file: the key "lesson", nudge-experiment(5).
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-event.h"

G_BEGIN_DECLS

#define NN_LESSON_MOST_STEPS   64
#define NN_LESSON_MOST_CHOICES 6

/* What a step is to the learner. */
typedef enum {
  NN_LESSON_SAY,    /* reads */
  NN_LESSON_WAIT,   /* does what the action says, by a control of the window */
  NN_LESSON_DO,     /* sees it done */
  NN_LESSON_ASK,    /* predicts */
  NN_LESSON_REVEAL, /* sees the prediction beside what came of it */
} NnLessonKind;

/* What WAIT waits for and DO does. */
typedef enum {
  NN_LESSON_RUN_TO_STEP,
  NN_LESSON_RUN_TO_LOSS, /* until a step's loss is this or less */
  NN_LESSON_EVENT,       /* a nudge once, one that repeats, a guard, an edit */
  NN_LESSON_UNDO,
  NN_LESSON_RESET,
} NnLessonDeed;

typedef enum {
  NN_LESSON_CHOICES, /* the answer is one's index */
  NN_LESSON_MARK,    /* a loss at a step, drawn on the plot */
  NN_LESSON_NUMBER,
} NnLessonQuestion;

typedef struct {
  char *text;    /* (owned) */
  char *outcome; /* (owned) holds at the reveal if this is what came of it */
} NnLessonChoice;

typedef struct {
  NnLessonKind kind;
  char *text;  /* (owned) what is said or asked */
  char *point; /* (owned) (nullable) the accessible name of the control to use */

  NnLessonDeed deed; /* WAIT, DO */
  guint64 step;      /* RUN_TO_STEP; of a MARK */
  double loss;       /* RUN_TO_LOSS */
  NnEvent event;     /* (owned) EVENT; its step is where the run is by then */

  NnLessonQuestion question; /* ASK */
  NnLessonChoice *choices;   /* (owned) (n_choices) */
  gsize n_choices;
  char *
      outcome; /* (owned) (nullable) of MARK and NUMBER: the right answer at the reveal */

  char *keep;  /* (owned) (nullable) once it is done, the name that … */
  char *value; /* (owned) (nullable) … this expression's number is kept as, and … */
  char *check; /* (owned) (nullable) … this must hold */
} NnLessonStep;

typedef struct {
  gsize n_steps;
  NnLessonStep *steps; /* (owned) (n_steps) */

  /* How far the learner has come. */
  gboolean begun;
  gsize at;         /* the step that is shown */
  guint64 run_to;   /* where the run was */
  double *answers;  /* (owned) (n_steps) NAN: none */
  GHashTable *kept; /* (owned) (element-type utf8 gdouble) */

  gint n_others; /* atomic, its own */
} NnLesson;

NnLesson *nn_lesson_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnLessonStep *nn_lesson_add_step (NnLesson *self);
NnLesson *nn_lesson_copy (const NnLesson *self) G_GNUC_WARN_UNUSED_RESULT;
NnLesson *nn_lesson_ref (NnLesson *self);
void nn_lesson_unref (NnLesson *self);

void nn_lesson_step_clear (NnLessonStep *self);
void nn_lesson_keep (NnLesson *self, const char *name, double value);
const NnLessonStep *nn_lesson_find_question (const NnLesson *self, gsize at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLesson, nn_lesson_unref)

G_END_DECLS
