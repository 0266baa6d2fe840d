/* nn-standing.h - one of the nudges that repeat
 *
 * SPDX-License-Identifier: MIT
 *
 * As the trainer's schedule has it, and as frames show it.
 */

#pragma once

#include "nn/nudge/nn-nudge.h"

G_BEGIN_DECLS

typedef struct {
  guint64 id;     /* its own for as long as the run lasts */
  NnNudge *nudge; /* (owned) */
  gboolean paused;
  guint64 n_times; /* how often it was applied */
} NnStanding;

G_END_DECLS
