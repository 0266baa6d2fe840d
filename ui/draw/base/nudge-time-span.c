/* nudge-time-span.c - which steps of a run a plot shows
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-time-span.h"

#include <math.h>

/* Nudges to come are shown that far ahead … */
#define NEAR_STEPS 1000
/* … or so many times as far as the run has come. */
#define NEAR_TIMES 4

/* A right edge that is as near to the newest step, as a share of the span, follows it. */
#define NEAR_END 0.01

/* Of the run: what following shows of it, where all of it was shown before. */
#define FOLLOW_SHARE 0.1

/* The nudges to come are shown where they will land, if that is not far off: what has been
 * trained keeps a width. */
static guint64
get_last_coming (const NnFrame *frame, guint64 last)
{
  const guint64 near = MAX (NEAR_STEPS, NEAR_TIMES * last);
  guint64 farthest = last;

  for (gsize i = 0; i < frame->n_coming; i++)
    if (frame->coming[i].step <= near)
      farthest = MAX (farthest, frame->coming[i].step);
  return farthest;
}

/**
 * nudge_time_get_last_step:
 *
 * Returns: the step at the right end of an axis that shows all of the run
 */
guint64
nudge_time_get_last_step (const NnFrame *frame)
{
  guint64 last = MAX (MAX (NUDGE_TIME_LEAST_STEPS, frame->step), frame->end);

  if (frame->ghost)
    last = MAX (last, nn_history_get_n_steps (frame->ghost));
  for (gsize i = 0; i < frame->n_branches; i++)
    last = MAX (last, nn_history_get_n_steps (frame->branches[i].history));
  for (gsize i = 0; i < frame->n_landings; i++)
    last = MAX (last, frame->landings[i].last);
  return get_last_coming (frame, last);
}

/* A job's steps before it was attached to are unknown. */
static double
get_first (const NnFrame *frame)
{
  const guint64 first =
      frame->history != NULL ? nn_history_get_first_step (frame->history) - 1 : 0;
  const guint64 last = nudge_time_get_last_step (frame);

  return (double) MIN (first, last - NUDGE_TIME_LEAST_STEPS);
}

static double
get_newest (const NnFrame *frame)
{
  return (double) MAX (MAX (frame->step, frame->end), NUDGE_TIME_LEAST_STEPS);
}

/**
 * nudge_time_span_get_edges:
 * @first: (out): the step at the left edge, before the first one that is known
 * @last: (out): at the right edge, greater than @first
 *
 * What a run does not have, as after a reset, is not shown: the span moves, and
 * then shrinks.
 */
void
nudge_time_span_get_edges (const NudgeTimeSpan *self,
                           const NnFrame *frame,
                           double *first,
                           double *last)
{
  const double begin = get_first (frame);
  const double end = (double) nudge_time_get_last_step (frame);
  const double width = CLAMP (self->n_steps, NUDGE_TIME_LEAST_STEPS, end - begin);

  *first = begin;
  *last = end;
  if (self->kind == NUDGE_TIME_ALL)
    return;
  *first = self->kind == NUDGE_TIME_FOLLOW ? MAX (get_newest (frame) - width, begin)
                                           : CLAMP (self->first, begin, end - width);
  *last = *first + width;
}

/**
 * nudge_time_span_show:
 *
 * Returns: a span from @first to @last, or what comes nearest to it; all, if that is
 *   what they are. One that ends at the newest step follows it, if @self did or did not
 *   stop before.
 */
NudgeTimeSpan
nudge_time_span_show (const NudgeTimeSpan *self,
                      const NnFrame *frame,
                      double first,
                      double last)
{
  const double begin = get_first (frame);
  const double end = (double) nudge_time_get_last_step (frame);
  const double width = MAX (last - first, NUDGE_TIME_LEAST_STEPS);
  NudgeTimeSpan span = { NUDGE_TIME_STRETCH, first, width };

  if (!isfinite (first) || !isfinite (width))
    return *self;
  if (width >= end - begin)
    return (NudgeTimeSpan){ NUDGE_TIME_ALL };
  span.first = CLAMP (first, begin, end - width);
  if (fabs (span.first + width - get_newest (frame)) <= NEAR_END * width)
    span.kind = NUDGE_TIME_FOLLOW;
  return span;
}

/**
 * nudge_time_span_zoom:
 * @factor: 0.5 shows half as many steps
 * @step: stays where it is, if the run's ends allow it
 */
NudgeTimeSpan
nudge_time_span_zoom (const NudgeTimeSpan *self,
                      const NnFrame *frame,
                      double factor,
                      double step)
{
  double first, last, width;

  nudge_time_span_get_edges (self, frame, &first, &last);
  width = MAX ((last - first) * factor, NUDGE_TIME_LEAST_STEPS);
  step = CLAMP (step, first, last);
  first = step - (step - first) / (last - first) * width;
  return nudge_time_span_show (self, frame, first, first + width);
}

/* @n_steps: later, if above 0 */
NudgeTimeSpan
nudge_time_span_pan (const NudgeTimeSpan *self, const NnFrame *frame, double n_steps)
{
  const double end = (double) nudge_time_get_last_step (frame);
  double first, last;

  nudge_time_span_get_edges (self, frame, &first, &last);
  n_steps = CLAMP (n_steps, get_first (frame) - first, end - last);
  return nudge_time_span_show (self, frame, first + n_steps, last + n_steps);
}

/* The newest steps, as many as are shown; a share of them where that is all. */
NudgeTimeSpan
nudge_time_span_follow (const NudgeTimeSpan *self, const NnFrame *frame)
{
  double first, last;

  nudge_time_span_get_edges (self, frame, &first, &last);
  return (NudgeTimeSpan){
    NUDGE_TIME_FOLLOW,
    0,
    MAX (self->kind == NUDGE_TIME_ALL ? FOLLOW_SHARE * (last - first) : last - first,
         NUDGE_TIME_LEAST_STEPS),
  };
}

gboolean
nudge_time_span_equal (const NudgeTimeSpan *self, const NudgeTimeSpan *other)
{
  return self->kind == other->kind &&
         (self->kind == NUDGE_TIME_ALL || self->n_steps == other->n_steps) &&
         (self->kind != NUDGE_TIME_STRETCH || self->first == other->first);
}
