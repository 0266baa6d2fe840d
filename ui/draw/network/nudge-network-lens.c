/* nudge-network-lens.c - what a picture of the network shows, and on which scale
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-lens.h"

#include "ui/draw/base/nudge-frame.h"
#include "ui/draw/network/nudge-network-scale.h"

/**
 * nudge_network_lens_get_shown:
 *
 * Returns: what is wanted, or the weights for as long as the frame does not have that
 */
NnQuantity
nudge_network_lens_get_shown (const NudgeNetworkLens *self, const NnFrame *frame)
{
  return nudge_frame_has (frame, self->quantity) ? self->quantity : NN_QUANTITY_VALUE;
}

/**
 * nudge_network_lens_follow:
 *
 * To be called once for each frame that is shown: it passes over all weights.
 */
void
nudge_network_lens_follow (NudgeNetworkLens *self, const NnFrame *frame)
{
  const NnQuantity shown = nudge_network_lens_get_shown (self, frame);
  double *limit = &self->limits[shown];

  self->largest = nudge_network_find_largest (frame, shown);
  if (!self->held || !(*limit > 0))
    *limit = nudge_network_fit_limit (self->largest, *limit);
}

/* Returns: whether a number of the newest frame is beyond the scale */
gboolean
nudge_network_lens_is_exceeded (const NudgeNetworkLens *self, NnQuantity shown)
{
  return self->largest > nudge_network_lens_get_limit (self, shown);
}

/* Returns: greater than 0 */
double
nudge_network_lens_get_limit (const NudgeNetworkLens *self, NnQuantity shown)
{
  return self->limits[shown] > 0 ? self->limits[shown] : 1;
}

/**
 * nudge_network_lens_find_next:
 * @direction: 1 or -1
 *
 * Returns: what comes after, or before, what is wanted, of all that @frame can have
 */
NnQuantity
nudge_network_lens_find_next (const NudgeNetworkLens *self,
                              const NnFrame *frame,
                              int direction)
{
  guint next = self->quantity;

  do
    next = (next + (direction > 0 ? 1 : NN_N_QUANTITIES - 1)) % NN_N_QUANTITIES;
  while (!(frame->known & NN_QUANTITY_BIT (next)));
  return (NnQuantity) next;
}
