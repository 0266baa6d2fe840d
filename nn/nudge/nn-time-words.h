/* nn-time-words.h - the words and numbers of times, for their parser
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to the parser of times. Upper and lower case are the same. An accept function
 * consumes tokens and returns TRUE, or consumes nothing and returns FALSE. Lists of words
 * are separated by spaces.
 */

#pragma once

#include "nn/expression/nn-fault.h"
#include "nn/expression/nn-token.h"

G_BEGIN_DECLS

#define NN_TIME_STEP                                                                     \
  "step steps batch batches minibatch minibatches update updates iteration iterations "  \
  "iter iters"
#define NN_TIME_EPOCH   "epoch epochs"
#define NN_TIME_EXAMPLE "example examples sample samples"
#define NN_TIME_EVERY   "every each per"

gboolean nn_time_is_word (const NnToken *token, const char *words);
gboolean nn_time_accept (NnTokens *tokens, const char *words);
gboolean nn_time_accept_sign (NnTokens *tokens, guint sign);
gboolean nn_time_accept_number (NnTokens *tokens, guint64 *number);
gboolean nn_time_accept_ordinal (NnTokens *tokens, guint64 *number);
gboolean nn_time_accept_count (NnTokens *tokens, guint64 *number);
void nn_time_suggest_word (const NnToken *token, NnFault *fault);

G_END_DECLS
