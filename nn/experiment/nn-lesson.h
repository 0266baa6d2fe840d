/* nn-lesson.h - what an experiment teaches: steps that say, do, ask and claim something
 *
 * SPDX-License-Identifier: MIT
 *
 * Steps that a learner goes through, and the learner's progress. Texts are English, and
 * may have expressions in braces, {loss(400)}, which are shown as numbers; expressions
 * are described in nn/lesson/nn-check.h.
 *
 * ref and unref from any thread. As a file: the key "lesson", nudge-experiment(5).
 */

#pragma once

#include <glib.h>

#include "nn/experiment/nn-event.h"

G_BEGIN_DECLS

#define NN_LESSON_MOST_STEPS   64
#define NN_LESSON_MOST_CHOICES 6

/* What the learner does in a step. */
typedef enum {
  NN_LESSON_SAY,    /* read */
  NN_LESSON_WAIT,   /* do what the step asks for, with a control of the window */
  NN_LESSON_DO,     /* watch the lesson do it */
  NN_LESSON_ASK,    /* predict */
  NN_LESSON_REVEAL, /* compare the prediction with the outcome */
} NnLessonKind;

/* What WAIT waits for and DO does. */
typedef enum {
  NN_LESSON_RUN_TO_STEP,
  NN_LESSON_RUN_TO_LOSS, /* until a step's loss is this or less */
  NN_LESSON_EVENT,       /* a one-off or repeating nudge, a guard, an edit */
  NN_LESSON_UNDO,
  NN_LESSON_RESET,
} NnLessonAction;

typedef enum {
  NN_LESSON_CHOICES, /* the answer is the index of one */
  NN_LESSON_MARK,    /* the answer is a loss at a given step, drawn on the plot */
  NN_LESSON_NUMBER,  /* the answer is a number */
} NnLessonQuestion;

typedef struct {
  char *text;    /* (owned) */
  char *outcome; /* (owned) a condition: true at the reveal if this choice is right */
} NnLessonChoice;

typedef struct {
  NnLessonKind kind;
  char *text;  /* (owned) what is said or asked */
  char *point; /* (owned) (nullable) the accessible name of the control to point at */

  NnLessonAction action; /* WAIT, DO */
  guint64 step;          /* RUN_TO_STEP; of a MARK */
  double loss;           /* RUN_TO_LOSS */
  NnEvent event;         /* (owned) EVENT; its step is set when it is done */

  NnLessonQuestion question; /* ASK */
  NnLessonChoice *choices;   /* (owned) (n_choices) */
  gsize n_choices;
  char *outcome; /* (owned) (nullable) MARK, NUMBER: an expression, the right answer */

  /* When the step is done. */
  char *keep;  /* (owned) (nullable) a name for the number of value */
  char *value; /* (owned) (nullable) an expression */
  char *check; /* (owned) (nullable) a condition that must be true */
} NnLessonStep;

typedef struct {
  gsize n_steps;
  NnLessonStep *steps; /* (owned) (n_steps) */

  /* The learner's progress. */
  gboolean begun;
  gsize at;         /* the index of the step that is shown */
  guint64 run_to;   /* the run's step */
  double *answers;  /* (owned) (n_steps) NAN: none */
  GHashTable *kept; /* (owned) (element-type utf8 gdouble) */

  gint n_others; /* atomic, private: references besides the first */
} NnLesson;

NnLesson *nn_lesson_new (void) G_GNUC_WARN_UNUSED_RESULT;
NnLessonStep *nn_lesson_add_step (NnLesson *self);
NnLesson *nn_lesson_copy (const NnLesson *self) G_GNUC_WARN_UNUSED_RESULT;
NnLesson *nn_lesson_ref (NnLesson *self);
void nn_lesson_unref (NnLesson *self);

gboolean nn_lesson_step_has_action (const NnLessonStep *self);
void nn_lesson_keep (NnLesson *self, const char *name, double value);
const NnLessonStep *nn_lesson_find_question (const NnLesson *self, gsize at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLesson, nn_lesson_unref)

G_END_DECLS
