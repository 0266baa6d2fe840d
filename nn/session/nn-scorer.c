/* nn-scorer.c - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-scorer.h"

#include <time.h>

/* After passes that took t, none are made for a frame for this many t … */
#define REST 39
/* … and none between frames for this many t. */
#define REST_ON_THE_WAY 19

/* Time that passes may take after a pause before the first rest: the user has most often
 * skipped to a near step, and does not notice another millisecond. */
#define SPARE_NS 1000000

/* Between frames, the next scored step is at least a 25th of all steps so far away, so
 * that their number grows only with the logarithm of the run's length. */
#define PARTS 25

/* Returns: the CPU time of this thread, which other programs on a busy machine do
 * not change */
static gint64
get_ns (const NnScorer *self)
{
  struct timespec time;

  if (self->clock)
    return self->clock->get_ns (self->clock->data);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static gint64
get_us (const NnScorer *self)
{
  return self->clock ? self->clock->get_us (self->clock->data) : g_get_monotonic_time ();
}

static guint64
get_step (const NnTimeline *timeline)
{
  return nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));
}

static void
measure (NnScorer *self, NnTimeline *timeline)
{
  const gint64 begin_us = get_us (self);
  const gint64 begin_ns = get_ns (self);
  gint64 took_ns;

  nn_timeline_score (timeline, NN_SCORE_HELD_OUT);
  nn_timeline_score (timeline, NN_SCORE_TRAINING);
  took_ns = get_ns (self) - begin_ns;
  self->step = get_step (timeline);
  self->due_us = begin_us + (1 + REST) * took_ns / 1000;
  if (took_ns <= self->spare_ns) {
    self->spare_ns -= took_ns;
    self->due_at_ns = begin_ns;
  } else {
    self->due_at_ns = begin_ns + (1 + REST_ON_THE_WAY) * took_ns;
  }
}

/**
 * nn_scorer_measure:
 * @timeline: between steps
 * @running: whether to wait while it would take too large a part of the time
 *
 * Adds the scores of NN_SCORE_HELD_OUT and NN_SCORE_TRAINING to the run's.
 */
void
nn_scorer_measure (NnScorer *self, NnTimeline *timeline, gboolean running)
{
  if (running && get_us (self) < self->due_us)
    return;
  measure (self, timeline);
  if (!running) {
    self->due_at_ns = 0;
    self->spare_ns = SPARE_NS;
  }
}

/* Returns: the next step to score between frames; @step if the run has gone back */
static guint64
get_due_step (const NnScorer *self, guint64 step)
{
  return self->step > step ? step : self->step + 1 + self->step / PARTS;
}

/**
 * nn_scorer_count_steps:
 *
 * Returns: after how many steps nn_scorer_measure_on_the_way () has to be called next
 */
guint64
nn_scorer_count_steps (const NnScorer *self, const NnTimeline *timeline)
{
  const guint64 step = get_step (timeline);
  const guint64 due = get_due_step (self, step);
  const gint64 now_ns = get_ns (self);
  const guint64 rest_ns =
      self->due_at_ns > now_ns ? (guint64) (self->due_at_ns - now_ns) : 0;

  return MAX (due > step ? due - step : 1,
              nn_timeline_get_stride (timeline) * rest_ns / NN_TIMELINE_STRIDE_NS);
}

/**
 * nn_scorer_measure_on_the_way:
 *
 * As nn_scorer_measure (), for a running run, if it is far enough from the last
 * scored step.
 */
void
nn_scorer_measure_on_the_way (NnScorer *self, NnTimeline *timeline)
{
  const guint64 step = get_step (timeline);

  if (step >= get_due_step (self, step) && get_ns (self) >= self->due_at_ns)
    measure (self, timeline);
}
