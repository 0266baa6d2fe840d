/* nudge-network-scale.h - the one scale of a picture of the network
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

double nudge_network_find_largest (const NnFrame *frame, NnQuantity quantity);
gsize nudge_network_count_weak (const NnFrame *frame,
                                NnQuantity quantity,
                                double threshold,
                                gsize *n_weights);
double nudge_network_fit_limit (double largest, double previous);
double nudge_network_choose_limit (const NnFrame *frame, double previous);

G_END_DECLS
