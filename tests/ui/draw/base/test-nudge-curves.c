/* test-nudge-curves.c - curves by our own loops against the same by Cairo
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-curves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH    400
#define HEIGHT   240
#define N_CURVES 40

/* Levels of 255 by which a channel may differ from Cairo's, on average and anywhere: Cairo's
 * own pixels are of 15 shades or so. */
#define MEAN_LEVELS 0.7
#define MOST_LEVELS 32

/* Curves are approximated by lines over a few columns; a clip starts with new ones. */
#define CLIP_LEVELS 6

static void
make_curves (NudgeCurve *curves, gsize n, gboolean opaque)
{
  GRand *random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < n; i++) {
    const double width = g_rand_double_range (random, 0.5, 7);

    curves[i] = (NudgeCurve){
      .y0 = g_rand_double_range (random, -10, HEIGHT + 10),
      .y1 = g_rand_double_range (random, -10, HEIGHT + 10),
      .width = width,
      .drawn = i % 3 == 0 ? 4 + 1.6 * width : 0,
      .skipped = 3 + 0.7 * width,
      .colour = { g_rand_double (random), g_rand_double (random),
                  g_rand_double (random) },
      .opacity = opaque ? 1 : g_rand_double_range (random, 0.3, 1),
    };
  }
  g_rand_free (random);
}

static cairo_surface_t *
new_surface (cairo_format_t format, double scale, double grey)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (format, (int) (WIDTH * scale), (int) (HEIGHT * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_set_source_rgba (cr, grey, grey, grey, grey > 0 ? 1 : 0);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  return surface;
}

static void
draw (cairo_t *cr, const NudgeCurve *curves, gsize n)
{
  nudge_draw_curves (cr, 20.3, WIDTH - 30.4, curves, n);
}

static cairo_surface_t *
draw_own (const NudgeCurve *curves, gsize n, double scale)
{
  cairo_surface_t *surface = new_surface (CAIRO_FORMAT_RGB24, scale, 1);
  cairo_t *cr = cairo_create (surface);

  draw (cr, curves, n);
  cairo_destroy (cr);
  return surface;
}

/* A recording has no pixels, so what is recorded is Cairo's strokes. */
static cairo_surface_t *
draw_by_cairo (const NudgeCurve *curves, gsize n, double scale)
{
  cairo_surface_t *surface = new_surface (CAIRO_FORMAT_RGB24, scale, 1);
  cairo_surface_t *recording =
      cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (recording);

  draw (cr, curves, n);
  cairo_destroy (cr);
  cr = cairo_create (surface);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (recording);
  return surface;
}

typedef struct {
  double mean;
  int most;
} Difference;

static Difference
compare (cairo_surface_t *a, cairo_surface_t *b)
{
  const int stride = cairo_image_surface_get_stride (a);
  const int height = cairo_image_surface_get_height (a);
  const int n = 4 * cairo_image_surface_get_width (a);
  Difference difference = { 0 };

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = 0; y < height; y++)
    for (int i = 0; i < n; i++) {
      const int level = abs (cairo_image_surface_get_data (a)[y * stride + i] -
                             cairo_image_surface_get_data (b)[y * stride + i]);

      difference.mean += level / ((double) n * height);
      difference.most = MAX (difference.most, level);
    }
  return difference;
}

static void
assert_like_cairo (const NudgeCurve *curves, gsize n, double scale)
{
  cairo_surface_t *own = draw_own (curves, n, scale);
  cairo_surface_t *by_cairo = draw_by_cairo (curves, n, scale);
  const Difference difference = compare (own, by_cairo);

  g_test_message ("scale %g: mean %.3f, most %d", scale, difference.mean,
                  difference.most);
  g_assert_cmpfloat (difference.mean, <, MEAN_LEVELS);
  g_assert_cmpint (difference.most, <=, MOST_LEVELS);
  cairo_surface_destroy (own);
  cairo_surface_destroy (by_cairo);
}

static void
test_like_cairo (void)
{
  static const double scales[] = { 1, 1.25, 2 };
  NudgeCurve curves[N_CURVES];

  make_curves (curves, N_CURVES, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    assert_like_cairo (curves, N_CURVES, scales[i]);
}

/* One level line between pixels: its area is known. */
static void
test_area (void)
{
  const NudgeCurve line = { .y0 = 100.25, .y1 = 100.25, .width = 3, .opacity = 0.5 };
  static const struct {
    int row;
    double covered;
  } rows[] = {
    { 97, 0 }, { 98, 0.25 }, { 99, 1 }, { 100, 1 }, { 101, 0.75 }, { 102, 0 }
  };
  cairo_surface_t *surface = draw_own (&line, 1, 1);
  const int stride = cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8 *row = cairo_image_surface_get_data (surface) + rows[i].row * stride;

    g_assert_cmpint (row[4 * 200], ==, lround (255 * (1 - 0.5 * rows[i].covered)));
    /* Its left end is at 20.3. */
    g_assert_cmpint (row[4 * 20], ==, lround (255 * (1 - 0.35 * rows[i].covered)));
    g_assert_cmpint (row[4 * 19], ==, 255);
  }
  cairo_surface_destroy (surface);
}

/* What may be drawn is drawn as it would be without a clip, and nothing else. */
static void
test_clip (void)
{
  NudgeCurve curves[N_CURVES];
  cairo_surface_t *whole, *part;
  cairo_t *cr;

  make_curves (curves, N_CURVES, FALSE);
  whole = draw_own (curves, N_CURVES, 1);
  part = new_surface (CAIRO_FORMAT_RGB24, 1, 1);
  cr = cairo_create (part);
  cairo_rectangle (cr, 101, 50, 77, 60);
  cairo_clip (cr);
  draw (cr, curves, N_CURVES);
  cairo_reset_clip (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_rectangle (cr, 0, 0, WIDTH, HEIGHT);
  cairo_rectangle (cr, 101, 50, 77, 60);
  cairo_clip (cr);
  cairo_set_source_surface (cr, whole, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  g_assert_cmpint (compare (whole, part).most, <=, CLIP_LEVELS);
  cairo_surface_destroy (whole);
  cairo_surface_destroy (part);
}

/* On nothing, and that on white, is the same as on white. */
static void
test_alpha (void)
{
  NudgeCurve curves[N_CURVES];
  cairo_surface_t *direct, *on_nothing, *composed;
  cairo_t *cr;

  make_curves (curves, N_CURVES, FALSE);
  direct = draw_own (curves, N_CURVES, 1);
  on_nothing = new_surface (CAIRO_FORMAT_ARGB32, 1, 0);
  cr = cairo_create (on_nothing);
  draw (cr, curves, N_CURVES);
  cairo_destroy (cr);
  composed = new_surface (CAIRO_FORMAT_RGB24, 1, 1);
  cr = cairo_create (composed);
  cairo_set_source_surface (cr, on_nothing, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  g_assert_cmpint (compare (direct, composed).most, <=, 2);
  cairo_surface_destroy (direct);
  cairo_surface_destroy (on_nothing);
  cairo_surface_destroy (composed);
}

/* The last one is on top. */
static void
test_order (void)
{
  NudgeCurve lines[2] = {
    { .y0 = 100, .y1 = 100, .width = 6, .colour = { 1, 0, 0 }, .opacity = 1 },
    { .y0 = 100, .y1 = 100, .width = 4, .colour = { 0, 0, 1 }, .opacity = 1 },
  };
  cairo_surface_t *surface = draw_own (lines, 2, 1);
  const guint8 *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  guint32 middle, edge;

  memcpy (&middle, data + 100 * stride + 4 * 200, sizeof middle);
  memcpy (&edge, data + 97 * stride + 4 * 200, sizeof edge);
  g_assert_cmphex (middle & 0xffffff, ==, 0x0000ff);
  g_assert_cmphex (edge & 0xffffff, ==, 0xff0000);
  cairo_surface_destroy (surface);
}

/* Off the picture, as narrow as nothing, or none at all. */
static void
test_nothing (void)
{
  const NudgeCurve far = { .y0 = 1e6, .y1 = 1e6, .width = 3, .opacity = 1 };
  cairo_surface_t *blank = new_surface (CAIRO_FORMAT_RGB24, 1, 1);
  cairo_surface_t *surface = draw_own (&far, 1, 1);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_curves (cr, 10, 10, &far, 1);
  nudge_draw_curves (cr, WIDTH + 10, WIDTH + 90, &far, 1);
  nudge_draw_curves (cr, -90, -10, &far, 1);
  nudge_draw_curves (cr, 10, 20, NULL, 0);
  cairo_destroy (cr);
  g_assert_cmpint (compare (surface, blank).most, ==, 0);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (blank);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/curves/like-cairo", test_like_cairo);
  g_test_add_func ("/ui/curves/area", test_area);
  g_test_add_func ("/ui/curves/clip", test_clip);
  g_test_add_func ("/ui/curves/alpha", test_alpha);
  g_test_add_func ("/ui/curves/order", test_order);
  g_test_add_func ("/ui/curves/nothing", test_nothing);
  return g_test_run ();
}
