/* nn-scorer.h - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 *
 * Not at every step, as it takes a forward pass of all of them: when a frame is made; and, as
 * a run may be over before there is another, at steps on its way, so many in all that every
 * part of it has some. Where a pass is dear, it is made as rarely as keeps its share of the
 * time below a twentieth, but for the first millisecond. One owner, one thread.
 */

#pragma once

#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

/* Zeroed: nothing was computed yet. */
typedef struct {
  guint64 step;  /* that was the newest to be measured … */
  gint64 due_us; /* … and the monotonic time before which a frame is made without, … */
  gint64 due_at_ns; /* … and the thread's, before which it is passed by … */
  gint64 spare_ns;  /* … unless this is left */
} NnScorer;

void nn_scorer_measure (NnScorer *self, NnTimeline *timeline, gboolean running);
guint64 nn_scorer_count_steps (const NnScorer *self, const NnTimeline *timeline);
void nn_scorer_measure_on_the_way (NnScorer *self, NnTimeline *timeline);

G_END_DECLS
