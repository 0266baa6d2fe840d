/* test-nudge-layer-picture.c - measures of layers over the steps, and their histograms
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-layer-picture.h"

#include <math.h>
#include <string.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/loss/nudge-histogram-picture.h"

#define WIDTH  600
#define HEIGHT 260

/* The plot's edges. */
#define LEFT   70
#define RIGHT  (WIDTH - 18)
#define TOP    36
#define BOTTOM (HEIGHT - 34)

static cairo_surface_t *
draw (const NnFrame *frame, NnMeasure measure, gboolean logarithmic, double cursor)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const NudgeLayerStyle style = {
    nudge_palette_get (FALSE, FALSE), measure, logarithmic, { NUDGE_TIME_ALL }
  };

  nudge_draw_layers (cr, frame, &style, WIDTH, HEIGHT);
  if (!isnan (cursor))
    nudge_draw_layers_cursor (cr, frame, &style, WIDTH, HEIGHT, cursor);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

static NnFrame *
new_measured (gsize n_points)
{
  NnFrame *frame = fixture_frame_new_seed ();

  fixture_frame_measure (frame, n_points);
  frame->step = frame->end = n_points;
  return frame;
}

/* Whether the pixel is nearer to @colour than to the background. */
static gboolean
has_colour (cairo_surface_t *surface, int x, int y, const NudgeColour *colour)
{
  const unsigned char *pixel;

  cairo_surface_flush (surface);
  pixel = cairo_image_surface_get_data (surface) +
          y * cairo_image_surface_get_stride (surface) + 4 * x;
  return fabs (pixel[2] / 255.0 - colour->red) + fabs (pixel[1] / 255.0 - colour->green) +
             fabs (pixel[0] / 255.0 - colour->blue) <
         0.25;
}

/* The row of the plot, in the middle of its steps, with the colour of @layer; -1: none. */
static int
find_row (cairo_surface_t *surface, gsize layer, int x)
{
  const NudgeColour *colour =
      nudge_layer_get_colour (nudge_palette_get (FALSE, FALSE), layer);

  for (int y = TOP; y < BOTTOM; y++)
    if (has_colour (surface, x, y, colour))
      return y;
  return -1;
}

static void
test_each_layer_has_its_line (void)
{
  g_autoptr (NnFrame) frame = new_measured (100);

  for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
    cairo_surface_t *surface = draw (frame, NN_MEASURE_WEIGHT, logarithmic, NAN);
    int before = BOTTOM;

    for (gsize k = 0; k < frame->layers->n_layers; k++) {
      const int y = find_row (surface, k, (LEFT + RIGHT) / 2);

      g_assert_cmpint (y, >, 0);
      g_assert_cmpint (y, <, before); /* the larger, the higher */
      before = y;
    }
    cairo_surface_destroy (surface);
  }
}

static void
test_shares_fill_the_axis (void)
{
  g_autoptr (NnFrame) frame = new_measured (100);
  cairo_surface_t *surface = draw (frame, NN_MEASURE_DEAD, TRUE, NAN);

  g_assert_cmpint (find_row (surface, 0, (LEFT + RIGHT) / 2), <, TOP + 12);
  g_assert_cmpint (find_row (surface, 2, (LEFT + RIGHT) / 2), >, BOTTOM - 12);
  cairo_surface_destroy (surface);
}

/* Pixels of the plot's left half, but for the ends of lines in its middle, that are not as
 * those of @other. */
static guint
count_different (cairo_surface_t *surface, cairo_surface_t *other)
{
  const int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  cairo_surface_flush (surface);
  cairo_surface_flush (other);
  for (int y = TOP; y < BOTTOM; y++)
    for (int x = LEFT; x < (LEFT + RIGHT) / 2 - 5; x++) {
      const gsize at = (gsize) (y * stride + 4 * x);

      n += memcmp (cairo_image_surface_get_data (surface) + at,
                   cairo_image_surface_get_data (other) + at, 4) != 0;
    }
  return n;
}

/* Where there is space for it, and words are no line. */
static void
test_a_late_beginning_is_said (void)
{
  g_autoptr (NnFrame) frame = new_measured (100);
  cairo_surface_t *late, *near, *soon;

  for (gsize i = 0; i < 100; i++)
    frame->layers->steps[i] += 100;
  frame->step = frame->end = 200;
  late = draw (frame, NN_MEASURE_DEAD, FALSE, NAN);
  for (gsize i = 0; i < 100; i++) /* as empty, and nothing to be said */
    frame->layers->steps[i] -= 100;
  for (gsize i = 0; i < 99 * 3 * NN_N_MEASURES; i++)
    frame->layers->values[i] = NAN;
  soon = draw (frame, NN_MEASURE_DEAD, FALSE, NAN);
  g_assert_cmpuint (count_different (late, soon), >, 100);
  frame->layers->steps[0] = 20; /* too near to the edge for words */
  near = draw (frame, NN_MEASURE_DEAD, FALSE, NAN);
  g_assert_cmpuint (count_different (near, soon), ==, 0);
  g_assert_cmpint (find_row (late, 0, (3 * LEFT + RIGHT) / 4), ==, -1);
  cairo_surface_destroy (late);
  cairo_surface_destroy (near);
  cairo_surface_destroy (soon);
}

/* No line goes through what is not known, and the axis is not made of it. */
static void
test_what_is_not_known_leaves_a_gap (void)
{
  g_autoptr (NnFrame) frame = new_measured (100);
  cairo_surface_t *surface;

  for (gsize i = 40; i < 60; i++)
    frame->layers->values[i * 3 * NN_N_MEASURES + NN_MEASURE_WEIGHT] = NAN;
  surface = draw (frame, NN_MEASURE_WEIGHT, FALSE, NAN);
  g_assert_cmpint (find_row (surface, 0, (LEFT + RIGHT) / 2), ==, -1);
  g_assert_cmpint (find_row (surface, 1, (LEFT + RIGHT) / 2), >, 0);
  g_assert_cmpint (find_row (surface, 0, LEFT + 50), >, 0);
  cairo_surface_destroy (surface);
}

static void
test_cursor_reads_the_nearest_point (void)
{
  g_autoptr (NnFrame) frame = new_measured (100);
  cairo_surface_t *without = draw (frame, NN_MEASURE_WEIGHT, FALSE, NAN);
  cairo_surface_t *with = draw (frame, NN_MEASURE_WEIGHT, FALSE, LEFT + 100);
  cairo_surface_t *outside = draw (frame, NN_MEASURE_WEIGHT, FALSE, 3);
  g_autofree char *reading = NULL;

  g_assert_false (fixture_surfaces_equal (without, with));
  g_assert_true (fixture_surfaces_equal (without, outside));
  g_assert_cmpint (nudge_layers_find_point (frame->layers, 41.4), ==, 41);
  g_assert_cmpint (nudge_layers_find_point (frame->layers, 1e9), ==, 99);
  g_assert_cmpint (nudge_layers_find_point (NULL, 1), ==, -1);
  reading = nudge_layers_dup_reading (frame, NN_MEASURE_DEAD, 0, 7);
  g_assert_cmpstr (reading, ==, "fc1 100 %");
  cairo_surface_destroy (without);
  cairo_surface_destroy (with);
  cairo_surface_destroy (outside);
}

static void
test_same_arguments_same_pixels (void)
{
  g_autoptr (NnFrame) frame = new_measured (100);
  g_autoptr (NnFrame) nothing = fixture_frame_new_seed ();
  cairo_surface_t *one = draw (frame, NN_MEASURE_UPDATE, TRUE, 200);
  cairo_surface_t *other = draw (frame, NN_MEASURE_UPDATE, TRUE, 200);
  cairo_surface_t *empty = draw (nothing, NN_MEASURE_UPDATE, TRUE, 200);

  g_assert_true (fixture_surfaces_equal (one, other));
  g_assert_false (fixture_surfaces_equal (one, empty));
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
  cairo_surface_destroy (empty);
}

/* ---- histograms -------------------------------------------------------------------- */

static cairo_surface_t *
draw_histograms (const NnFrame *frame, int width, int height)
{
  cairo_surface_t *surface = fixture_surface_new (width, height);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_histograms (cr, frame, nudge_palette_get (FALSE, FALSE), width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

static gsize
count_bars (cairo_surface_t *surface, gsize layer)
{
  const NudgePalette *palette = nudge_palette_get (FALSE, FALSE);
  const NudgeColour *colour = nudge_layer_get_colour (palette, layer);
  const NudgeColour bar = { 1 - 0.75 * (1 - colour->red), 1 - 0.75 * (1 - colour->green),
                            1 - 0.75 * (1 - colour->blue) };
  gsize n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += has_colour (surface, x, y, &bar);
  return n;
}

static void
test_bars_are_the_weights_as_they_are (void)
{
  g_autoptr (NnFrame) frame = new_measured (3);
  NnHistogram *histograms = frame->layers->histograms;
  g_autofree char *words = NULL;
  cairo_surface_t *few;
  cairo_surface_t *many;
  gsize before;

  for (gsize k = 0; k < 3; k++) {
    histograms[k].low = -1;
    histograms[k].high = 2;
    histograms[k].start[10] = 8;
    histograms[k].now[20] = 1;
  }
  few = draw_histograms (frame, WIDTH, HEIGHT);
  before = count_bars (few, 1);
  g_assert_cmpuint (before, >, 10);
  histograms[1].now[20] = 8;
  many = draw_histograms (frame, WIDTH, HEIGHT);
  g_assert_cmpuint (count_bars (many, 1), >, 6 * before);
  words = nudge_histograms_dup_words (frame);
  g_assert_nonnull (strstr (words, "fc2: weights from −1 to 2"));
  cairo_surface_destroy (few);
  cairo_surface_destroy (many);
}

static void
test_any_size_can_be_drawn (void)
{
  g_autoptr (NnFrame) frame = new_measured (3);
  g_autoptr (NnFrame) nothing = fixture_frame_new_seed ();

  for (int width = 1; width < 400; width += 37)
    for (int height = 1; height < 300; height += 41) {
      cairo_surface_destroy (draw_histograms (frame, width, height));
      cairo_surface_destroy (draw_histograms (nothing, width, height));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/layer-picture/each-layer-has-its-line",
                   test_each_layer_has_its_line);
  g_test_add_func ("/ui/layer-picture/shares-fill-the-axis", test_shares_fill_the_axis);
  g_test_add_func ("/ui/layer-picture/a-late-beginning-is-said",
                   test_a_late_beginning_is_said);
  g_test_add_func ("/ui/layer-picture/what-is-not-known-leaves-a-gap",
                   test_what_is_not_known_leaves_a_gap);
  g_test_add_func ("/ui/layer-picture/cursor-reads-the-nearest-point",
                   test_cursor_reads_the_nearest_point);
  g_test_add_func ("/ui/layer-picture/same-arguments-same-pixels",
                   test_same_arguments_same_pixels);
  g_test_add_func ("/ui/histogram-picture/bars-are-the-weights-as-they-are",
                   test_bars_are_the_weights_as_they_are);
  g_test_add_func ("/ui/histogram-picture/any-size-can-be-drawn",
                   test_any_size_can_be_drawn);
  return g_test_run ();
}
