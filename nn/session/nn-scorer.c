/* nn-scorer.c - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-scorer.h"

/* After passes that took t, none for so many t. */
#define REST 39

/**
 * nn_scorer_measure:
 * @timeline: between steps
 * @running: then it may be put off, until it has cost little enough
 *
 * Notes what the present weights come to on the examples that are held out, and, where
 * they have classes, on those that are trained on.
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
