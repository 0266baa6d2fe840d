/* nn-trainer-nudges.c - a trainer's nudges, and where they landed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-trainer-private.h"

#include <math.h>

/* What a step's gap and examples cost is paid only if somebody waits for them. */
static void
look_at_standing (NnTrainer *self)
{
  self->waits = FALSE;
  self->walks = FALSE;
  self->has_gap = FALSE;
  self->zeroes = FALSE;
  self->needs_before = FALSE;
  for (guint i = 0; i < self->standing->len; i++) {
    const NnNudge *nudge = g_array_index (self->standing, NnStandingEntry, i).nudge;

    self->waits |= nudge->when != NN_WHEN_BY_HAND;
    self->walks |= nudge->when == NN_WHEN_EVERY_EXAMPLE;
    self->has_gap |= nudge->before_backward;
    self->needs_before |=
        (nn_expression_get_needs (nudge->expression) & NN_NEED_BEFORE) != 0;
    self->zeroes |= nudge->memory != NN_MEMORY_KEEP &&
                    (nudge->before_backward || nudge->when == NN_WHEN_EVERY_EXAMPLE);
  }
}

/**
 * nn_trainer_get_context:
 * @step: the one that is under way, or just taken
 *
 * Returns: what a nudge at @place works on, until the next step
 */
NnNudgeContext
nn_trainer_get_context (const NnTrainer *self, NnPlace place, guint64 step)
{
  NnNudgeContext context = {
    .network = self->network,
    .optimizer = self->optimizer,
    .noise = self->noise,
    .init = &self->experiment->init,
    .initial = self->initial,
    .step = step,
    .scratch = self->scratch,
  };

  /* Before the optimizer, what there was before it is what there is. */
  if (place != NN_PLACE_SECTION)
    context.before = nn_network_get_values (self->network);
  else if (self->before_step > 0 && self->before_step == step)
    context.before = self->before;
  return context;
}

/* Writes one application of @nudge into @landing; the weights change or not. */
static void
land (NnTrainer *self, NnLanding *landing, NnPlace place, guint64 step)
{
  const NnNudgeContext context = nn_trainer_get_context (self, place, step);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&landing->refusal, g_free);
  landing->last = step;
  if (nn_nudge_apply (landing->nudge, &context, NULL, &error))
    landing->n_times++;
  else
    landing->refusal = g_strdup (error->message);
}

static NnLanding *
append_landing (NnTrainer *self, NnNudge *nudge, gboolean standing, guint64 step)
{
  const NnLanding landing = {
    .nudge = nn_nudge_ref (nudge),
    .standing = standing,
    .first = step,
    .change = NAN,
    .loss_before = NAN,
    .loss_after = NAN,
  };

  g_array_append_val (self->landings, landing);
  return &g_array_index (self->landings, NnLanding, self->landings->len - 1);
}

/**
 * nn_trainer_run_standing:
 * @step: the one that is under way, or just taken
 *
 * Applies the standing nudges that are due, in their order.
 */
void
nn_trainer_run_standing (NnTrainer *self, NnPlace place, guint64 step)
{
  const NnMoment moment = { .place = place,
                            .step = step,
                            .first_example = self->example == 0,
                            .epoch_ends = self->batch->ends_epoch };

  for (gsize i = 0; i < self->standing->len; i++) {
    NnStandingEntry *standing = &g_array_index (self->standing, NnStandingEntry, i);

    if (!nn_nudge_is_due (standing->nudge, &moment))
      continue;
    if (standing->landing < 0) {
      append_landing (self, standing->nudge, TRUE, step);
      standing->landing = (gssize) self->landings->len - 1;
    }
    land (self, &g_array_index (self->landings, NnLanding, standing->landing), place,
          step);
  }
}

/**
 * nn_trainer_nudge:
 *
 * Applies @nudge now, once, whatever its WHEN, and computes the loss before and
 * after. What came of it, a refusal included, is the newest landing.
 */
void
nn_trainer_nudge (NnTrainer *self, NnNudge *nudge)
{
  NnLanding *landing = append_landing (self, nudge, FALSE, self->n_steps);

  landing->loss_before = (double) nn_trainer_evaluate (self);
  land (self, landing, NN_PLACE_SECTION, self->n_steps);
  landing->loss_after = (double) nn_trainer_evaluate (self);
  if (landing->refusal == NULL)
    self->loss = (float) landing->loss_after;
}

/**
 * nn_trainer_add_standing:
 *
 * Puts @nudge last in the list that each section goes through.
 */
void
nn_trainer_add_standing (NnTrainer *self, NnNudge *nudge)
{
  const NnStandingEntry standing = { nn_nudge_ref (nudge), -1 };

  g_array_append_val (self->standing, standing);
  look_at_standing (self);
}

/**
 * nn_trainer_remove_standing:
 *
 * Takes @nudge, this very one, off the list; nothing if it is not there.
 */
void
nn_trainer_remove_standing (NnTrainer *self, const NnNudge *nudge)
{
  for (guint i = 0; i < self->standing->len; i++)
    if (g_array_index (self->standing, NnStandingEntry, i).nudge == nudge) {
      g_array_remove_index (self->standing, i);
      break;
    }
  look_at_standing (self);
}

/**
 * nn_trainer_get_landings:
 *
 * Returns: (transfer none) (array length=n_landings): the log, oldest first,
 *   until the next change
 */
const NnLanding *
nn_trainer_get_landings (const NnTrainer *self, gsize *n_landings)
{
  *n_landings = self->landings->len;
  return (const NnLanding *) (const void *) self->landings->data;
}
