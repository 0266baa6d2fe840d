/* nn-trainer-events.c - what a hand does to a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-apply.h"

/**
 * nn_trainer_set_guard:
 *
 * Between steps; it holds from the next one on.
 */
void
nn_trainer_set_guard (NnTrainer *self, NnGuard guard)
{
  self->guard = guard;
  nn_tape_set_guard (self->tape, guard);
  nn_tape_set_guard (self->smaller_tape, guard);
  nn_tape_set_guard (self->example_tape, guard);
}

static gboolean
names_one (NnEventKind kind)
{
  return kind != NN_EVENT_NUDGE && kind != NN_EVENT_STAND && kind != NN_EVENT_GUARD;
}

static gboolean
check_nudge (const NnTrainer *self, const NnEvent *event, GError **error)
{
  if (event->kind == NN_EVENT_STAND &&
      nn_nudge_schedule_get_n (self->schedule) == NN_EXPERIMENT_MAX_NUDGES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, "%d nudges stand already: remove one",
                 NN_EXPERIMENT_MAX_NUDGES);
    return FALSE;
  }
  return (event->kind != NN_EVENT_STAND && event->kind != NN_EVENT_REPLACE) ||
         (nn_nudge_check_target (event->nudge, self->experiment->architecture, error) &&
          nn_event_check_when (event, error));
}

static gboolean
check_index (const NnTrainer *self, const NnEvent *event, GError **error)
{
  const guint n = nn_nudge_schedule_get_n (self->schedule);
  const gsize most = MAX (event->index, event->kind == NN_EVENT_MOVE ? event->to : 0);

  if (!names_one (event->kind) || most < n)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "there is no standing nudge number %" G_GSIZE_FORMAT "; there are %u",
               most + 1, n);
  return FALSE;
}

static void
apply_once (NnTrainer *self, NnNudge *nudge)
{
  const NnLanding *landing =
      nn_nudge_schedule_apply (self->schedule, nudge, self->n_steps);

  if (landing->refusal == NULL)
    self->loss = (float) landing->loss_after;
}

/**
 * nn_trainer_do:
 * @event: whose step is not looked at: it is done now
 *
 * Between steps. A nudge by hand is applied once, whatever its WHEN, and what came of it,
 * a refusal included, is the newest landing.
 *
 * Returns: FALSE, with nothing done, if there is no standing nudge at the event's index
 *   (NN_ERROR_UNKNOWN), no target for one that is to stand (as nn_aim_begin ()), no room
 *   in the list (NN_ERROR_SHAPE), or one to stand that waits for the hand
 *   (NN_ERROR_SYNTAX)
 */
gboolean
nn_trainer_do (NnTrainer *self, const NnEvent *event, GError **error)
{
  g_return_val_if_fail (self->phase == NN_PHASE_FORWARD && self->example == 0, FALSE);

  if (!check_index (self, event, error) || !check_nudge (self, event, error))
    return FALSE;
  switch (event->kind) {
  case NN_EVENT_NUDGE:
    apply_once (self, event->nudge);
    break;
  case NN_EVENT_STAND:
    nn_nudge_schedule_insert (self->schedule, event->nudge, event->index);
    break;
  case NN_EVENT_REPLACE:
    nn_nudge_schedule_replace (self->schedule, event->nudge, event->index);
    break;
  case NN_EVENT_REMOVE:
    nn_nudge_schedule_remove (self->schedule, event->index);
    break;
  case NN_EVENT_PAUSE:
  case NN_EVENT_RESUME:
    nn_nudge_schedule_set_paused (self->schedule, event->index,
                                  event->kind == NN_EVENT_PAUSE);
    break;
  case NN_EVENT_MOVE:
    nn_nudge_schedule_move (self->schedule, event->index, event->to);
    break;
  case NN_EVENT_GUARD:
    nn_trainer_set_guard (self, event->guard);
    break;
  default:
    g_assert_not_reached ();
  }
  return TRUE;
}

NnGuard
nn_trainer_get_guard (const NnTrainer *self)
{
  return self->guard;
}
