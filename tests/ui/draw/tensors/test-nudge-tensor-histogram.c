/* test-nudge-tensor-histogram.c - how a tensor's values are spread
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/tensors/nudge-tensor-histogram.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"

#define WIDTH  300
#define HEIGHT 120

static NnTensorSummary *
summarize (const float *values, gsize n)
{
  const guint64 shape[] = { n };
  g_autofree double *wide = g_new (double, n);
  NnTensorSummaryBuilder *builder =
      nn_tensor_summary_builder_new ("w", "float32", 1, shape, FALSE);

  for (gsize i = 0; i < n; i++)
    wide[i] = (double) values[i];
  nn_tensor_summary_builder_add (builder, wide, n);
  if (nn_tensor_summary_builder_begin_histogram (builder))
    nn_tensor_summary_builder_add (builder, wide, n);
  return nn_tensor_summary_builder_end (builder);
}

static NnTensorSummary *
summarize_one (float value)
{
  return summarize (&value, 1);
}

static cairo_surface_t *
draw (const NnTensorSummary *now, const NnTensorSummary *preview, gboolean logarithmic)
{
  const NudgeTensorHistogramStyle style = { nudge_palette_get (FALSE, FALSE),
                                            logarithmic };
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_tensor_histogram (cr, now, preview, &style, WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return surface;
}

/* Negative values at the left in their colour, positive ones at the right in theirs. */
static void
test_signs_have_their_colours (void)
{
  const float values[] = { -2, -1, -1, 1, 1, 1, 2 };
  g_autoptr (NnTensorSummary) now = summarize (values, G_N_ELEMENTS (values));
  cairo_surface_t *surface = draw (now, NULL, FALSE);

  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_POSITIVE), >, 50);
  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NEGATIVE), >, 50);
  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NUDGE), ==, 0);
  for (int y = 0; y < HEIGHT - 20; y++)
    for (int x = 0; x < WIDTH; x++) {
      g_assert_false (x < WIDTH / 2 - 1 &&
                      fixture_is_ink (surface, x, y, FIXTURE_POSITIVE));
      g_assert_false (x > WIDTH / 2 && fixture_is_ink (surface, x, y, FIXTURE_NEGATIVE));
    }
  cairo_surface_destroy (surface);
}

static void
test_preview_is_a_line_of_a_nudge (void)
{
  const float values[] = { -2, -1, -1, 1, 1, 1, 2 };
  const float moved[] = { 8, 9, 9, 11, 11, 11, 12 };
  g_autoptr (NnTensorSummary) now = summarize (values, G_N_ELEMENTS (values));
  g_autoptr (NnTensorSummary) preview = summarize (moved, G_N_ELEMENTS (moved));
  cairo_surface_t *surface = draw (now, preview, FALSE);
  gsize n_left = 0, n_right = 0;

  for (int y = 25; y < HEIGHT - 21; y++)
    for (int x = 0; x < WIDTH; x++)
      if (fixture_is_ink (surface, x, y, FIXTURE_NUDGE))
        *(x < WIDTH / 2 ? &n_left : &n_right) += 1;
  g_assert_cmpuint (n_left, ==, 0);
  g_assert_cmpuint (n_right, >, 50);
  cairo_surface_destroy (surface);
}

/* On a logarithmic scale a few are higher, and all are there. */
static void
test_logarithm_raises_the_few (void)
{
  float values[1000] = { 0 };
  cairo_surface_t *linear, *logarithmic;
  g_autoptr (NnTensorSummary) now = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i < 10 ? 0.9f + (float) i / 1000 : 0.1f + (float) i / 1e5f;
  now = summarize (values, G_N_ELEMENTS (values));
  linear = draw (now, NULL, FALSE);
  logarithmic = draw (now, NULL, TRUE);
  g_assert_cmpuint (fixture_count_ink (logarithmic, FIXTURE_POSITIVE), >,
                    fixture_count_ink (linear, FIXTURE_POSITIVE) + 50);
  cairo_surface_destroy (linear);
  cairo_surface_destroy (logarithmic);
}

/* One value, none, and those that are not finite. */
static void
test_ends_of_what_there_can_be (void)
{
  const float values[] = { NAN, INFINITY };
  g_autoptr (NnTensorSummary) one = summarize_one (-3);
  g_autoptr (NnTensorSummary) zero = summarize_one (0);
  g_autoptr (NnTensorSummary) none = summarize (values, 2);
  cairo_surface_t *surfaces[] = { draw (one, NULL, FALSE), draw (zero, one, TRUE),
                                  draw (none, NULL, FALSE), draw (NULL, NULL, FALSE) };
  g_autofree char *words = nudge_tensor_histogram_dup_words (one, zero);

  g_assert_cmpuint (fixture_count_ink (surfaces[0], FIXTURE_NEGATIVE), >, 50);
  g_assert_cmpuint (fixture_count_ink (surfaces[1], FIXTURE_NUDGE), >, 50);
  g_assert_true (fixture_surfaces_equal (surfaces[2], surfaces[3]));
  g_assert_cmpstr (words, ==, "Values from −3 to −3, with the nudge from 0 to 0");
  for (gsize i = 0; i < G_N_ELEMENTS (surfaces); i++)
    cairo_surface_destroy (surfaces[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/tensor-histogram/signs-have-their-colours",
                   test_signs_have_their_colours);
  g_test_add_func ("/ui/tensor-histogram/preview-is-a-line-of-a-nudge",
                   test_preview_is_a_line_of_a_nudge);
  g_test_add_func ("/ui/tensor-histogram/logarithm-raises-the-few",
                   test_logarithm_raises_the_few);
  g_test_add_func ("/ui/tensor-histogram/ends-of-what-there-can-be",
                   test_ends_of_what_there_can_be);
  return g_test_run ();
}
