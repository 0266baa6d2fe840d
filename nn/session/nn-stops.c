/* nn-stops.c - where a run pauses by itself
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-stops.h"

#include <math.h>

static const NnStop none = { .loss = NAN };

void
nn_stops_init (NnStops *self)
{
  *self = (NnStops){ none, none, NAN };
}

void
nn_stops_set_always (NnStops *self, const NnStop *stop)
{
  self->always = *stop;
  self->loss_before = NAN;
}

void
nn_stops_clear_goal (NnStops *self)
{
  self->goal = none;
}

gboolean
nn_stops_have_goal (const NnStops *self)
{
  return self->goal.step > 0 || !isnan (self->goal.loss) || self->goal.to_epoch;
}

/**
 * nn_stops_are_reached:
 *
 * To be called after each step.
 *
 * A loss that always stops has to come from above: else a run that goes on from there would
 * never get farther than a step.
 */
gboolean
nn_stops_are_reached (NnStops *self, const NnTrainer *trainer)
{
  const guint64 step = nn_trainer_get_n_steps (trainer);
  const double loss = (double) nn_trainer_get_loss (trainer);
  const double before = self->loss_before;

  self->loss_before = loss;
  return step == self->always.step || step == self->goal.step ||
         (loss <= self->always.loss && !(before <= self->always.loss)) ||
         loss <= self->goal.loss ||
         (self->goal.to_epoch && nn_trainer_ended_epoch (trainer));
}
