/* nn-scorer.h - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 *
 * When a frame is made, and not at every step, as it takes a forward pass of all examples;
 * there in at most 1/40 of the time while the run is running. As a run may be over before
 * there is another frame, also at steps between frames: at geometrically growing distances,
 * in at most 1/20 of the time after a first millisecond. One owner, one thread.
 */

#pragma once

#include "nn/run/nn-timeline.h"

G_BEGIN_DECLS

/* What time it is. */
typedef struct {
  gint64 (*get_us) (gpointer data); /* monotonic time */
  gint64 (*get_ns) (gpointer data); /* CPU time of the thread */
  gpointer data;
} NnScorerClock;

/* Zeroed: nothing was computed yet. */
typedef struct {
  const NnScorerClock *clock; /* (nullable) NULL: the machine's */
  guint64 step;               /* where the newest were measured */
  gint64 due_us;              /* monotonic time: none for a frame before it */
  gint64 due_at_ns;           /* CPU time of the thread: none between frames before it */
  gint64 spare_ns;            /* what passes may still take without a rest */
} NnScorer;

void nn_scorer_measure (NnScorer *self, NnTimeline *timeline, gboolean running);
guint64 nn_scorer_count_steps (const NnScorer *self, const NnTimeline *timeline);
void nn_scorer_measure_on_the_way (NnScorer *self, NnTimeline *timeline);

G_END_DECLS
