/* test-nudge-loss-picture.c - the loss's picture, its nudges and its cursor
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-picture.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-cursor.h"
#include "ui/draw/loss/nudge-loss-layout.h"

#define WIDTH  600
#define HEIGHT 260

static cairo_surface_t *
draw_at (const NnFrame *frame, gboolean logarithmic, double cursor, int width, int height)
{
  cairo_surface_t *surface = fixture_surface_new (width, height);
  cairo_t *cr = cairo_create (surface);
  NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE), logarithmic };

  nudge_draw_loss (cr, frame, &style, width, height);
  if (!isnan (cursor))
    nudge_draw_loss_cursor (cr, frame, &style, width, height, cursor);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw (const NnFrame *frame)
{
  return draw_at (frame, FALSE, NAN, WIDTH, HEIGHT);
}

static gboolean
pictures_equal (cairo_surface_t *a, cairo_surface_t *b)
{
  gboolean equal = fixture_surfaces_equal (a, b);

  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  return equal;
}

static gsize
count_violet (const NnFrame *frame)
{
  cairo_surface_t *surface = draw (frame);
  gsize n = fixture_count_ink (surface, FIXTURE_NUDGE);

  cairo_surface_destroy (surface);
  return n;
}

static NnFrame *
new_falling (gsize n_steps)
{
  NnFrame *frame = fixture_frame_new_seed ();

  for (gsize i = 0; i < n_steps; i++)
    fixture_frame_append (frame, 24 * expf (-(float) i / (float) n_steps * 5));
  return frame;
}

static void
test_same_arguments_same_pixels (void)
{
  g_autoptr (NnFrame) one = new_falling (500);
  g_autoptr (NnFrame) other = new_falling (500);

  g_assert_true (pictures_equal (draw (one), draw (other)));
  fixture_frame_append (other, 30);
  g_assert_false (pictures_equal (draw (one), draw (other)));
}

static void
test_scales_differ (void)
{
  g_autoptr (NnFrame) frame = new_falling (300);

  g_assert_false (
      pictures_equal (draw (frame), draw_at (frame, TRUE, NAN, WIDTH, HEIGHT)));
}

static gboolean
is_dark (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *pixel;

  cairo_surface_flush (surface);
  pixel = cairo_image_surface_get_data (surface) +
          y * cairo_image_surface_get_stride (surface) + 4 * x;
  return pixel[0] < 128 && pixel[1] < 128 && pixel[2] < 128;
}

/* Between the first one, and the word step at the end. */
static gsize
count_ink_of_numbers (const NnFrame *frame, int width)
{
  NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE), FALSE };
  g_autoptr (NudgeLossLayout) plot = nudge_loss_layout_new (frame, &style, width, HEIGHT);
  cairo_surface_t *surface = draw_at (frame, FALSE, NAN, width, HEIGHT);
  gsize n = 0;

  for (int y = (int) plot->foot + 9; y < (int) plot->foot + 19; y++)
    for (int x = (int) plot->left + 15; x < (int) plot->right - 42; x++)
      n += is_dark (surface, x, y);
  cairo_surface_destroy (surface);
  return n;
}

/* One number, 0, would say nothing of the scale. */
static void
test_a_narrow_plot_has_steps (void)
{
  enum { NARROW = 240 };

  for (gsize n_steps = 30; n_steps < 400; n_steps += 45) {
    g_autoptr (NnFrame) frame = new_falling (n_steps);

    g_assert_cmpuint (count_ink_of_numbers (frame, WIDTH), >, 5);
    g_assert_cmpuint (count_ink_of_numbers (frame, NARROW), >, 5);
  }
}

/* How far up the curve reaches in a column of pixels; HEIGHT if it is not there. */
static int
find_top_of_curve (cairo_surface_t *surface, int x)
{
  for (int y = 0; y < HEIGHT - 34; y++)
    if (is_dark (surface, x, y))
      return y;
  return HEIGHT;
}

/* One step among very many reaches as high as it was, wherever it falls. */
static void
test_no_spike_is_lost (void)
{
  const guint n_steps = 200000;

  for (guint spike = n_steps / 2; spike < n_steps / 2 + 1000; spike += 97) {
    g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
    cairo_surface_t *surface;
    int highest = HEIGHT;
    int elsewhere = HEIGHT;

    for (guint i = 0; i < n_steps; i++)
      fixture_frame_append (frame, i == spike ? 9.0f : 1.0f + 0.01f * (float) (i % 7));
    surface = draw (frame);
    for (int x = 80; x < WIDTH - 30; x++) {
      int top = find_top_of_curve (surface, x);

      if (abs (x - (70 + (WIDTH - 88) / 2)) <= 6)
        highest = MIN (highest, top);
      else
        elsewhere = MIN (elsewhere, top);
    }
    g_assert_cmpint (highest, <, 70);
    g_assert_cmpint (elsewhere, >, 150);
    g_assert_cmpint (elsewhere, <, HEIGHT);
    cairo_surface_destroy (surface);
  }
}

/* A jump from one column of pixels to the next is a line, not a hair; of several steps
 * in a row one is the first of its column. */
static void
test_jump_is_a_line (void)
{
  for (guint jump = 1000; jump < 1016; jump++) {
    g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
    cairo_surface_t *surface;
    gsize n = 0;

    for (guint i = 0; i < 2000; i++)
      fixture_frame_append (frame, (i < jump) == (jump < 1008) ? 20 : 1);
    surface = draw (frame);
    for (int x = WIDTH / 4; x < 3 * WIDTH / 4; x++)
      for (int y = 60; y < 200; y++)
        n += is_dark (surface, x, y) ? 1 : 0;
    g_assert_cmpuint (n, >=, 130);
    cairo_surface_destroy (surface);
  }
}

/* No gap: every column of pixels between the first step and the last has ink. */
static void
test_curve_is_unbroken (void)
{
  static const gsize lengths[] = { 20, 250, 300, 800, 2048, 2049, 5000, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (NnFrame) frame = new_falling (lengths[i]);
    cairo_surface_t *surface = draw (frame);

    for (int x = 70 + 30; x < WIDTH - 24; x++)
      g_assert_cmpint (find_top_of_curve (surface, x), <, HEIGHT);
    cairo_surface_destroy (surface);
  }
}

static gsize
count_dark (const NnFrame *frame, double smoothing)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  NudgeLossStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                           .smoothing = smoothing };
  gsize n = 0;

  nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  for (int y = 37; y < HEIGHT - 36; y++)
    for (int x = 72; x < WIDTH - 24; x++)
      n += is_dark (surface, x, y) ? 1 : 0;
  cairo_surface_destroy (surface);
  return n;
}

/* A loss of mini-batches is black all over; smoothed it is a line over something pale. */
static void
test_noise_smoothed_is_a_line (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < 1000; i++)
    fixture_frame_append (frame, 1 + (float) g_rand_double (random));
  g_assert_cmpuint (count_dark (frame, 0), >, 25000);
  g_assert_cmpuint (count_dark (frame, 0.95), <, 3000);
  g_assert_cmpuint (count_dark (frame, 0.95), >, 500);
}

/* Zero has a line of its own, below what a logarithm can show. */
static void
test_zero_is_below_a_logarithm (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  cairo_surface_t *surface;
  int of_least, of_zero;

  for (guint i = 0; i < 200; i++)
    fixture_frame_append (frame, i < 100 ? 1e-3f : i < 120 ? 1 : 0);
  surface = draw_at (frame, TRUE, NAN, WIDTH, HEIGHT);
  of_least = find_top_of_curve (surface, 200);
  of_zero = find_top_of_curve (surface, 500);
  g_assert_cmpint (of_zero, <, HEIGHT - 34);
  g_assert_cmpint (of_zero, >, of_least + 12);
  cairo_surface_destroy (surface);
}

/* Those that have no lane are counted in the last one. */
static NnFrame *
new_repeating (guint n)
{
  NnFrame *frame = new_falling (400);

  for (guint i = 0; i < n; i++)
    fixture_frame_land (frame, "fc1.weight: w + 1e-3*w", TRUE, 1, 400, NULL);
  return frame;
}

static void
test_no_repeating_nudge_is_kept_back (void)
{
  for (guint n = 0; n < 6; n++) {
    g_autoptr (NnFrame) fewer = new_repeating (n);
    g_autoptr (NnFrame) more = new_repeating (n + 1);

    g_assert_false (pictures_equal (draw (fewer), draw (more)));
  }
}

static void
test_nudges_are_violet (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  gsize n_once;
  gsize n_standing;

  g_assert_cmpuint (count_violet (frame), ==, 0);
  fixture_frame_land (frame, "fc2: w*1.1 @ by hand", FALSE, 200, 200, NULL);
  n_once = count_violet (frame);
  g_assert_cmpuint (n_once, >, 100);
  fixture_frame_land (frame, "fc1.weight: w + 1e-3*w", TRUE, 100, 400, NULL);
  n_standing = count_violet (frame);
  g_assert_cmpuint (n_standing, >, n_once + 100);
  frame->landings[0].loss_before = 3;
  frame->landings[0].loss_after = 12;
  g_assert_cmpuint (count_violet (frame), >, n_standing + 50);
}

static void
test_refused_is_hollow (void)
{
  g_autoptr (NnFrame) landed = new_falling (400);
  g_autoptr (NnFrame) refused = new_falling (400);
  cairo_surface_t *a;
  cairo_surface_t *b;
  int x = 70 + (WIDTH - 88) / 2;

  fixture_frame_land (landed, "fc2: w*1.1 @ by hand", FALSE, 200, 200, NULL);
  fixture_frame_land (refused, "fc2: w*1.1 @ by hand", FALSE, 200, 200, "infinite");
  a = draw (landed);
  b = draw (refused);
  g_assert_true (fixture_is_ink (a, x, 18, FIXTURE_NUDGE));
  g_assert_false (fixture_is_ink (b, x, 18, FIXTURE_NUDGE));
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

/* Whatever is named, and wherever: nothing is drawn beside the plot's right edge. */
static void
test_labels_stay_inside (void)
{
  for (guint64 step = 1; step <= 400; step += 57)
    for (int standing = 0; standing < 2; standing++) {
      g_autoptr (NnFrame) frame = new_falling (400);
      cairo_surface_t *surface;

      fixture_frame_land (frame,
                          "fc2.weight: w + 1e-3*w - 2e-3*w + 3e-3*w - 4e-3*w + 5e-3*w "
                          "- 6e-3*w + 7e-3*w - 8e-3*w",
                          standing, step, standing ? 400 : step, NULL);
      surface = draw (frame);
      for (int y = 0; y < HEIGHT; y++) {
        g_assert_false (fixture_is_ink (surface, WIDTH - 8, y, FIXTURE_NUDGE));
        g_assert_false (fixture_is_ink (surface, 60, y, FIXTURE_NUDGE));
      }
      cairo_surface_destroy (surface);
    }
}

/* Returns: the row of the landings, of a picture too narrow for all of the words */
static GBytes *
dup_header (float after)
{
  g_autoptr (NnFrame) frame = new_falling (100);
  cairo_surface_t *surface;
  GBytes *header;

  fixture_frame_land (frame, "fc2.weight: w + 1e-3*w - 2e-3*w + 3e-3*w", FALSE, 100, 100,
                      NULL);
  frame->landings[0].loss_before = 1;
  frame->landings[0].loss_after = after;
  surface = draw_at (frame, FALSE, NAN, 300, HEIGHT);
  header = g_bytes_new (cairo_image_surface_get_data (surface),
                        24 * (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return header;
}

static void
test_the_change_is_not_cut_off (void)
{
  g_autoptr (GBytes) one = dup_header (2);
  g_autoptr (GBytes) same = dup_header (2);
  g_autoptr (GBytes) other = dup_header (3);

  g_assert_true (g_bytes_equal (one, same));
  g_assert_false (g_bytes_equal (one, other));
}

static void
test_empty_is_drawn (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NnFrame) other = fixture_frame_new_seed ();

  other->loss = NAN;
  g_assert_false (pictures_equal (draw (frame), draw (other)));
  g_clear_pointer (&other->history, nn_history_free);
  cairo_surface_destroy (draw_at (other, TRUE, 200, WIDTH, HEIGHT));
}

/* Over the curve it is drawn; beside it, before the first step and after the last, not. */
/* Who has gone back to the beginning knows where the loss appears. */
static void
test_an_invitation_is_shown_once (void)
{
  g_autoptr (NnFrame) fresh = fixture_frame_new_seed ();
  g_autoptr (NnFrame) back = fixture_frame_new_seed ();

  g_assert_true (pictures_equal (draw (fresh), draw (back)));
  back->end = 10; /* as far as the axis goes anyway */
  g_assert_false (pictures_equal (draw (fresh), draw (back)));
}

static void
test_cursor_is_where_steps_are (void)
{
  static const struct {
    double x;
    gboolean seen;
  } cases[] = {
    { 20, FALSE },        { 75, TRUE },         { 300, TRUE },
    { WIDTH - 20, TRUE }, { WIDTH - 5, FALSE }, { -10, FALSE },
  };
  g_autoptr (NnFrame) frame = new_falling (5000);
  g_autoptr (NnFrame) young = new_falling (3);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
        pictures_equal (draw (frame), draw_at (frame, FALSE, cases[i].x, WIDTH, HEIGHT)),
        !=, cases[i].seen);
  g_assert_true (
      pictures_equal (draw (young), draw_at (young, FALSE, WIDTH - 40, WIDTH, HEIGHT)));
}

/* Losses that a logarithm cannot show, all equal, huge, none; and any size. */
static void
test_nothing_is_too_strange (void)
{
  static const float losses[][3] = { { 0, 0, 0 },          { -1, -2, -3 },
                                     { 1, 0, -1 },         { 5, 5, 5 },
                                     { 1e38f, 1e-38f, 3 }, { NAN, 1, INFINITY },
                                     { NAN, NAN, NAN } };
  static const int sizes[][2] = {
    { 1, 1 }, { 90, 40 }, { 300, 60 }, { 380, 160 }, { 20, 900 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++)
      for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
        g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

        for (guint n = 0; n < 3 * 150; n++)
          fixture_frame_append (frame, losses[i][n % 3]);
        fixture_frame_land (frame, "*: w*0.5 @ every 7 steps", TRUE, 7, 448, NULL);
        fixture_frame_land (frame, "*: w*0.5 @ step 9", TRUE, 9, 9, NULL);
        frame->landings[1].loss_before = 1e300;
        cairo_surface_destroy (
            draw_at (frame, logarithmic, sizes[k][0] / 2.0, sizes[k][0], sizes[k][1]));
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/loss-picture/a-narrow-plot-has-steps",
                   test_a_narrow_plot_has_steps);
  g_test_add_func ("/ui/loss-picture/same-arguments-same-pixels",
                   test_same_arguments_same_pixels);
  g_test_add_func ("/ui/loss-picture/scales-differ", test_scales_differ);
  g_test_add_func ("/ui/loss-picture/no-spike-is-lost", test_no_spike_is_lost);
  g_test_add_func ("/ui/loss-picture/jump-is-a-line", test_jump_is_a_line);
  g_test_add_func ("/ui/loss-picture/curve-is-unbroken", test_curve_is_unbroken);
  g_test_add_func ("/ui/loss-picture/noise-smoothed-is-a-line",
                   test_noise_smoothed_is_a_line);
  g_test_add_func ("/ui/loss-picture/zero-is-below-a-logarithm",
                   test_zero_is_below_a_logarithm);
  g_test_add_func ("/ui/loss-picture/no-repeating-nudge-is-kept-back",
                   test_no_repeating_nudge_is_kept_back);
  g_test_add_func ("/ui/loss-picture/nudges-are-violet", test_nudges_are_violet);
  g_test_add_func ("/ui/loss-picture/refused-is-hollow", test_refused_is_hollow);
  g_test_add_func ("/ui/loss-picture/labels-stay-inside", test_labels_stay_inside);
  g_test_add_func ("/ui/loss-picture/the-change-is-not-cut-off",
                   test_the_change_is_not_cut_off);
  g_test_add_func ("/ui/loss-picture/empty-is-drawn", test_empty_is_drawn);
  g_test_add_func ("/ui/loss-picture/an-invitation-is-shown-once",
                   test_an_invitation_is_shown_once);
  g_test_add_func ("/ui/loss-picture/cursor-is-where-steps-are",
                   test_cursor_is_where_steps_are);
  g_test_add_func ("/ui/loss-picture/nothing-is-too-strange",
                   test_nothing_is_too_strange);
  return g_test_run ();
}
