/* nn-time-reader.h - reading when a nudge is applied
 *
 * SPDX-License-Identifier: MIT
 *
 * -every has what comes again and again, -named steps and epochs by their numbers, and
 * nn-time-reader.c all of it. Private to this folder.
 */

#pragma once

#include "nn/nudge/nn-fault.h"
#include "nn/nudge/nn-time.h"
#include "nn/nudge/nn-token.h"

G_BEGIN_DECLS

gboolean nn_time_read (NnTime *self, NnTokens *tokens, NnFault *fault);

gboolean nn_time_read_range (NnTime *self, NnTokens *tokens);
gboolean nn_time_read_every (NnTime *self, NnTokens *tokens, gboolean said);
gboolean nn_time_read_condition (NnTime *self, NnTokens *tokens);
gboolean
nn_time_read_named (NnTime *self, NnTokens *tokens, gboolean epochs, NnFault *fault);

G_END_DECLS
