/* nn-time.h - WHEN a nudge is applied, as text
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to this folder, and tested through nn-nudge.h.
 */

#pragma once

#include "nn/nudge/nn-fault.h"
#include "nn/nudge/nn-nudge.h"
#include "nn/nudge/nn-token.h"

G_BEGIN_DECLS

typedef struct {
  NnWhen when;
  gboolean before_backward;
  guint64 interval;
  guint64 from;
  guint64 to;
} NnTime;

gboolean nn_time_read (NnTime *self, NnTokens *tokens, NnFault *fault);
void nn_time_append_text (const NnTime *self, GString *text);

G_END_DECLS
