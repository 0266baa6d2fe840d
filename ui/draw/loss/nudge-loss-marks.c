/* nudge-loss-marks.c - the diamonds of nudges that landed once, and where they crowd
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-marks.h"

/* Nearer to its neighbour, in pixels, a diamond is a small one … */
#define SMALL_PITCH 14.0

/* … and nearer than this it shares the neighbour's … */
#define LEAST_PITCH 8.0

/* … as do all that the number beside it would cover. */
#define COUNT_WIDTH 40.0

/**
 * nudge_landing_is_band:
 *
 * Returns: whether it may be applied again and again, so that it is drawn as a band
 */
gboolean
nudge_landing_is_band (const NnLanding *landing)
{
  return landing->standing && !nn_time_is_once (&landing->nudge->time);
}

static double
get_x (const NnFrame *frame, const NudgeAxis *axis, gsize landing)
{
  return nudge_axis_get_position (axis, (double) frame->landings[landing].first);
}

/* The next one that has a diamond on the axis; n_landings if there is none. */
static gsize
find_next (const NnFrame *frame, const NudgeAxis *axis, gsize from)
{
  while (from < frame->n_landings && (nudge_landing_is_band (&frame->landings[from]) ||
                                      (double) frame->landings[from].first < axis->low ||
                                      (double) frame->landings[from].first > axis->high))
    from++;
  return from;
}

static void
add (NudgeLossMark *mark, gsize landing, double x)
{
  mark->last = landing;
  mark->end = x;
  mark->n++;
}

static void
shrink_neighbours (GArray *marks)
{
  for (guint i = 1; i < marks->len; i++) {
    NudgeLossMark *a = &g_array_index (marks, NudgeLossMark, i - 1);
    NudgeLossMark *b = &g_array_index (marks, NudgeLossMark, i);

    if (b->x - a->x < SMALL_PITCH)
      a->small = b->small = TRUE;
  }
}

/**
 * nudge_loss_marks_new:
 * @axis: of the steps, with its pixels
 *
 * Returns: (transfer full) (element-type NudgeLossMark): from left to right
 */
GArray *
nudge_loss_marks_new (const NnFrame *frame, const NudgeAxis *axis)
{
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (NudgeLossMark));
  gsize i = find_next (frame, axis, 0);

  while (i < frame->n_landings) {
    const double x = get_x (frame, axis, i);
    NudgeLossMark mark = { i, i, 1, x, x, FALSE };

    i = find_next (frame, axis, i + 1);
    if (i < frame->n_landings && get_x (frame, axis, i) - x < LEAST_PITCH)
      while (i < frame->n_landings && get_x (frame, axis, i) - x < COUNT_WIDTH) {
        add (&mark, i, get_x (frame, axis, i));
        i = find_next (frame, axis, i + 1);
      }
    g_array_append_val (marks, mark);
  }
  shrink_neighbours (marks);
  return marks;
}
