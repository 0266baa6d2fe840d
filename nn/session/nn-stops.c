/* nn-stops.c - breakpoints, and goals of "run to"
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

/* Returns: how many steps it is from @step to the stop, if that is later */
static guint64
count_until (const NnStop *stop, guint64 step)
{
  return stop->step > step ? stop->step - step : G_MAXUINT64;
}

/**
 * nn_stops_count_steps:
 * @step: the present one
 *
 * Returns: after how many steps nn_stops_are_reached () has to be called next
 */
guint64
nn_stops_count_steps (const NnStops *self, guint64 step)
{
  if (!isnan (self->always.loss) || !isnan (self->goal.loss) || self->goal.to_epoch)
    return 1;
  return MIN (count_until (&self->always, step), count_until (&self->goal, step));
}

/**
 * nn_stops_are_reached:
 *
 * To be called after the steps of nn_stops_count_steps (). A loss breakpoint is reached
 * only from above: otherwise a run that is continued there would pause at every step.
 *
 * Returns: whether the run has to pause here
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
