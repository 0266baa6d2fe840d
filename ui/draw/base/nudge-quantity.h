/* nudge-quantity.h - words for what a picture of the network shows of weights
 *
 * SPDX-License-Identifier: MIT
 *
 * Titles, names and legends of the weights themselves, their gradients, changes, moments
 * and slow copies.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

char *nudge_quantity_dup_title (NnQuantity quantity, NnOptimizerType type);
char *nudge_quantity_dup_name (NnQuantity quantity, NnOptimizerType type);
char *nudge_quantity_dup_legend (NnQuantity quantity, const NnFrame *frame);

G_END_DECLS
