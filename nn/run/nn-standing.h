/* nn-standing.h - a repeating nudge, as the schedule and frames have it
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef struct {
  guint64 id;     /* no other nudge of the run ever has it */
  NnNudge *nudge; /* (owned) */
  gboolean paused;
  guint64 n_times; /* how often it was applied so far */
} NnStanding;

G_END_DECLS
