/* nudge-learner.c - the state of a lesson: its step, answers and what it waits for
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-learner.h"

#include <math.h>

#include "app/document/nudge-lesson-action.h"
#include "nn/base/nn-text.h"
#include "nn/lesson/nn-check.h"
#include "nn/lesson/nn-lesson-outcome.h"
#include "nn/lesson/nn-lesson-text.h"
#include "ui/text/nudge-number.h"

/* What the run does for the learner. */
typedef enum {
  IDLE,
  ACTING,       /* the step's action */
  ROLLING_BACK, /* to where it was at a step before, or at the beginning */
  CATCHING_UP,  /* to where it was when it was saved */
} Activity;

struct _NudgeLearner {
  GObject parent_instance;

  NudgeSession *session;       /* (owned) */
  NnLesson *lesson;            /* (owned) this learner's own */
  NudgeRunPosition *positions; /* (owned) (n_steps) of the run when each was shown */
  NudgeRollback rollback;      /* ROLLING_BACK */
  Activity activity;
  gboolean begun;        /* the first frame has come */
  gboolean check_failed; /* the present step's claim is false */
  gboolean left;
  guint64 old_stop; /* as it was before a step set it … */
  gboolean stops;   /* … as it does now */
};

enum {
  CHANGED,
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NudgeLearner, nudge_learner, G_TYPE_OBJECT)

static void
changed (NudgeLearner *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static NnLessonStep *
get_step (NudgeLearner *self)
{
  return &self->lesson->steps[self->lesson->at];
}

/* --- Where a run is to stop --------------------------------------------------------- */

static void
stop_at (NudgeLearner *self, guint64 step)
{
  g_object_get (self->session, "stop-step", &self->old_stop, NULL);
  g_object_set (self->session, "stop-step", step, NULL);
  self->stops = TRUE;
}

static void
stop_no_more (NudgeLearner *self)
{
  if (self->stops)
    g_object_set (self->session, "stop-step", self->old_stop, NULL);
  self->stops = FALSE;
}

/* --- From step to step -------------------------------------------------------------- */

static void
show_step (NudgeLearner *self, gsize at)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);
  const NnLessonStep *step = &self->lesson->steps[at];

  stop_no_more (self);
  self->activity = IDLE;
  self->check_failed = FALSE;
  self->lesson->at = at;
  self->lesson->run_to = frame->step;
  self->positions[at] = nudge_run_position_of (frame);
  if (step->kind == NN_LESSON_WAIT && step->action == NN_LESSON_RUN_TO_STEP &&
      frame->step < step->step)
    stop_at (self, step->step);
  changed (self);
}

static void
go_on (NudgeLearner *self)
{
  if (self->lesson->at + 1 < self->lesson->n_steps)
    show_step (self, self->lesson->at + 1);
  else
    nudge_learner_leave (self);
}

/* Keeps the step's number, and goes on if its check holds. */
static void
finish_step (NudgeLearner *self)
{
  self->activity = IDLE;
  self->check_failed = !nn_lesson_finish_step (
      self->lesson, self->lesson->at, nudge_session_get_frame (self->session), NULL);
  if (self->check_failed)
    changed (self);
  else
    go_on (self);
}

static void
begin (NudgeLearner *self)
{
  /* A recovered run is where it was left; a saved one has to be trained to there again. */
  const guint64 end = nudge_session_get_frame (self->session)->end;

  self->begun = TRUE;
  nudge_session_carry (self->session, NUDGE_SESSION_LESSON, NN_CHECK_QUANTITIES);
  if (!self->lesson->begun || self->lesson->run_to <= end) {
    show_step (self, self->lesson->begun ? self->lesson->at : 0);
  } else {
    self->activity = CATCHING_UP;
    nudge_session_run_to_step (self->session, self->lesson->run_to, FALSE);
    changed (self);
  }
  self->lesson->begun = TRUE;
}

static gboolean
has_numbers (NudgeLearner *self)
{
  return nudge_session_get_frame (self->session)->numbers[NN_QUANTITY_GRADIENT] != NULL;
}

static void
follow_action (NudgeLearner *self)
{
  const NnLessonStep *step = get_step (self);
  const gboolean waits = step->kind == NN_LESSON_WAIT && !self->check_failed;

  if (nudge_session_get_frame (self->session)->failure == NULL)
    self->positions[self->lesson->at].failed = FALSE;
  if ((self->activity == ACTING || waits) && has_numbers (self) &&
      nudge_lesson_action_is_done (step, &self->positions[self->lesson->at],
                                   self->session))
    finish_step (self);
}

static void
frame_cb (NudgeLearner *self)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);

  if (self->left)
    return;
  if (!self->begun) {
    begin (self);
  } else if (self->activity == CATCHING_UP) {
    if (nudge_session_is_settled (self->session) && !frame->running)
      show_step (self, self->lesson->at);
  } else if (self->activity == ROLLING_BACK) {
    if (nudge_rollback_continue (&self->rollback, self->session))
      show_step (self, self->lesson->at);
  } else {
    follow_action (self);
  }
}

/* --- What a learner does ------------------------------------------------------------ */

/**
 * nudge_learner_answer:
 * @answer: of choices the index; NAN: takes the answer back
 *
 * Answers the question that is asked now; at another step it does nothing.
 */
void
nudge_learner_answer (NudgeLearner *self, double answer)
{
  double *own;

  g_return_if_fail (NUDGE_IS_LEARNER (self));

  own = &self->lesson->answers[self->lesson->at];
  if (get_step (self)->kind != NN_LESSON_ASK || *own == answer ||
      (isnan (*own) && isnan (answer)))
    return;
  *own = answer;
  g_signal_emit (self, signals[ANSWERED], 0);
  changed (self);
}

/**
 * nudge_learner_next:
 *
 * Goes to the next step. If the present one does something or waits for it, that is
 * done first.
 */
void
nudge_learner_next (NudgeLearner *self)
{
  g_return_if_fail (NUDGE_IS_LEARNER (self));

  if (!self->begun || self->left || self->activity != IDLE)
    return;
  if (self->check_failed) {
    go_on (self);
  } else if (nn_lesson_step_has_action (get_step (self))) {
    self->activity = ACTING;
    self->positions[self->lesson->at].failed = FALSE; /* it may fail anew */
    nudge_lesson_action_start (get_step (self), self->session);
    changed (self);
    follow_action (self); /* it may be done already */
  } else {
    finish_step (self);
  }
}

static void
go_back (NudgeLearner *self, gsize at, const NudgeRunPosition *target)
{
  self->rollback = (NudgeRollback){ .target = *target };
  for (gsize i = at; i < self->lesson->at; i++)
    self->rollback.n_resets += nn_lesson_step_has_action (&self->lesson->steps[i]) &&
                               self->lesson->steps[i].action == NN_LESSON_RESET;
  self->lesson->at = at;
  self->check_failed = FALSE;
  stop_no_more (self);
  self->activity = ROLLING_BACK;
  g_object_set (self->session, "running", FALSE, NULL);
  changed (self);
  frame_cb (self); /* it may be there */
}

/* Whether the run is doing what the step does, or waits for. */
static gboolean
is_being_done (NudgeLearner *self)
{
  return self->activity == ACTING ||
         (get_step (self)->kind == NN_LESSON_WAIT && !self->check_failed &&
          nudge_session_get_frame (self->session)->running);
}

/**
 * nudge_learner_back:
 *
 * Goes to the step before, and takes the run to where it was then; while something is being
 * done, stays at the step and takes the run to where it was before that.
 */
void
nudge_learner_back (NudgeLearner *self)
{
  gboolean here;
  gsize at;

  g_return_if_fail (NUDGE_IS_LEARNER (self));

  if (!self->begun || self->left || (self->activity != IDLE && self->activity != ACTING))
    return;
  here = is_being_done (self);
  if (!here && self->lesson->at == 0)
    return;
  at = self->lesson->at - !here;
  if (self->positions[at].known)
    go_back (self, at, &self->positions[at]);
  else
    show_step (self, at);
}

/**
 * nudge_learner_again:
 *
 * Starts again at the first step, with the run at its beginning, and forgets the answers.
 */
void
nudge_learner_again (NudgeLearner *self)
{
  const NudgeRunPosition start = { .known = TRUE };

  g_return_if_fail (NUDGE_IS_LEARNER (self));

  if (!self->begun || self->left || self->activity != IDLE)
    return;
  for (gsize i = 0; i < self->lesson->n_steps; i++)
    self->lesson->answers[i] = NAN;
  g_hash_table_remove_all (self->lesson->kept);
  go_back (self, 0, self->positions[0].known ? &self->positions[0] : &start);
}

/**
 * nudge_learner_leave:
 *
 * Ends the lesson; the run stays as it is.
 */
void
nudge_learner_leave (NudgeLearner *self)
{
  g_return_if_fail (NUDGE_IS_LEARNER (self));

  if (self->left)
    return;
  stop_no_more (self);
  self->left = TRUE;
  nudge_session_carry (self->session, NUDGE_SESSION_LESSON, 0);
  changed (self);
}

/* --- What is shown ------------------------------------------------------------------ */

NudgeLearnerState
nudge_learner_get_state (NudgeLearner *self)
{
  g_return_val_if_fail (NUDGE_IS_LEARNER (self), NUDGE_LEARNER_LEFT);

  if (self->left)
    return NUDGE_LEARNER_LEFT;
  if (!self->begun || self->activity != IDLE)
    return NUDGE_LEARNER_BUSY;
  if (self->check_failed)
    return NUDGE_LEARNER_CHECK_FAILED;
  return get_step (self)->kind == NN_LESSON_WAIT  ? NUDGE_LEARNER_WAITS
         : get_step (self)->kind == NN_LESSON_ASK ? NUDGE_LEARNER_IS_ASKED
                                                  : NUDGE_LEARNER_READS;
}

/* Returns: (transfer none): with the learner's answers; valid until "changed" */
const NnLesson *
nudge_learner_get_lesson (NudgeLearner *self)
{
  g_return_val_if_fail (NUDGE_IS_LEARNER (self), NULL);

  return self->lesson;
}

const NnLessonStep *
nudge_learner_get_step (NudgeLearner *self)
{
  g_return_val_if_fail (NUDGE_IS_LEARNER (self), NULL);

  return get_step (self);
}

/**
 * nudge_learner_get_question:
 * @answer: (out): NAN if none was given
 *
 * Returns: (nullable): the question that is asked now, or else the newest one
 */
const NnLessonStep *
nudge_learner_get_question (NudgeLearner *self, double *answer)
{
  const NnLessonStep *question;

  g_return_val_if_fail (NUDGE_IS_LEARNER (self), NULL);

  question = nn_lesson_find_question (self->lesson, self->lesson->at + 1);
  *answer = question != NULL ? self->lesson->answers[question - self->lesson->steps]
                             : (double) NAN;
  return question;
}

/**
 * nudge_learner_get_outcome:
 *
 * Returns: the outcome of the newest question: of choices the index of the one that holds;
 *   NAN if it is not known
 */
double
nudge_learner_get_outcome (NudgeLearner *self)
{
  const NnFrame *frame = nudge_session_get_frame (self->session);
  double answer;
  const NnLessonStep *question = nudge_learner_get_question (self, &answer);

  if (question == NULL || frame == NULL)
    return NAN;
  return nn_lesson_get_outcome (self->lesson, question, frame);
}

static void
append_number (GString *text, double number)
{
  g_autofree char *shown = nudge_number_format (number, 3);

  g_string_append (text, shown);
}

/**
 * nudge_learner_dup_text:
 * @text: a step's or a choice's, in English
 *
 * Returns: (transfer full): in the user's language, with the numbers of the run
 */
char *
nudge_learner_dup_text (NudgeLearner *self, const char *text)
{
  g_return_val_if_fail (NUDGE_IS_LEARNER (self), NULL);

  return nn_lesson_text_dup (nn_text_get_translated (text),
                             nudge_session_get_frame (self->session), self->lesson->kept,
                             append_number);
}

/* --- Life --------------------------------------------------------------------------- */

static void
nudge_learner_finalize (GObject *object)
{
  NudgeLearner *self = NUDGE_LEARNER (object);

  g_clear_object (&self->session);
  nn_lesson_unref (self->lesson);
  g_free (self->positions);
  G_OBJECT_CLASS (nudge_learner_parent_class)->finalize (object);
}

static void
nudge_learner_class_init (NudgeLearnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_learner_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUDGE_TYPE_LEARNER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", NUDGE_TYPE_LEARNER, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_learner_init (NudgeLearner *self)
{
}

/**
 * nudge_learner_new:
 * @lesson: copied
 *
 * Begins at the first frame; if the lesson was saved under way, the run first goes to where
 * it was then.
 */
NudgeLearner *
nudge_learner_new (NudgeSession *session, const NnLesson *lesson)
{
  NudgeLearner *self = g_object_new (NUDGE_TYPE_LEARNER, NULL);

  self->session = g_object_ref (session);
  self->lesson = nn_lesson_copy (lesson);
  self->positions = g_new0 (NudgeRunPosition, lesson->n_steps);
  g_signal_connect_object (session, "frame", G_CALLBACK (frame_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
