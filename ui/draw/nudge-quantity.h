/* nudge-quantity.h - what a picture of the network shows of each weight, in words
 *
 * SPDX-License-Identifier: MIT
 *
 * The weights themselves, their gradients, changes, moments, slow copies: a list of those
 * that there are, in the order in which a user goes through them.
 */

#pragma once

#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

char *nudge_quantity_dup_title (NnQuantity quantity, NnOptimizerType type);
char *nudge_quantity_dup_name (NnQuantity quantity, NnOptimizerType type);
char *nudge_quantity_dup_legend (NnQuantity quantity, const NnFrame *frame);

G_END_DECLS
