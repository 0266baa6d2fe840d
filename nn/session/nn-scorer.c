/* nn-scorer.c - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-scorer.h"

/* After passes that took t, none are made for this many t. */
#define REST 39

/**
 * nn_scorer_measure:
 * @timeline: between steps
 * @running: it is put off while it would take too large a part of the time
 *
 * Adds to the run's scores those of the held-out examples and of NN_SCORE_TRAINING.
 */
void
nn_scorer_measure (NnScorer *self, NnTimeline *timeline, gboolean running)
{
  const gint64 begin = g_get_monotonic_time ();

  if (running && begin < self->next_us)
    return;
  nn_timeline_score (timeline, NN_SCORE_HELD_OUT);
  nn_timeline_score (timeline, NN_SCORE_TRAINING);
  self->next_us = begin + (1 + REST) * (g_get_monotonic_time () - begin);
}
