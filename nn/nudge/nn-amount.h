/* nn-amount.h - parses the amount of a nudge: 0.5, 0,5, 1/2, 50%
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to this folder, and tested through nn-nudge.h.
 */

#pragma once

#include "nn/expression/nn-catalogue.h"
#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-token.h"

G_BEGIN_DECLS

gboolean nn_amount_read (double *amount, NnTokens *tokens, NnFault *fault);
gboolean nn_amount_check (float amount,
                          const NnFunction *function,
                          const char *at,
                          const char *end,
                          NnFault *fault);

G_END_DECLS
