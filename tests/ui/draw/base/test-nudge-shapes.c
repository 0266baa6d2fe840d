/* test-nudge-shapes.c - shapes, lines and bands by our own loops against Cairo's
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-shapes.h"

#include <math.h>
#include <stdlib.h>

#include "ui/draw/base/nudge-line.h"

#define WIDTH  300
#define HEIGHT 200

/* Levels of 255 by which a channel may differ from Cairo's on average; and by more than how
 * many few of them may: at the corners of shapes, and where a line ends or turns sharply. */
#define MEAN_LEVELS 1.0
#define FAR_LEVELS  64
#define FAR_SHARE   0.002

typedef void (*Draw) (cairo_t *cr);

static cairo_surface_t *
new_surface (double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) (WIDTH * scale), (int) (HEIGHT * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return surface;
}

/* A recording has no pixels, so what is recorded is Cairo's. */
static cairo_surface_t *
draw (Draw function, double scale, gboolean by_cairo)
{
  cairo_surface_t *surface = new_surface (scale);
  cairo_surface_t *recording =
      cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (by_cairo ? recording : surface);

  function (cr);
  cairo_destroy (cr);
  if (by_cairo) {
    cr = cairo_create (surface);
    cairo_set_source_surface (cr, recording, 0, 0);
    cairo_paint (cr);
    cairo_destroy (cr);
  }
  cairo_surface_destroy (recording);
  cairo_surface_flush (surface);
  return surface;
}

static void
assert_like_cairo (Draw function, double scale)
{
  cairo_surface_t *own = draw (function, scale, FALSE);
  cairo_surface_t *other = draw (function, scale, TRUE);
  const int stride = cairo_image_surface_get_stride (own);
  const int n = stride * cairo_image_surface_get_height (own);
  double sum = 0;
  int n_far = 0;

  for (int i = 0; i < n; i++) {
    const int level = i % 4 == 3 ? 0
                                 : abs (cairo_image_surface_get_data (own)[i] -
                                        cairo_image_surface_get_data (other)[i]);

    sum += level;
    n_far += level > FAR_LEVELS;
  }
  g_test_message ("scale %g: mean %.3f, far %.5f", scale, sum / n, (double) n_far / n);
  g_assert_cmpfloat (sum / n, <, MEAN_LEVELS);
  g_assert_cmpfloat ((double) n_far / n, <, FAR_SHARE);
  cairo_surface_destroy (own);
  cairo_surface_destroy (other);
}

static void
assert_at_all_scales (Draw function)
{
  assert_like_cairo (function, 1);
  assert_like_cairo (function, 1.5);
  assert_like_cairo (function, 2);
}

/* ---- shapes ------------------------------------------------------------------------ */

static void
draw_shapes (cairo_t *cr)
{
  for (int i = 0; i < 40; i++) {
    const double x = 15 + 33.37 * (i % 8), y = 15 + 36.71 * (i / 8);
    NudgeShape shape = i % 4 == 0   ? nudge_shape_of_circle (x, y, 2 + i / 4.0)
                       : i % 4 == 1 ? nudge_shape_of_diamond (x, y, 3 + i / 5.0)
                       : i % 4 == 2 ? nudge_shape_of_rectangle (x - 9, y - 5, 18, 11, 3)
                                    : nudge_shape_of_rectangle (x, y, 3.5, 28, 1.75);

    shape.line = i % 8 < 4 ? 0 : 1.5;
    shape.colour = (NudgeColour){ 0.5, 0.1, i / 40.0 };
    shape.opacity = i % 3 == 0 ? 1 : 0.6;
    nudge_draw_shape (cr, shape);
  }
}

static void
draw_dotted (cairo_t *cr)
{
  for (int i = 0; i < 12; i++) {
    NudgeShape line = nudge_shape_of_rectangle (10 + 20.5 * i, 11.3, 1.25, 150, 0);

    line.drawn = 1.5;
    line.skipped = 3;
    line.opacity = 1;
    nudge_draw_shape (cr, line);
  }
}

static void
test_shapes (void)
{
  assert_at_all_scales (draw_shapes);
}

static void
test_dotted (void)
{
  assert_at_all_scales (draw_dotted);
}

/* ---- lines ------------------------------------------------------------------------- */

static const NudgeColour ink = { 0.1, 0.1, 0.15 };

static void
draw_smooth (cairo_t *cr)
{
  const NudgeLineStyle style = { .width = 1.6, .colour = &ink, .opacity = 0.8 };
  NudgePoint points[100];

  for (int i = 0; i < 100; i++)
    points[i] = (NudgePoint){ 5 + 2.9 * i, 100 + 80 * sin (i / 9.0) };
  nudge_draw_line (cr, points, G_N_ELEMENTS (points), &style);
}

/* Up and down, and straight up. */
static void
draw_zigzag (cairo_t *cr)
{
  const NudgeLineStyle style = { .width = 1.6, .colour = &ink, .opacity = 1 };
  NudgePoint points[60];

  for (int i = 0; i < 60; i++)
    points[i] = (NudgePoint){ 10.3 + 4.7 * (i - i % 5 / 4), 100 + (i * 37 % 91) - 45 };
  nudge_draw_line (cr, points, G_N_ELEMENTS (points), &style);
}

/* As of a smoothed loss: points at a pixel's distance, and much closer, are no wider than
 * Cairo's stroke, level or steep. */
static void
draw_close (cairo_t *cr)
{
  static const double pitches[] = { 0.13, 0.41, 0.77, 1.1, 1.6 };
  static const double heights[] = { 1, 3, 8, 12, 15 };
  const NudgeLineStyle style = { .width = 1.6, .colour = &ink, .opacity = 1 };

  for (gsize k = 0; k < G_N_ELEMENTS (pitches); k++) {
    const gsize n = (gsize) (280 / pitches[k]);
    g_autofree NudgePoint *points = g_new (NudgePoint, n);

    for (gsize i = 0; i < n; i++) {
      const double x = pitches[k] * (double) i;

      points[i] =
          (NudgePoint){ 10.2 + x, 20 + 36 * (double) k +
                                      heights[k] * sin (x / (1 + 5 * (double) (k % 3))) };
    }
    nudge_draw_line (cr, points, n, &style);
  }
}

static void
test_smooth (void)
{
  assert_at_all_scales (draw_smooth);
}

static void
test_close (void)
{
  assert_at_all_scales (draw_close);
}

static void
test_zigzag (void)
{
  assert_at_all_scales (draw_zigzag);
}

/* Steps that are much closer than pixels: every height that the line had is in its column. */
static void
test_dense (void)
{
  const NudgeLineStyle style = { .width = 1.6, .colour = &ink, .opacity = 1 };
  NudgePoint points[2000];
  cairo_surface_t *surface = new_surface (1);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < 2000; i++)
    points[i] = (NudgePoint){ 50 + i / 10.0, i == 1003 ? 20 : 100 + i % 2 };
  nudge_draw_line (cr, points, G_N_ELEMENTS (points), &style);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_image_surface_get_data (
                       surface)[40 * cairo_image_surface_get_stride (surface) + 4 * 150],
                   <, 100);
  cairo_surface_destroy (surface);
}

/* ---- bands ------------------------------------------------------------------------- */

static void
draw_band (cairo_t *cr)
{
  const NudgeLineStyle style = { .colour = &ink, .opacity = 0.7 };
  const NudgeLineStyle dashed = {
    .colour = &ink, .opacity = 1, .drawn = 6, .skipped = 4
  };
  NudgeExtent extents[200];

  for (int i = 0; i < 200; i++)
    extents[i] = (NudgeExtent){ 40.3 + i % 7, i % 11 == 0 ? 0 : 50.6 + i * 31 % 40 };
  nudge_draw_band (cr, 20, 1, extents, G_N_ELEMENTS (extents), &style);
  for (int i = 0; i < 200; i++)
    extents[i] = (NudgeExtent){ 120.3 + i / 9.0, 123.7 + i / 9.0 };
  nudge_draw_band (cr, 20, 1, extents, G_N_ELEMENTS (extents), &dashed);
}

static void
test_band (void)
{
  assert_like_cairo (draw_band, 1);
  assert_like_cairo (draw_band, 2);
}

/* Nothing outside of a clip, and nothing of what is off the picture. */
static void
test_clip (void)
{
  const NudgeLineStyle style = { .width = 4, .colour = &ink, .opacity = 1 };
  const NudgePoint points[] = { { -1e5, 50 }, { 1e5, 60 } };
  cairo_surface_t *surface = new_surface (1);
  cairo_t *cr = cairo_create (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  const guint8 *row;
  NudgeShape square = nudge_shape_of_rectangle (-1e4, 30, 2e4, 60, 0);

  square.opacity = 1;
  cairo_rectangle (cr, 100, 0, 50, HEIGHT);
  cairo_clip (cr);
  nudge_draw_line (cr, points, G_N_ELEMENTS (points), &style);
  nudge_draw_shape (cr, square);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  row = cairo_image_surface_get_data (surface) + 55 * stride;
  g_assert_cmpint (row[4 * 99], ==, 255);
  g_assert_cmpint (row[4 * 100], ==, 0);
  g_assert_cmpint (row[4 * 149], ==, 0);
  g_assert_cmpint (row[4 * 150], ==, 255);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/shapes/shapes", test_shapes);
  g_test_add_func ("/ui/shapes/dotted", test_dotted);
  g_test_add_func ("/ui/shapes/smooth", test_smooth);
  g_test_add_func ("/ui/shapes/close", test_close);
  g_test_add_func ("/ui/shapes/zigzag", test_zigzag);
  g_test_add_func ("/ui/shapes/dense", test_dense);
  g_test_add_func ("/ui/shapes/band", test_band);
  g_test_add_func ("/ui/shapes/clip", test_clip);
  return g_test_run ();
}
