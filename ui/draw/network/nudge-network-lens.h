/* nudge-network-lens.h - what a picture of the network shows, and on which scale
 *
 * SPDX-License-Identifier: MIT
 *
 * One rule for all that can be shown: a round number that no weight's exceeds is full width;
 * it follows the frames, or is held. A plain value: all zeros are the weights, fitted.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

typedef struct {
  NnQuantity quantity;            /* what is wanted */
  gboolean held;                  /* the scale stays what it is */
  double threshold;               /* what is below this share of the scale is left out */
  double limits[NN_N_QUANTITIES]; /* of each the scale so far; 0: none yet */
  double largest;                 /* |number| that the newest frame shows */
} NudgeNetworkLens;

void nudge_network_lens_follow (NudgeNetworkLens *self, const NnFrame *frame);
NnQuantity
nudge_network_lens_get_shown (const NudgeNetworkLens *self, const NnFrame *frame);
gboolean nudge_network_lens_is_exceeded (const NudgeNetworkLens *self, NnQuantity shown);
double nudge_network_lens_get_limit (const NudgeNetworkLens *self, NnQuantity shown);
NnQuantity nudge_network_lens_find_next (const NudgeNetworkLens *self,
                                         const NnFrame *frame,
                                         int direction);

G_END_DECLS
