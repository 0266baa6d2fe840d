/* nn-trainer-events.c - what the user does to a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-apply.h"

static gboolean
refers_to_nudge (NnEventKind kind)
{
  return kind != NN_EVENT_NUDGE && kind != NN_EVENT_STAND && kind != NN_EVENT_GUARD &&
         kind != NN_EVENT_EDIT;
}

static gboolean
check_nudge (const NnTrainer *self, const NnEvent *event, GError **error)
{
  if (event->kind == NN_EVENT_STAND &&
      nn_nudge_schedule_get_n (self->schedule) == NN_EXPERIMENT_MAX_NUDGES) {
    g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                 _ ("%d nudges repeat already: remove one first"),
                 NN_EXPERIMENT_MAX_NUDGES);
    return FALSE;
  }
  return (event->kind != NN_EVENT_STAND && event->kind != NN_EVENT_REPLACE) ||
         (nn_nudge_check_target (event->nudge, self->experiment->architecture, error) &&
          nn_event_check_when (event, error));
}

static gboolean
check_id (const NnTrainer *self, const NnEvent *event, GError **error)
{
  const gboolean is_there = nn_trainer_find_standing (self, event->id) >= 0;

  if (event->kind == NN_EVENT_STAND ? !is_there
                                    : is_there || !refers_to_nudge (event->kind))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               is_there ? _ ("nudge %" PRIu64 " repeats already")
                        : _ ("nudge %" PRIu64 " does not repeat any more"),
               event->id);
  return FALSE;
}

/* @number: of the log's entry, or 0 */
static void
apply_once (NnTrainer *self, NnNudge *nudge, guint64 number)
{
  const NnLanding *landing;

  if (self->change)
    nn_last_change_before_nudges (self->change, nn_network_get_values (self->network));
  landing = nn_nudge_schedule_apply (self->schedule, nudge, self->n_steps, number);
  if (landing->refusal == NULL)
    self->loss = (float) landing->loss_after;
}

static void
move (NnTrainer *self, const NnEvent *event)
{
  const gsize index = (gsize) nn_trainer_find_standing (self, event->id);
  const gsize n = nn_trainer_get_n_standing (self);

  nn_nudge_schedule_move (self->schedule, event->id, nn_event_get_goal (event, index, n));
}

static void
carry_out (NnTrainer *self, const NnEvent *event, guint64 number)
{
  switch (event->kind) {
  case NN_EVENT_NUDGE:
    apply_once (self, event->nudge, number);
    break;
  case NN_EVENT_STAND:
    nn_nudge_schedule_insert (self->schedule,
                              event->id > 0 ? event->id : nn_trainer_get_next_id (self),
                              event->nudge, event->index);
    break;
  case NN_EVENT_REPLACE:
    nn_nudge_schedule_replace (self->schedule, event->id, event->nudge);
    break;
  case NN_EVENT_REMOVE:
    nn_nudge_schedule_remove (self->schedule, event->id);
    break;
  case NN_EVENT_PAUSE:
  case NN_EVENT_RESUME:
    nn_nudge_schedule_set_paused (self->schedule, event->id,
                                  event->kind == NN_EVENT_PAUSE);
    break;
  case NN_EVENT_MOVE:
    move (self, event);
    break;
  case NN_EVENT_GUARD:
    nn_trainer_set_guard (self, event->guard);
    break;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
carry_out_or_fail (NnTrainer *self, const NnEvent *event, guint64 number, GError **error)
{
  const gboolean walked = self->demands->every_example;

  g_return_val_if_fail (self->phase == NN_PHASE_FORWARD && self->example == 0, FALSE);

  if (event->kind == NN_EVENT_EDIT)
    return nn_trainer_edit (self, event->edit, error);
  if (!check_id (self, event, error) || !check_nudge (self, event, error))
    return FALSE;
  carry_out (self, event, number);
  /* At step 0 the loss is what the first step will compute, rounding included. */
  if (self->n_steps == 0 && self->demands->every_example != walked)
    self->loss = nn_trainer_evaluate (self);
  return TRUE;
}

/**
 * nn_trainer_do:
 * @event: its step is ignored: it is done now
 *
 * Between steps. A manual nudge is applied once, whatever its WHEN; the newest landing
 * says what it did, or why it was refused. After an edit, nn_trainer_get_experiment (),
 * the network, the optimizer and the data may be other objects.
 *
 * Returns: FALSE, with nothing done, if there is no repeating nudge of the event's id, or
 *   there is one already (NN_ERROR_UNKNOWN), if a nudge that is to repeat has no target
 *   (as nn_area_iter_init ()) or is manual (NN_ERROR_SYNTAX), if there are too many
 *   (NN_ERROR_SHAPE), or if an edit does not fit (as nn_change_new ()) or removes the
 *   target of a repeating nudge (NN_ERROR_UNKNOWN)
 */
gboolean
nn_trainer_do (NnTrainer *self, const NnEvent *event, GError **error)
{
  return carry_out_or_fail (self, event, 0, error);
}

/* Whether @event is about a repeating nudge that the deviations left out. */
static gboolean
was_left_out (const NnTrainer *self, const NnEvent *event)
{
  return refers_to_nudge (event->kind) && nn_trainer_find_standing (self, event->id) < 0;
}

/**
 * nn_trainer_do_logged:
 * @number: of the log's entry that @event is, from 1
 *
 * As nn_trainer_do (), but what the run's deviations leave out is not done, and neither is
 * what depends on it alone.
 *
 * Returns: FALSE, with nothing done, as nn_trainer_do (): after an edit was left out, a
 *   later one may not fit
 */
gboolean
nn_trainer_do_logged (NnTrainer *self,
                      const NnEvent *event,
                      guint64 number,
                      GError **error)
{
  g_auto (NnNudgeException) exception = { 0 };

  if (self->deviations == NULL)
    return carry_out_or_fail (self, event, number, error);
  if (event->kind != NN_EVENT_NUDGE &&
      nn_deviations_find_nudge (self->deviations, NN_SUBJECT_EVENT, number, self->n_steps,
                                &exception))
    return TRUE;
  if (was_left_out (self, event))
    return TRUE;
  if (carry_out_or_fail (self, event, number, error))
    return TRUE;
  g_prefix_error (error, _ ("log:%" PRIu64 " cannot be done without what was left out: "),
                  number);
  return FALSE;
}

NnGuard
nn_trainer_get_guard (const NnTrainer *self)
{
  return self->guard;
}
