/* nudge-lesson-action.c - the action that a step of a lesson does, or waits for
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/document/nudge-lesson-action.h"

void
nudge_lesson_action_start (const NnLessonStep *step, NudgeSession *session)
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
 * nudge_lesson_action_is_done:
 * @before: where the run was when the step was shown
 */
gboolean
nudge_lesson_action_is_done (const NnLessonStep *step,
                             const NudgeRunPosition *before,
                             NudgeSession *session)
{
  const NnFrame *frame = nudge_session_get_frame (session);
  const NudgeRunPosition present = nudge_run_position_of (frame);
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
    return nudge_session_is_idle (session) &&
           (present.n_events < before->n_events || present.step < before->step);
  default: /* NN_LESSON_RESET */
    return nudge_session_is_idle (session) && frame->step == 0;
  }
}
