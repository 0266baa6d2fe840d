/* nn-sweep.c - the loss along the amount of a nudge
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-sweep.h"

#include <math.h>

/**
 * nn_question_get_amount:
 * @index: less than NN_SWEEP_AMOUNTS
 *
 * Returns: that amount; the first is exactly least and the last exactly most
 */
float
nn_question_get_amount (const NnQuestion *self, gsize index)
{
  const double t = (double) index / (NN_SWEEP_AMOUNTS - 1);
  const double least = (double) self->least;
  const double most = (double) self->most;

  g_return_val_if_fail (index < NN_SWEEP_AMOUNTS, NAN);

  if (index == 0)
    return self->least;
  if (index == NN_SWEEP_AMOUNTS - 1)
    return self->most;
  if (self->logarithmic)
    return (float) exp (log (least) + t * (log (most) - log (least)));
  return (float) (least + t * (most - least));
}

/**
 * nn_question_copy:
 * @self: (out) overwritten; what it held before is not released
 */
void
nn_question_copy (NnQuestion *self, const NnQuestion *from)
{
  *self = *from;
  self->nudge = nn_nudge_ref (from->nudge);
}

void
nn_question_clear (NnQuestion *self)
{
  g_clear_pointer (&self->nudge, nn_nudge_unref);
}
