/* nn-trainer-events.c - what a hand does to a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-apply.h"

static void
entry_clear (gpointer data)
{
  NnStandingEntry *entry = data;

  g_clear_pointer (&entry->standing.nudge, nn_nudge_unref);
  g_clear_pointer (&entry->kept.refusal, g_free);
}

GArray *
nn_trainer_new_standing (void)
{
  GArray *standing = g_array_new (FALSE, FALSE, sizeof (NnStandingEntry));

  g_array_set_clear_func (standing, entry_clear);
  return standing;
}

/**
 * nn_trainer_copy_standing:
 * @standing: (element-type NnStandingEntry) overwritten
 */
void
nn_trainer_copy_standing (GArray *standing, const GArray *from)
{
  g_array_set_size (standing, 0);
  g_array_append_vals (standing, from->data, from->len);
  for (guint i = 0; i < standing->len; i++) {
    NnStandingEntry *entry = &g_array_index (standing, NnStandingEntry, i);

    nn_nudge_ref (entry->standing.nudge);
    entry->kept_step = 0;
    entry->kept.refusal = NULL;
  }
}

/**
 * nn_trainer_look_at_standing:
 *
 * To be called when the list has changed: what a step's gap and examples cost is paid
 * only if somebody waits for them.
 */
void
nn_trainer_look_at_standing (NnTrainer *self)
{
  self->waits = FALSE;
  self->walks = FALSE;
  self->has_gap = FALSE;
  self->needs_before = FALSE;
  for (guint i = 0; i < self->standing->len; i++) {
    const NnStanding *standing =
        &g_array_index (self->standing, NnStandingEntry, i).standing;
    const NnNudge *nudge = standing->nudge;

    if (standing->paused)
      continue;
    self->waits |= nudge->when != NN_WHEN_BY_HAND;
    self->walks |= nudge->when == NN_WHEN_EVERY_EXAMPLE;
    self->has_gap |= nudge->before_backward;
    self->needs_before |=
        (nn_expression_get_needs (nudge->expression) & NN_NEED_BEFORE) != 0;
  }
}

/**
 * nn_trainer_stand:
 * @index: where in the list; last, if that is past its end
 */
void
nn_trainer_stand (NnTrainer *self, NnNudge *nudge, gsize index)
{
  const NnStandingEntry entry = { .standing = { .nudge = nn_nudge_ref (nudge) },
                                  .landing = -1 };

  g_array_insert_val (self->standing, (guint) MIN (index, self->standing->len), entry);
  nn_trainer_look_at_standing (self);
}

/* The new one has the old one's place, and waits if that did; it has its own entry in the
 * log. */
static void
replace (NnTrainer *self, NnNudge *nudge, gsize index)
{
  NnStandingEntry *entry = &g_array_index (self->standing, NnStandingEntry, index);
  const NnStandingEntry fresh = { .standing = { .nudge = nn_nudge_ref (nudge),
                                                .paused = entry->standing.paused },
                                  .landing = -1 };

  entry_clear (entry);
  *entry = fresh;
}

static void
move (NnTrainer *self, gsize index, gsize to)
{
  NnStandingEntry entry = g_array_index (self->standing, NnStandingEntry, index);

  nn_nudge_ref (entry.standing.nudge); /* for the list lets go of it … */
  entry.kept_step = 0;
  entry.kept.refusal = NULL; /* … and of this */
  g_array_remove_index (self->standing, (guint) index);
  g_array_insert_val (self->standing, (guint) to, entry);
}

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
  if (event->kind == NN_EVENT_STAND && self->standing->len == NN_EXPERIMENT_MAX_NUDGES) {
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
  const guint n = self->standing->len;
  const gsize most = MAX (event->index, event->kind == NN_EVENT_MOVE ? event->to : 0);

  if (!names_one (event->kind) || most < n)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "there is no standing nudge number %" G_GSIZE_FORMAT "; there are %u",
               most + 1, n);
  return FALSE;
}

static void
change_list (NnTrainer *self, const NnEvent *event)
{
  switch (event->kind) {
  case NN_EVENT_REPLACE:
    replace (self, event->nudge, event->index);
    break;
  case NN_EVENT_REMOVE:
    g_array_remove_index (self->standing, (guint) event->index);
    break;
  case NN_EVENT_PAUSE:
  case NN_EVENT_RESUME:
    g_array_index (self->standing, NnStandingEntry, event->index).standing.paused =
        event->kind == NN_EVENT_PAUSE;
    break;
  case NN_EVENT_MOVE:
    move (self, event->index, event->to);
    break;
  case NN_EVENT_NUDGE:
  case NN_EVENT_STAND:
  case NN_EVENT_GUARD:
  default:
    g_assert_not_reached ();
  }
  nn_trainer_look_at_standing (self);
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
    nn_trainer_land_by_hand (self, event->nudge);
    break;
  case NN_EVENT_STAND:
    nn_trainer_stand (self, event->nudge, event->index);
    break;
  case NN_EVENT_GUARD:
    nn_trainer_set_guard (self, event->guard);
    break;
  case NN_EVENT_REPLACE:
  case NN_EVENT_REMOVE:
  case NN_EVENT_PAUSE:
  case NN_EVENT_RESUME:
  case NN_EVENT_MOVE:
  default:
    change_list (self, event);
  }
  return TRUE;
}

NnGuard
nn_trainer_get_guard (const NnTrainer *self)
{
  return self->guard;
}

gsize
nn_trainer_get_n_standing (const NnTrainer *self)
{
  return self->standing->len;
}

/**
 * nn_trainer_get_standing:
 *
 * Returns: (transfer none): until the next change
 */
const NnStanding *
nn_trainer_get_standing (const NnTrainer *self, gsize index)
{
  return &g_array_index (self->standing, NnStandingEntry, index).standing;
}
