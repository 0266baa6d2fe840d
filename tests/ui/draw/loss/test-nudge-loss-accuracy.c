/* test-nudge-loss-accuracy.c - the accuracy under the loss, and all examples' score
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-accuracy.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-picture.h"

#define WIDTH  600
#define HEIGHT 300
#define N      100 /* steps */

static NnFrame *
new_frame (void)
{
  NnFrame *frame = fixture_frame_new_seed ();

  for (gsize i = 0; i < N; i++)
    fixture_frame_append (frame, 2);
  return frame;
}

/* @n points of one accuracy, at even distances. */
static void
score (NnFrame *frame, NnScoreKind kind, gsize n, float accuracy)
{
  frame->n_scores[kind] = n;
  frame->scores[kind] = g_new (NnScore, n);
  for (gsize i = 0; i < n; i++)
    frame->scores[kind][i] = (NnScore){ i * N / MAX (n - 1, 1), 1, accuracy };
}

static NudgeLossLayout *
layout (const NnFrame *frame, double height)
{
  const NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE) };

  return nudge_loss_layout_new (frame, &style, WIDTH, height);
}

static cairo_surface_t *
draw (const NnFrame *frame)
{
  const NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE) };
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static int
get_darkness (cairo_surface_t *surface, double x, double y)
{
  const unsigned char *pixel = cairo_image_surface_get_data (surface) +
                               (int) y * cairo_image_surface_get_stride (surface) +
                               4 * (int) x;

  return 255 - pixel[1];
}

/* The darkest of a few rows: where a line is, whatever grid is near. */
static gboolean
has_line (cairo_surface_t *surface, double x, double y)
{
  int most = 0;

  for (int i = -1; i <= 1; i++)
    most = MAX (most, get_darkness (surface, x, y + i));
  return most > 110;
}

static void
test_a_loss_of_numbers_has_no_strip (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) plot = layout (frame, HEIGHT);
  g_autoptr (NudgeLossLayout) scored = NULL;

  g_assert_false (plot->has_accuracy);
  score (frame, NN_SCORE_HELD_OUT, 3, NAN);
  scored = layout (frame, HEIGHT);
  g_assert_false (scored->has_accuracy);
  g_assert_cmpfloat (plot->bottom, ==, plot->foot);
}

static void
test_a_low_picture_has_none (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) low = NULL;
  g_autoptr (NudgeLossLayout) high = NULL;

  score (frame, NN_SCORE_TRAINING, 3, 0.5f);
  low = layout (frame, 150);
  high = layout (frame, HEIGHT);
  g_assert_false (low->has_accuracy);
  g_assert_true (high->has_accuracy);
  g_assert_cmpfloat (high->bottom, <, high->accuracy.to);
  g_assert_cmpfloat (high->foot, ==, high->accuracy.from);
}

/* As in a window of 1280 x 800: its title is beside it, and most is left for the loss. */
static void
test_a_lower_picture_has_a_low_strip (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) low = NULL;
  g_autoptr (NudgeLossLayout) high = NULL;

  score (frame, NN_SCORE_TRAINING, 3, 0.5f);
  low = layout (frame, 180);
  high = layout (frame, HEIGHT);
  g_assert_true (low->has_accuracy);
  g_assert_cmpfloat (low->accuracy.from - low->accuracy.to, <,
                     high->accuracy.from - high->accuracy.to);
  g_assert_cmpfloat (low->bottom - low->top, >, low->accuracy.from - low->accuracy.to);
  g_assert_cmpfloat (low->accuracy_title_y, >, low->accuracy.to);
  g_assert_cmpfloat (low->accuracy_title_y, <, low->accuracy.from);
  g_assert_cmpfloat (high->accuracy_title_y, <, high->accuracy.to);
}

/* A line at three quarters, and none at a quarter. */
static void
test_the_line_is_at_its_share (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) plot = NULL;
  cairo_surface_t *surface;
  double x;

  score (frame, NN_SCORE_TRAINING, 21, 0.75f);
  plot = layout (frame, HEIGHT);
  surface = draw (frame);
  x = nudge_loss_layout_get_x (plot, N / 2 + 0.5);
  g_assert_true (has_line (surface, x, nudge_axis_get_position (&plot->accuracy, 0.75)));
  g_assert_false (has_line (surface, x, nudge_axis_get_position (&plot->accuracy, 0.25)));
  cairo_surface_destroy (surface);
}

/* Both kinds have a line of their own. */
static void
test_what_is_held_out_has_its_own (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) plot = NULL;
  cairo_surface_t *surface;
  double x;

  score (frame, NN_SCORE_TRAINING, 21, 0.75f);
  score (frame, NN_SCORE_HELD_OUT, 21, 0.25f);
  plot = layout (frame, HEIGHT);
  surface = draw (frame);
  x = nudge_loss_layout_get_x (plot, N / 2 + 0.5);
  g_assert_true (has_line (surface, x, nudge_axis_get_position (&plot->accuracy, 0.75)));
  g_assert_true (has_line (surface, x, nudge_axis_get_position (&plot->accuracy, 0.25)));
  cairo_surface_destroy (surface);
}

/* Where it was not measured, a line is no more than a hint; where it was once, is a dot. */
static void
test_what_was_not_measured_is_faint (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) plot = NULL;
  cairo_surface_t *surface;
  double x, y;

  score (frame, NN_SCORE_TRAINING, 3, 0.75f); /* at 0, 50 and 100 */
  plot = layout (frame, HEIGHT);
  surface = draw (frame);
  y = nudge_axis_get_position (&plot->accuracy, 0.75);
  x = nudge_loss_layout_get_x (plot, N / 2);
  g_assert_true (has_line (surface, x, y));
  x = nudge_loss_layout_get_x (plot, N / 4);
  g_assert_false (has_line (surface, x, y));
  g_assert_cmpint (get_darkness (surface, x, y), >, 10);
  cairo_surface_destroy (surface);
}

/* Of two that follow each other, what is between is known, however far they are apart. */
static void
test_steps_that_follow_are_joined (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE) };
  g_autoptr (NudgeLossLayout) plot = NULL;

  style.span = (NudgeTimeSpan){ NUDGE_TIME_STRETCH, 10, 4 };
  plot = nudge_loss_layout_new (frame, &style, WIDTH, HEIGHT);
  g_assert_false (nudge_loss_layout_is_gap (plot, 11, 12));
  g_assert_true (nudge_loss_layout_is_gap (plot, 11, 13));
}

/* Around its point, which itself is background. */
static void
test_all_examples_have_a_ring (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autoptr (NudgeLossLayout) plot = NULL;
  cairo_surface_t *surface;
  double x, y;

  score (frame, NN_SCORE_WHOLE, 1, 0.5f);
  frame->scores[NN_SCORE_WHOLE][0].step = N / 2;
  plot = layout (frame, HEIGHT);
  surface = draw (frame);
  x = nudge_loss_layout_get_x (plot, N / 2);
  y = nudge_loss_layout_get_y (plot, 1);
  g_assert_cmpfloat (plot->y.low, <, 1);
  g_assert_true (has_line (surface, x, y - 4));
  g_assert_true (has_line (surface, x, y + 4));
  g_assert_false (has_line (surface, x, y));
  cairo_surface_destroy (surface);
}

static void
test_words_are_of_the_nearest (void)
{
  g_autoptr (NnFrame) frame = new_frame ();
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_assert_null (nudge_loss_dup_accuracies (frame, 3));
  g_assert_null (nudge_loss_dup_validation (frame, 3));
  score (frame, NN_SCORE_HELD_OUT, 3, 0.5f); /* at 0, 50 and 100 */
  frame->scores[NN_SCORE_HELD_OUT][1].accuracy = 0.967f;
  one = nudge_loss_dup_accuracies (frame, 70);
  g_assert_cmpstr (one, ==, "accuracy 96.7\u00a0%");
  score (frame, NN_SCORE_TRAINING, 1, 1);
  two = nudge_loss_dup_accuracies (frame, 1000);
  g_assert_cmpstr (two, ==, "accuracy 100\u00a0%, validation 50\u00a0%");
  g_assert_cmpuint (nudge_loss_find_score (frame, NN_SCORE_HELD_OUT, -1)->step, ==, 0);
  g_assert_cmpuint (nudge_loss_find_score (frame, NN_SCORE_HELD_OUT, 24)->step, ==, 0);
  g_assert_cmpuint (nudge_loss_find_score (frame, NN_SCORE_HELD_OUT, 26)->step, ==, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nudge/loss-accuracy/" name, test)
  add ("a-loss-of-numbers-has-no-strip", test_a_loss_of_numbers_has_no_strip);
  add ("a-low-picture-has-none", test_a_low_picture_has_none);
  add ("a-lower-picture-has-a-low-strip", test_a_lower_picture_has_a_low_strip);
  add ("the-line-is-at-its-share", test_the_line_is_at_its_share);
  add ("what-was-not-measured-is-faint", test_what_was_not_measured_is_faint);
  add ("steps-that-follow-are-joined", test_steps_that_follow_are_joined);
  add ("what-is-held-out-has-its-own", test_what_is_held_out_has_its_own);
  add ("all-examples-have-a-ring", test_all_examples_have_a_ring);
  add ("words-are-of-the-nearest", test_words_are_of_the_nearest);
  return g_test_run ();
}
