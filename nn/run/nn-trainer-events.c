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
names_one (NnEventKind kind)
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
                 _ ("%d nudges stand already: remove one"), NN_EXPERIMENT_MAX_NUDGES);
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

  if (event->kind == NN_EVENT_STAND ? !is_there : is_there || !names_one (event->kind))
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
  /* At step 0 it is the one that the first step will compute, to its rounding. */
  if (self->n_steps == 0 && self->demands->every_example != walked)
    self->loss = nn_trainer_evaluate (self);
  return TRUE;
}

/**
 * nn_trainer_do:
 * @event: its step is ignored: it is done now
 *
 * Between steps. A manual nudge is applied once, whatever its WHEN, and what came of it, a
 * refusal included, is the newest landing. An edit changes the experiment, and what of the
 * run depends on what it changes: nn_trainer_get_experiment (), the network, the optimizer
 * and the data may be others after it.
 *
 * Returns: FALSE, with nothing done, if the event names a nudge that does not repeat (any
 *   more) or names a new one as another (NN_ERROR_UNKNOWN), if one that is to repeat has
 *   no target (as nn_area_iter_init ()) or is manual (NN_ERROR_SYNTAX), if there are
 *   too many (NN_ERROR_SHAPE), or if an edit does not fit (as nn_change_new ()) or would
 *   take its target from a nudge that repeats (NN_ERROR_UNKNOWN)
 */
gboolean
nn_trainer_do (NnTrainer *self, const NnEvent *event, GError **error)
{
  return carry_out_or_fail (self, event, 0, error);
}

/* What was done with a nudge that was never set up, as that was left out. */
static gboolean
is_void (const NnTrainer *self, const NnEvent *event)
{
  return names_one (event->kind) && nn_trainer_find_standing (self, event->id) < 0;
}

/**
 * nn_trainer_do_logged:
 * @number: of the log's entry that @event is, from 1
 *
 * As nn_trainer_do (), but what the run's deviations leave out is not done, and neither is
 * what depends on it alone.
 *
 * Returns: FALSE, with nothing done, as nn_trainer_do (): without an edit that was left
 *   out, one after it may not fit
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
  if (is_void (self, event))
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
