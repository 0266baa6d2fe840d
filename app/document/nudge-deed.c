/* nudge-deed.c - what a step of a lesson does to a run, or waits for
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-deed.h"

/* A bound, however much was done outside the lesson. */
#define MOST_ASKED 200

NudgePlace
nudge_place_of (const NnFrame *frame)
{
  return (NudgePlace){ .known = TRUE,
                       .step = frame->step,
                       .n_events = frame->log ? nn_log_get_n_events (frame->log) : 0,
                       .failed = frame->failure != NULL };
}

/* Whether the run has arrived: it neither trains nor goes back or forward. */
static gboolean
is_at_rest (NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);

  return nudge_session_is_settled (session) && !frame->running && !frame->unfinished;
}

/* Returns: whether something was asked */
static gboolean
ask_for (NudgeWayBack *self, NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);
  const NudgePlace present = nudge_place_of (frame);

  if (self->n_resets > 0 && frame->can_undo) {
    /* The reset that began a run comes before everything that was done in it. */
    self->n_resets -= present.n_events == 0;
    nudge_session_undo (session);
  } else if (present.n_events > self->place.n_events && frame->can_undo) {
    nudge_session_undo (session);
  } else if (present.n_events < self->place.n_events && frame->can_redo) {
    nudge_session_redo (session);
  } else if (present.step != self->place.step && frame->end >= self->place.step) {
    nudge_session_go_to (session, self->place.step);
  } else {
    return FALSE;
  }
  return TRUE;
}

/**
 * nudge_way_back_go_on:
 *
 * Goes a part of the way, unless the run is on its way already: to be called at each
 * frame. What was done since is taken back, and what was taken back is done again.
 *
 * Returns: whether the run is there, or as near as it can come
 */
gboolean
nudge_way_back_go_on (NudgeWayBack *self, NudgeSession *session)
{
  return is_at_rest (session) &&
         (self->n_asked++ >= MOST_ASKED || !ask_for (self, session));
}

gboolean
nudge_deed_is_one (const NnLessonStep *step)
{
  return step->kind == NN_LESSON_WAIT || step->kind == NN_LESSON_DO;
}

void
nudge_deed_do (const NnLessonStep *step, NudgeSession *session)
{
  switch (step->action) {
  case NN_LESSON_RUN_TO_STEP:
    nudge_session_run_to_step (session, step->step, TRUE);
    break;
  case NN_LESSON_RUN_TO_LOSS:
    nudge_session_run_to_loss (session, step->loss);
    break;
  case NN_LESSON_EVENT:
    g_object_set (session, "running", FALSE, NULL);
    nudge_session_do (session, &step->event);
    break;
  case NN_LESSON_UNDO:
    nudge_session_undo (session);
    break;
  case NN_LESSON_RESET:
    nudge_session_reset (session);
    break;
  }
}

/* Whether the newest thing that the user did is @event, perhaps with another function. */
static gboolean
is_last (const NnEvent *event, const NnFrame *frame)
{
  const NnEvent *last = nn_log_get_last (frame->log);
  g_autofree char *target = event->nudge ? nn_nudge_dup_target (event->nudge) : NULL;
  g_autofree char *other = NULL;

  if (last == NULL || last->kind != event->kind)
    return FALSE;
  other = last->nudge ? nn_nudge_dup_target (last->nudge) : NULL;
  return g_strcmp0 (target, other) == 0;
}

/**
 * nudge_deed_is_done:
 * @before: where the run was when the step was shown
 */
gboolean
nudge_deed_is_done (const NnLessonStep *step,
                    const NudgePlace *before,
                    NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);
  const NudgePlace present = nudge_place_of (frame);
  const gboolean has_failed = present.failed && !before->failed;

  if (!nudge_session_is_settled (session) || frame->running)
    return FALSE;
  switch (step->action) {
  case NN_LESSON_RUN_TO_STEP:
    return frame->step >= step->step || has_failed;
  case NN_LESSON_RUN_TO_LOSS:
    return frame->step_loss <= step->loss || has_failed;
  case NN_LESSON_EVENT:
    return present.n_events > before->n_events && is_last (&step->event, frame);
  case NN_LESSON_UNDO:
    return is_at_rest (session) &&
           (present.n_events < before->n_events || present.step < before->step);
  default: /* NN_LESSON_RESET */
    return is_at_rest (session) && frame->step == 0;
  }
}
