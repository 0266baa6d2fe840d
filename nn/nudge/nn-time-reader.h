/* nn-time-reader.h - the parser of times: when a nudge is applied
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-time-reader-every.c reads repeated times, nn-time-reader-named.c lists of steps and
 * epochs, and nn-time-reader.c the whole. Private to this folder. Functions without a
 * fault return FALSE if the tokens are not what they read.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-token.h"
#include "nn/nudge/nn-time.h"

G_BEGIN_DECLS

gboolean nn_time_read (NnTime *self, NnTokens *tokens, NnFault *fault);

gboolean nn_time_read_range (NnTime *self, NnTokens *tokens);
gboolean nn_time_read_every (NnTime *self, NnTokens *tokens, gboolean said);
gboolean nn_time_read_condition (NnTime *self, NnTokens *tokens);
gboolean
nn_time_read_named (NnTime *self, NnTokens *tokens, gboolean epochs, NnFault *fault);

G_END_DECLS
