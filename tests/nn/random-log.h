/* random-log.h - random things done to random experiments
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/run/nn-timeline.h"
#include "random-experiment.h"

/* Does something, between two steps. */
static inline void
random_do (RandomExperiment *random, NnTimeline *timeline)
{
  g_auto (NnEvent) event = { 0 };
  g_autoptr (GError) error = NULL;

  random_event (random, nn_timeline_get_trainer (timeline), &event);
  nn_timeline_do (timeline, &event, &error);
  g_assert_no_error (error);
}

/* Nudges that repeat, and @n_steps steps with something done after many of them. Returns:
 * the run as an experiment; NULL if it ended before */
static inline NnExperiment *
random_logged_experiment (RandomExperiment *random, guint n_steps)
{
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = random_below (random, 3); i > 0; i--)
    g_ptr_array_add (random->experiment->nudges, random_nudge (random, RANDOM_ANYTHING));
  timeline = nn_timeline_new (random->experiment, NN_TIMELINE_BUDGET, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < n_steps; k++) {
    while (random_chance (random, 0.35))
      random_do (random, timeline);
    if (!nn_timeline_step (timeline, NULL))
      return NULL;
  }
  return nn_log_make_experiment (nn_timeline_get_log (timeline), random->experiment);
}
