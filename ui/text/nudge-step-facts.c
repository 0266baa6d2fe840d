/* nudge-step-facts.c - what is most worth saying of a step's numbers
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/text/nudge-step-facts.h"

#include <math.h>

#include "nn/nudge/nn-area.h"
#include "ui/text/nudge-landing-words.h"

/**
 * nudge_step_get_values:
 * @frame: with a record
 *
 * In the section that is what nudges have done until now, the manual ones too; in the
 * forward and the backward pass, those before the backward pass.
 */
void
nudge_step_get_values (const NnFrame *frame,
                       NudgePhase phase,
                       const float **before,
                       const float **after)
{
  float *const *values = frame->record->values;

  if (phase == NUDGE_PHASE_SECTION) {
    *before = values[NN_STEP_OPTIMIZER];
    *after = frame->values;
  } else if (phase == NUDGE_PHASE_OPTIMIZER) {
    *before = values[NN_STEP_BACKWARD];
    *after = values[NN_STEP_OPTIMIZER];
  } else {
    *before = values[NN_STEP_FORWARD];
    *after = values[NN_STEP_BACKWARD];
  }
}

/**
 * nudge_step_find_change:
 *
 * Returns: the value that has changed most in @phase; of no parameter if none has
 */
NudgeChange
nudge_step_find_change (const NnFrame *frame, NudgePhase phase)
{
  const NnArchitecture *architecture = frame->architecture;
  const float *before, *after;
  NudgeChange most = { NULL };
  float largest = 0;

  nudge_step_get_values (frame, phase, &before, &after);
  for (gsize p = 0; p < architecture->n_parameters; p++) {
    const NnParameterShape *parameter = &architecture->parameters[p];

    for (gsize i = 0; i < parameter->n_values; i++) {
      const gsize at = parameter->offset + i;

      if (!(fabsf (after[at] - before[at]) > largest))
        continue;
      largest = fabsf (after[at] - before[at]);
      most = (NudgeChange){ parameter, i, before[at], after[at] };
    }
  }
  return most;
}

/**
 * nudge_step_find_gradient:
 *
 * Returns: the largest gradient, as after; of no parameter if all are 0
 */
NudgeChange
nudge_step_find_gradient (const NnStepRecord *record)
{
  const NnArchitecture *architecture = record->architecture;
  NudgeChange most = { NULL };

  for (gsize p = 0; p < architecture->n_parameters; p++) {
    const NnParameterShape *parameter = &architecture->parameters[p];

    for (gsize i = 0; i < parameter->n_values; i++) {
      const float gradient = record->gradients[parameter->offset + i];

      if (fabsf (gradient) > fabsf (most.after))
        most = (NudgeChange){ parameter, i, 0, gradient };
    }
  }
  return most;
}

static gboolean
has_value (const NnLanding *landing, const NnFrame *frame, const NudgeChange *value)
{
  NnAreaIter iter;
  NnArea area;

  if (!nn_area_iter_init (&iter, &landing->nudge->target, frame->architecture, NULL))
    return FALSE;
  while (nn_area_iter_next (&iter, &area)) {
    if (area.parameter != value->parameter)
      continue;
    for (gsize i = 0; i < area.n; i++)
      if (area.whole || nn_area_get_flat_index (&area, i) == value->index)
        return TRUE;
  }
  return FALSE;
}

/**
 * nudge_step_find_landing:
 * @frame: with a record
 * @within_step: of those before the optimizer, not of those in the section
 * @of: a value that it aims at, if any does; of no parameter: any
 * @n_landings: (out): how many there were in this step, but those that were refused
 *
 * Returns: (nullable): the newest of the step; one that was refused, if no other was
 */
const NnLanding *
nudge_step_find_landing (const NnFrame *frame,
                         gboolean within_step,
                         const NudgeChange *of,
                         gsize *n_landings)
{
  const NnLanding *newest = NULL;
  const NnLanding *refused = NULL;
  const NnLanding *aimed = NULL;

  *n_landings = 0;
  for (gsize i = 0; i < frame->n_landings; i++) {
    const NnLanding *landing = &frame->landings[i];

    if (landing->last != frame->record->step ||
        !nudge_words_lands_within_step (landing) != !within_step)
      continue;
    if (landing->refusal) {
      refused = landing;
      continue;
    }
    newest = landing;
    if (of->parameter && has_value (landing, frame, of))
      aimed = landing;
    (*n_landings)++;
  }
  return aimed ? aimed : newest ? newest : refused;
}
