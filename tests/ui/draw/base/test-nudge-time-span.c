/* test-nudge-time-span.c - which steps a plot shows, and how diamonds share a place
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-time-span.h"

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-marks.h"

static const NudgeTimeSpan all = { NUDGE_TIME_ALL };

static NnFrame *
frame_at (guint64 step)
{
  NnFrame *frame = fixture_frame_new_seed ();

  frame->step = frame->end = step;
  return frame;
}

static void
assert_shows (const NudgeTimeSpan *span, const NnFrame *frame, double first, double last)
{
  double from, to;

  nudge_time_span_get_edges (span, frame, &from, &to);
  g_assert_cmpfloat_with_epsilon (from, first, 1e-6);
  g_assert_cmpfloat_with_epsilon (to, last, 1e-6);
}

static void
test_zoom_keeps_the_step (void)
{
  g_autoptr (NnFrame) frame = frame_at (1000);
  NudgeTimeSpan span = nudge_time_span_zoom (&all, frame, 0.5, 200);

  assert_shows (&span, frame, 100, 600);
  span = nudge_time_span_zoom (&span, frame, 0.1, 200);
  assert_shows (&span, frame, 190, 240);
  span = nudge_time_span_zoom (&span, frame, 1e-9, 200);
  assert_shows (&span, frame, 198, 208);
  span = nudge_time_span_zoom (&span, frame, 1e9, 200);
  g_assert_cmpint (span.kind, ==, NUDGE_TIME_ALL);
  assert_shows (&span, frame, 0, 1000);
}

static void
test_pan_stops_at_the_ends (void)
{
  g_autoptr (NnFrame) frame = frame_at (1000);
  NudgeTimeSpan span = nudge_time_span_zoom (&all, frame, 0.1, 500);

  assert_shows (&span, frame, 450, 550);
  span = nudge_time_span_pan (&span, frame, -100);
  assert_shows (&span, frame, 350, 450);
  span = nudge_time_span_pan (&span, frame, -1e9);
  assert_shows (&span, frame, 0, 100);
  g_assert_cmpint (span.kind, ==, NUDGE_TIME_STRETCH);
  span = nudge_time_span_pan (&span, frame, 1e9);
  assert_shows (&span, frame, 900, 1000);
}

/* What is at the run's end stays there; what is not stays where it is. */
static void
test_the_end_is_followed (void)
{
  g_autoptr (NnFrame) early = frame_at (1000);
  g_autoptr (NnFrame) late = frame_at (5000);
  NudgeTimeSpan stretch = nudge_time_span_zoom (&all, early, 0.1, 500);
  NudgeTimeSpan followed = nudge_time_span_pan (&stretch, early, 1e9);
  NudgeTimeSpan asked = nudge_time_span_follow (&stretch, early);

  g_assert_cmpint (followed.kind, ==, NUDGE_TIME_FOLLOW);
  g_assert_true (nudge_time_span_equal (&followed, &asked));
  assert_shows (&followed, late, 4900, 5000);
  assert_shows (&stretch, late, 450, 550);
  assert_shows (&all, late, 0, 5000);
}

/* As after a reset. */
static void
test_what_is_not_there_is_not_shown (void)
{
  g_autoptr (NnFrame) late = frame_at (5000);
  g_autoptr (NnFrame) early = frame_at (300);
  g_autoptr (NnFrame) none = frame_at (0);
  const NudgeTimeSpan span = nudge_time_span_show (&all, late, 1000, 1200);

  assert_shows (&span, early, 100, 300);
  assert_shows (&span, none, 0, NUDGE_TIME_LEAST_STEPS);
}

/* --- Diamonds ---------------------------------------------------------------------- */

static void
land (NnFrame *frame, guint64 step)
{
  fixture_frame_land (frame, "fc2: w*1.1 @ by hand", FALSE, step, step, NULL);
}

static const NudgeLossMark *
get_mark (const GArray *marks, guint i)
{
  return &g_array_index (marks, NudgeLossMark, i);
}

/* A step a pixel. */
static void
test_diamonds_that_crowd_are_counted (void)
{
  const NudgeAxis axis = { 0, 1000, 0, 1000, FALSE };
  g_autoptr (NnFrame) frame = frame_at (1000);
  g_autoptr (GArray) marks = NULL;

  land (frame, 100);
  land (frame, 110);
  land (frame, 200);
  fixture_frame_land (frame, "fc1.weight: w*2", TRUE, 201, 900, NULL);
  land (frame, 203);
  land (frame, 203);
  land (frame, 230);
  land (frame, 260);
  marks = nudge_loss_marks_new (frame, &axis);
  g_assert_cmpuint (marks->len, ==, 4);
  g_assert_true (get_mark (marks, 0)->n == 1 && get_mark (marks, 0)->small);
  g_assert_true (get_mark (marks, 1)->n == 1 && get_mark (marks, 1)->small);
  g_assert_cmpuint (get_mark (marks, 2)->n, ==, 4);
  g_assert_cmpuint (get_mark (marks, 2)->first, ==, 2);
  g_assert_cmpuint (get_mark (marks, 2)->last, ==, 6);
  g_assert_cmpfloat (get_mark (marks, 2)->x, ==, 200);
  g_assert_cmpfloat (get_mark (marks, 2)->end, ==, 230);
  g_assert_true (get_mark (marks, 3)->n == 1 && !get_mark (marks, 3)->small);
}

/* All of them are somewhere, and no two diamonds touch, however they lie. */
static void
test_diamonds_never_touch (void)
{
  const NudgeAxis axis = { 0, 1000, 0, 500, FALSE };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint run = 0; run < 200; run++) {
    g_autoptr (NnFrame) frame = frame_at (1000);
    g_autoptr (GArray) marks = NULL;
    guint64 step = 0;
    gsize n = 0;

    while ((step += (guint64) g_rand_int_range (random, 0, 1 + (gint32) run)) < 1000 &&
           frame->n_landings < 150)
      land (frame, step);
    marks = nudge_loss_marks_new (frame, &axis);
    for (guint i = 0; i < marks->len; i++) {
      const NudgeLossMark *mark = get_mark (marks, i);

      n += mark->n;
      if (i > 0)
        g_assert_cmpfloat (mark->x - get_mark (marks, i - 1)->x, >=,
                           mark->small ? 8 : 14);
      if (i > 0 && get_mark (marks, i - 1)->n > 1)
        g_assert_cmpfloat (mark->x - get_mark (marks, i - 1)->x, >=, 40);
    }
    g_assert_cmpuint (n, ==, frame->n_landings);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/time-span/zoom-keeps-the-step", test_zoom_keeps_the_step);
  g_test_add_func ("/ui/time-span/pan-stops-at-the-ends", test_pan_stops_at_the_ends);
  g_test_add_func ("/ui/time-span/the-end-is-followed", test_the_end_is_followed);
  g_test_add_func ("/ui/time-span/what-is-not-there-is-not-shown",
                   test_what_is_not_there_is_not_shown);
  g_test_add_func ("/ui/loss-marks/diamonds-that-crowd-are-counted",
                   test_diamonds_that_crowd_are_counted);
  g_test_add_func ("/ui/loss-marks/diamonds-never-touch", test_diamonds_never_touch);
  return g_test_run ();
}
