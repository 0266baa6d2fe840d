/* test-nudge-loss-curves.c - what the loss's picture shows beside the run itself
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-picture.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-loss-cursor.h"
#include "ui/draw/loss/nudge-loss-legend.h"

#define WIDTH  600
#define HEIGHT 260

/* The plot's left edge and the middle of its steps. */
#define LEFT   70
#define MIDDLE (LEFT + (WIDTH - 88) / 2)

static cairo_surface_t *
draw (const NnFrame *frame, const NnNudge *marked, double cursor)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE), .marked = marked };

  nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  if (!isnan (cursor))
    nudge_draw_loss_cursor (cr, frame, &style, WIDTH, HEIGHT, cursor);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
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
count_violet (cairo_surface_t *surface)
{
  gsize n = fixture_count_ink (surface, FIXTURE_NUDGE);

  cairo_surface_destroy (surface);
  return n;
}

static const NudgeTimeSpan all = { NUDGE_TIME_ALL };

static NnFrame *
new_falling (gsize n_steps)
{
  NnFrame *frame = fixture_frame_new_seed ();

  for (gsize i = 0; i < n_steps; i++)
    fixture_frame_append (frame, 24 - 23 * (float) i / (float) n_steps);
  return frame;
}

static NnHistory *
new_level (float loss, gsize n_steps)
{
  NnHistory *history = nn_history_new (1);

  for (gsize i = 0; i < n_steps; i++)
    nn_history_append (history, loss);
  return history;
}

/* Grey as a curve behind the run is, darker than any grid line. */
static gboolean
is_grey (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *pixel;

  cairo_surface_flush (surface);
  pixel = cairo_image_surface_get_data (surface) +
          y * cairo_image_surface_get_stride (surface) + 4 * x;
  return pixel[1] > 0x60 && pixel[1] < 0xc8 && abs (pixel[0] - pixel[2]) < 8;
}

/* The grey pixels from @from up to @to in the row that has most of them, and how often
 * they begin. */
static gsize
measure_grey (cairo_surface_t *surface, int from, int to, gsize *n_dashes)
{
  gsize most = 0;

  for (int y = 50; y < HEIGHT - 50; y++) {
    gsize n = 0;
    gsize n_begun = 0;

    for (int x = from; x < to; x++) {
      n += is_grey (surface, x, y) ? 1 : 0;
      n_begun += is_grey (surface, x, y) && !is_grey (surface, x - 1, y) ? 1 : 0;
    }
    if (n > most) {
      most = n;
      *n_dashes = n_begun;
    }
  }
  return most;
}

/* With few steps and with so many that each column of pixels holds several. */
static void
test_ghost_is_grey_and_dashed (void)
{
  static const gsize lengths[] = { 100, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (NnFrame) frame = new_falling (lengths[i]);
    cairo_surface_t *without = draw (frame, NULL, NAN);
    cairo_surface_t *surface;
    gsize n_dashes = 0;

    g_assert_cmpuint (measure_grey (without, LEFT + 5, WIDTH - 30, &n_dashes), <, 30);
    frame->ghost = new_level (13.3f, lengths[i]);
    surface = draw (frame, NULL, NAN);
    g_assert_cmpuint (measure_grey (surface, LEFT + 5, WIDTH - 30, &n_dashes), >, 200);
    g_assert_cmpuint (n_dashes, >, 40);
    cairo_surface_destroy (without);
    cairo_surface_destroy (surface);
  }
}

/* In a column of pixels: teal, as nothing else is. */
static gboolean
has_teal (cairo_surface_t *surface, int x)
{
  cairo_surface_flush (surface);
  for (int y = 30; y < HEIGHT - 40; y++) {
    const unsigned char *pixel = cairo_image_surface_get_data (surface) +
                                 y * cairo_image_surface_get_stride (surface) + 4 * x;

    if (pixel[1] > pixel[2] + 40 && pixel[0] > pixel[2] + 40 && pixel[1] > pixel[0])
      return TRUE;
  }
  return FALSE;
}

/* At some of the steps, and no farther than it was computed. */
static void
test_validation_is_teal (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  cairo_surface_t *surface = draw (frame, NULL, NAN);

  for (int x = LEFT; x < WIDTH; x++)
    g_assert_false (has_teal (surface, x));
  cairo_surface_destroy (surface);

  frame->n_scores[NN_SCORE_HELD_OUT] = 20;
  frame->scores[NN_SCORE_HELD_OUT] = g_new (NnScore, 20);
  for (gsize i = 0; i < 20; i++)
    frame->scores[NN_SCORE_HELD_OUT][i] = (NnScore){ 10 * i, 12, NAN };
  surface = draw (frame, NULL, NAN);
  g_assert_true (has_teal (surface, LEFT + 20));
  g_assert_true (has_teal (surface, MIDDLE - 30));
  g_assert_false (has_teal (surface, MIDDLE + 20));
  cairo_surface_destroy (surface);
  g_assert_true (nudge_loss_has_legend (frame, FALSE));
}

static void
test_branch_begins_at_its_fork (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  cairo_surface_t *surface;
  gsize n_dashes = 0;

  frame->branches = g_new0 (NnBranch, 1);
  frame->branches[0] = (NnBranch){ new_level (13.3f, 400), 200 };
  frame->n_branches = 1;
  surface = draw (frame, NULL, NAN);
  g_assert_cmpuint (measure_grey (surface, LEFT + 5, MIDDLE - 8, &n_dashes), <, 30);
  g_assert_cmpuint (measure_grey (surface, MIDDLE + 8, WIDTH - 24, &n_dashes), >, 200);
  g_assert_cmpuint (n_dashes, <, 5);
  cairo_surface_destroy (surface);
}

/* Seen from the past, the way ahead is there, and the axes stay as they were. */
static void
test_what_lies_ahead_is_faint (void)
{
  g_autoptr (NnFrame) frame = new_falling (200);
  NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE) };
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gsize n_dashes = 0;

  for (gsize i = 0; i < 200; i++)
    nn_history_append (frame->history, 13.3f);
  frame->end = 400;
  nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  g_assert_cmpuint (measure_grey (surface, LEFT + 5, MIDDLE - 8, &n_dashes), <, 30);
  g_assert_cmpuint (measure_grey (surface, MIDDLE + 8, WIDTH - 24, &n_dashes), >, 200);
  cairo_surface_destroy (surface);
}

static void
test_the_axis_reaches_the_end (void)
{
  g_autoptr (NnFrame) frame = new_falling (100);

  g_assert_cmpuint (nudge_time_get_last_step (frame), ==, 100);
  frame->end = 300;
  g_assert_cmpuint (nudge_time_get_last_step (frame), ==, 300);
  frame->ghost = new_level (1, 500);
  g_assert_cmpuint (nudge_time_get_last_step (frame), ==, 500);
}

static void
add_coming (NnFrame *frame, guint64 step)
{
  frame->coming = g_renew (NnComing, frame->coming, frame->n_coming + 1);
  frame->coming[frame->n_coming++] =
      (NnComing){ nn_nudge_parse ("fc1.weight: -w @ by hand", NULL), step };
}

/* It is shown in its place, unless the run would be squeezed by that. */
static void
test_what_is_to_come_is_shown_if_it_is_near (void)
{
  g_autoptr (NnFrame) frame = new_falling (100);

  add_coming (frame, 5000);
  g_assert_cmpuint (nudge_time_get_last_step (frame), ==, 100);
  g_assert_cmpuint (count_violet (draw (frame, NULL, NAN)), ==, 0);
  add_coming (frame, 300);
  g_assert_cmpuint (nudge_time_get_last_step (frame), ==, 300);
  g_assert_cmpuint (count_violet (draw (frame, NULL, NAN)), >, 10);
  frame->coming[1].step = 0; /* not known */
  g_assert_cmpuint (count_violet (draw (frame, NULL, NAN)), ==, 0);
}

/* More steps than half of the columns, on a sharp screen: the first column is before the
 * first step, and nothing is drawn there. */
static void
test_nothing_is_before_the_first_step (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  const NudgeLossStyle style = { nudge_palette_get (FALSE, FALSE) };
  cairo_surface_t *surface = fixture_surface_new (2 * WIDTH, 2 * HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const guint8 *data;

  for (gsize i = 0; i < 301; i++)
    fixture_frame_append (frame, 1 + (float) i / 20);
  cairo_surface_set_device_scale (surface, 2, 2);
  nudge_draw_loss (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = HEIGHT / 4; y < HEIGHT; y++)
    for (int x = 2 * LEFT - 2; x < 2 * LEFT + 8; x++)
      g_assert_cmpint (data[y * cairo_image_surface_get_stride (surface) + 4 * x], >,
                       100);
  cairo_surface_destroy (surface);
}

static void
test_preview_is_violet (void)
{
  static const double losses[] = { 12, 1e9, -5, INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++) {
    g_autoptr (NnFrame) frame = new_falling (400);

    frame->preview = g_new0 (NnPreview, 1);
    frame->preview->loss = losses[i];
    g_assert_cmpuint (count_violet (draw (frame, NULL, NAN)), >, 20);
    frame->preview->loss = NAN;
    g_assert_cmpuint (count_violet (draw (frame, NULL, NAN)), ==, 0);
    frame->preview->loss = losses[i];
    frame->preview->refusal = g_strdup ("infinite");
    g_assert_cmpuint (count_violet (draw (frame, NULL, NAN)), ==, 0);
  }
}

/* Once or standing: a rim sets it off, and only it. */
static void
test_marked_is_set_off (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  g_autoptr (NnNudge) other = nn_nudge_parse ("fc1: w*2", NULL);

  fixture_frame_land (frame, "fc2: w*1.1 @ by hand", FALSE, 200, 200, NULL);
  fixture_frame_land (frame, "fc1: w*1.1", TRUE, 100, 400, NULL);
  for (gsize i = 0; i < frame->n_landings; i++)
    g_assert_false (pictures_equal (draw (frame, NULL, NAN),
                                    draw (frame, frame->landings[i].nudge, NAN)));
  g_assert_true (pictures_equal (draw (frame, NULL, NAN), draw (frame, other, NAN)));
}

/* At a diamond the card says what was done there, even before the first step. */
static void
test_diamond_has_a_card (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  g_autoptr (NnFrame) young = fixture_frame_new_seed ();
  gsize without;

  fixture_frame_land (frame, "fc2: w*1.1 @ by hand", FALSE, 200, 200, NULL);
  without = count_violet (draw (frame, NULL, MIDDLE + 60));
  g_assert_cmpuint (count_violet (draw (frame, NULL, MIDDLE + 3)), >, without + 100);

  fixture_frame_land (young, "fc2: w*1.1 @ by hand", FALSE, 0, 0, NULL);
  g_assert_false (pictures_equal (draw (young, NULL, NAN), draw (young, NULL, LEFT)));
}

static void
test_diamonds_are_found_where_they_are (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  double x;

  fixture_frame_land (frame, "fc2: w*1.1 @ by hand", FALSE, 100, 100, NULL);
  fixture_frame_land (frame, "fc1: w*1.1 @ by hand", FALSE, 300, 300, NULL);
  fixture_frame_land (frame, "fc3: w*1.1 @ by hand", FALSE, 300, 300, NULL);
  x = nudge_loss_get_x (frame, &all, WIDTH, (double) frame->landings[0].first);
  g_assert_cmpfloat_with_epsilon (x, LEFT + (WIDTH - 88) / 4.0, 0.01);
  g_assert_true (nudge_loss_landing_at (frame, &all, WIDTH, x - 5) ==
                 &frame->landings[0]);
  g_assert_null (nudge_loss_landing_at (frame, &all, WIDTH, x + 9));
  x = nudge_loss_get_x (frame, &all, WIDTH, (double) frame->landings[1].first);
  g_assert_true (nudge_loss_landing_at (frame, &all, WIDTH, x) == &frame->landings[2]);
}

static gboolean
legend_is_empty (const NnFrame *frame, int width)
{
  cairo_surface_t *surface = fixture_surface_new (width, 24);
  cairo_surface_t *blank = fixture_surface_new (width, 24);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_loss_legend (cr, frame, nudge_palette_get (TRUE, FALSE), FALSE, width, 24);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return pictures_equal (surface, blank);
}

static void
test_legend_comes_with_a_second_curve (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);

  g_assert_false (nudge_loss_has_legend (frame, FALSE));
  g_assert_true (legend_is_empty (frame, 400));
  frame->ghost = new_level (13.3f, 400);
  g_assert_true (nudge_loss_has_legend (frame, FALSE));
  for (int width = 1; width < 400; width += 49)
    legend_is_empty (frame, width);
  g_assert_false (legend_is_empty (frame, 400));
}

/* Of the names alone: not in the rows of the curves' samples. */
static gsize
count_legend_ink (const NnFrame *frame, int width)
{
  enum { ABOVE = 10, BELOW = 15, LEGEND_HEIGHT = 24 };
  cairo_surface_t *surface = fixture_surface_new (width, LEGEND_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gsize n = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  nudge_draw_loss_legend (cr, frame, nudge_palette_get (FALSE, FALSE), TRUE, width,
                          LEGEND_HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < LEGEND_HEIGHT; y++) {
    const guint8 *row = cairo_image_surface_get_data (surface) +
                        y * cairo_image_surface_get_stride (surface);

    for (int x = 0; x < width && (y < ABOVE || y > BELOW); x++)
      n += row[4 * x] < 200;
  }
  cairo_surface_destroy (surface);
  return n;
}

/* Names come nearer before one of them is cut off. */
static void
test_legend_comes_together (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  const gsize whole = count_legend_ink (frame, 600);
  int least = 600;

  while (least > 60 && count_legend_ink (frame, least - 1) >= whole * 95 / 100)
    least--;
  g_test_message ("whole from %d on", least);
  g_assert_cmpint (least, <, 195);
}

/* The ghost's name is without the difference before any name is cut off. */
static void
test_legend_says_less_before_it_is_cut (void)
{
  g_autoptr (NnFrame) frame = new_falling (400);
  int width = 600;
  gsize whole;
  gsize in_fewer_words;

  frame->ghost = new_level (13.3f, 400);
  frame->ghost_step = 400;
  frame->ghost_loss = 13.3;
  frame->ghost_difference = NAN;
  in_fewer_words = count_legend_ink (frame, 600);
  frame->ghost_difference = -0.0024;
  whole = count_legend_ink (frame, 600);
  g_assert_cmpuint (in_fewer_words, <, whole);
  while (width > 60 && count_legend_ink (frame, width) == whole)
    width--;
  g_test_message ("in fewer words from %d on", width);
  g_assert_cmpuint (count_legend_ink (frame, width), ==, in_fewer_words);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/loss-curves/ghost-is-grey-and-dashed",
                   test_ghost_is_grey_and_dashed);
  g_test_add_func ("/ui/loss-curves/validation-is-teal", test_validation_is_teal);
  g_test_add_func ("/ui/loss-curves/branch-begins-at-its-fork",
                   test_branch_begins_at_its_fork);
  g_test_add_func ("/ui/loss-curves/what-lies-ahead-is-faint",
                   test_what_lies_ahead_is_faint);
  g_test_add_func ("/ui/loss-curves/the-axis-reaches-the-end",
                   test_the_axis_reaches_the_end);
  g_test_add_func ("/ui/loss-curves/what-is-to-come-is-shown-if-it-is-near",
                   test_what_is_to_come_is_shown_if_it_is_near);
  g_test_add_func ("/ui/loss-curves/nothing-is-before-the-first-step",
                   test_nothing_is_before_the_first_step);
  g_test_add_func ("/ui/loss-curves/preview-is-violet", test_preview_is_violet);
  g_test_add_func ("/ui/loss-curves/marked-is-set-off", test_marked_is_set_off);
  g_test_add_func ("/ui/loss-curves/diamond-has-a-card", test_diamond_has_a_card);
  g_test_add_func ("/ui/loss-curves/diamonds-are-found-where-they-are",
                   test_diamonds_are_found_where_they_are);
  g_test_add_func ("/ui/loss-curves/legend-comes-together", test_legend_comes_together);
  g_test_add_func ("/ui/loss-curves/legend-says-less-before-it-is-cut",
                   test_legend_says_less_before_it_is_cut);
  g_test_add_func ("/ui/loss-curves/legend-comes-with-a-second-curve",
                   test_legend_comes_with_a_second_curve);
  return g_test_run ();
}
