/* nn-scorer.h - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 *
 * Not at every step, as scores take a forward pass of all examples, but when a frame
 * is made; while the run is running, in at most 1/40 of the time. As a short run may
 * end before the next frame, also at steps between frames: at geometrically growing
 * distances, and after a first millisecond in at most 1/20 of the time. One owner,
 * one thread.
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

/* Initially zero. */
typedef struct {
  const NnScorerClock *clock; /* (nullable) NULL: the machine's */
  guint64 step;               /* the last scored one */
  gint64 due_us;              /* monotonic time of the next scores for a frame */
  gint64 due_at_ns;           /* CPU time of the thread of the next ones between frames */
  gint64 spare_ns;            /* time that passes may still take without a rest */
} NnScorer;

void nn_scorer_measure (NnScorer *self, NnTimeline *timeline, gboolean running);
guint64 nn_scorer_count_steps (const NnScorer *self, const NnTimeline *timeline);
void nn_scorer_measure_on_the_way (NnScorer *self, NnTimeline *timeline);

G_END_DECLS
