/* nn-trainer-nudges.c - what a run is to its nudges
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer-private.h"

/**
 * nn_trainer_get_nudge_context:
 * @step: the one that is under way, or just taken
 *
 * Returns: what a nudge at @place works on, until the next step
 */
NnNudgeContext
nn_trainer_get_nudge_context (const NnTrainer *self, NnPlace place, guint64 step)
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

static NnNudgeContext
get_context (gpointer run, NnPlace place, guint64 step)
{
  return nn_trainer_get_nudge_context (run, place, step);
}

static double
evaluate (gpointer run, NnPlace place)
{
  return (double) (place == NN_PLACE_SECTION ? nn_trainer_evaluate (run)
                                             : nn_trainer_evaluate_input (run));
}

/**
 * nn_trainer_new_schedule:
 *
 * Returns: (transfer full): an empty one, whose nudges are applied to @self
 */
NnNudgeSchedule *
nn_trainer_new_schedule (NnTrainer *self)
{
  static const NnNudgeHost host = { get_context, evaluate };

  return nn_nudge_schedule_new (&host, self, self->experiment->architecture->n_values);
}

/**
 * nn_trainer_measure_next_landings:
 *
 * As nn_nudge_schedule_measure_next ().
 */
void
nn_trainer_measure_next_landings (NnTrainer *self)
{
  nn_nudge_schedule_measure_next (self->schedule);
}

gsize
nn_trainer_get_n_standing (const NnTrainer *self)
{
  return nn_nudge_schedule_get_n (self->schedule);
}

/**
 * nn_trainer_get_standing:
 *
 * Returns: (transfer none): until the next change
 */
const NnStanding *
nn_trainer_get_standing (const NnTrainer *self, gsize index)
{
  return nn_nudge_schedule_get (self->schedule, index);
}

/**
 * nn_trainer_get_landings:
 *
 * Returns: (transfer none) (array length=n_landings): as nn_nudge_schedule_get_landings ()
 */
const NnLanding *
nn_trainer_get_landings (const NnTrainer *self, gsize *n_landings)
{
  return nn_nudge_schedule_get_landings (self->schedule, n_landings);
}
