/* nn-scorer.h - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 *
 * When a frame is made, and not at every step, as it takes a forward pass of all of them;
 * and in at most 1/40 of the time while the run is running. One owner, one thread.
 */

#pragma once

#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

typedef struct {
  gint64 next_us; /* the monotonic time before which nothing is computed */
} NnScorer;

void nn_scorer_measure (NnScorer *self, NnTimeline *timeline, gboolean running);

G_END_DECLS
