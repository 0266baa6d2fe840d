/* nn-scorer.c - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-scorer.h"

#include <time.h>

/* After passes for a frame that took t, none for a frame are made for this many t … */
#define REST 39
/* … and after passes between frames, none between frames for this many t. */
#define REST_ON_THE_WAY 19

/* What passes may take, in all, before the first rest of a run that was paused: such a run is
 * most often skipped to a step that is near, and a millisecond more is not noticed. */
#define SPARE_NS 1000000

/* The next steps on the way to be scored are at least a 25th of all steps so far apart: their
 * number grows with the logarithm of the run's length only. */
#define PARTS 25

/* The CPU time of this thread: on a busy machine others run in between. */
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
 * @running: it is put off while it would take too large a part of the time
 *
 * Adds to the run's scores those of the held-out examples and of NN_SCORE_TRAINING.
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

/* Returns: the next step on the way, which is past if the run has gone back, too */
static guint64
get_due_step (const NnScorer *self, guint64 step)
{
  return self->step > step ? step : self->step + 1 + self->step / PARTS;
}

/**
 * nn_scorer_count_steps:
 *
 * Returns: after how many steps from here nn_scorer_measure_on_the_way () is to be called
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
 * As nn_scorer_measure (), of a run that has been going on since the newest was measured,
 * if this is far enough from it.
 */
void
nn_scorer_measure_on_the_way (NnScorer *self, NnTimeline *timeline)
{
  const guint64 step = get_step (timeline);

  if (step >= get_due_step (self, step) && get_ns (self) >= self->due_at_ns)
    measure (self, timeline);
}
