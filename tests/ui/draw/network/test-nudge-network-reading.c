/* test-nudge-network-reading.c - what stands below the network: readings and the legend
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-reading.h"

#include <math.h>

#include "network-fixture.h"
#include "ui/draw/base/nudge-paint.h"
#include "ui/draw/network/nudge-network-layout.h"
#include "ui/draw/network/nudge-network-picture.h"

static NnWatched *
watched_new (gsize index)
{
  NnWatched *watched = g_new0 (NnWatched, 1);

  watched->index = index;
  for (guint k = 0; k < NN_N_QUANTITIES; k++)
    watched->numbers[k] = 0.125f * (float) k;
  return watched;
}

/* Its numbers and its way, below all neurons; and the edge itself. */
static void
test_what_is_watched_is_told (void)
{
  const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 1, 0 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  const NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                    .limit = 2,
                                    .pulse_layer = -1,
                                    .read = &edge };
  cairo_surface_t *surfaces[3];
  g_auto (NudgeReading) reading = { 0 };
  g_autofree char *words = NULL;

  surfaces[0] = fixture_draw_network (frame);
  for (int i = 1; i < 3; i++) {
    cairo_t *cr;

    surfaces[i] = fixture_surface_new (FIXTURE_WIDTH, FIXTURE_HEIGHT);
    cr = cairo_create (surfaces[i]);
    nudge_draw_network (cr, frame, &style, FIXTURE_WIDTH, FIXTURE_HEIGHT);
    cairo_destroy (cr);
    if (frame->watched)
      break;
    frame->watched = watched_new (4 + 1 * 2 + 0);
    frame->watched->points = g_new0 (NnPastPoint, 3);
    frame->watched->n_points = 3;
    for (guint k = 0; k < 3; k++)
      frame->watched->points[k] = (NnPastPoint){ k, (float) (k * k) };
  }
  g_assert_cmpuint (
      fixture_count_differences (surfaces[0], surfaces[1], FIXTURE_HEIGHT - 104), >, 300);
  g_assert_cmpuint (fixture_count_differences (surfaces[0], surfaces[1], 0), >, 1000);
  g_assert_cmpuint (
      fixture_count_differences (surfaces[1], surfaces[2], FIXTURE_HEIGHT - 104), >, 500);
  g_assert_cmpuint (
      fixture_count_differences (surfaces[1], surfaces[2], 0), ==,
      fixture_count_differences (surfaces[1], surfaces[2], FIXTURE_HEIGHT - 104));
  nudge_reading_init (&reading, frame, &edge);
  words = nudge_reading_dup_words (&reading);
  g_assert_cmpstr (words, ==,
                   "gradient 0.125, last change 0.25, nudges’ part 0.5, since the start "
                   "0.625, momentum_buffer 0.75, slow copy 1.125, contribution 1.25");
  for (int i = 0; i < 3; i++)
    cairo_surface_destroy (surfaces[i]);
}

static gsize
count_pixels (cairo_surface_t *surface, int left, int top)
{
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  const int stride = cairo_image_surface_get_stride (surface) / 4;
  const guint32 *pixels =
      (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  gsize n = 0;

  cairo_surface_flush (surface);
  for (int y = top; y < height; y++)
    for (int x = left; x < width; x++)
      n += pixels[y * stride + x] != pixels[0];
  return n;
}

/* Where controls lie on the lower right, nothing is told; all digits of the value are. */
static void
test_what_is_told_keeps_off_the_controls (void)
{
  static const int sizes[][2] = { { 712, 400 }, { 565, 275 } };
  static const int corner[] = { 340, 46 };
  const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 1, 0 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  frame->watched = watched_new (4 + 1 * 2 + 0);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    const int width = sizes[i][0], height = sizes[i][1];
    NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                .limit = 2,
                                .pulse_layer = -1,
                                .read = &edge };
    g_autoptr (NudgeNetworkLayout) layout =
        nudge_network_layout_new (frame->architecture, width, height);
    const int line = (int) layout->reading_y;
    cairo_surface_t *surfaces[2];

    for (int k = 0; k < 2; k++) {
      cairo_t *cr;

      surfaces[k] = fixture_surface_new (width, height);
      cr = cairo_create (surfaces[k]);
      style.reserved_width = k * corner[0];
      style.reserved_height = k * corner[1];
      nudge_draw_network (cr, frame, &style, width, height);
      cairo_destroy (cr);
    }
    g_assert_cmpuint (count_pixels (surfaces[0], width - corner[0], height - corner[1]),
                      >, 100);
    g_assert_cmpuint (count_pixels (surfaces[1], width - corner[0], height - corner[1]),
                      ==, 0);
    g_assert_cmpuint (count_pixels (surfaces[1], 0, line + 5), >, 100);
    if (height >= 400)
      g_assert_true (fixture_rows_equal (surfaces[0], surfaces[1], line - 11, line + 2));
    cairo_surface_destroy (surfaces[0]);
    cairo_surface_destroy (surfaces[1]);
  }
}

/* What is said of a sample is neither on the outputs, also where they fill the picture's
 * height, nor on what is read beside it. */
static void
test_sample_ends_below_the_outputs (void)
{
  enum { WIDTH = 560, HEIGHT = 280, CONTROLS = 36 };
  static const gsize units[] = { 8, 8, 10 };
  const NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 1, 0 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, WIDTH, HEIGHT);
  const NudgeColumn *outputs = &layout->columns[layout->n_columns - 1];
  const int below = (int) (outputs->top + outputs->height);
  NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                              .limit = 2,
                              .pulse_layer = -1,
                              .reserved_width = 200,
                              .reserved_height = CONTROLS };
  cairo_surface_t *surfaces[3];

  frame->sample = g_new0 (NnSample, 1);
  frame->sample->choice.any = TRUE;
  frame->sample->units = g_new0 (float, frame->architecture->n_units);
  frame->sample->loss = NAN;
  frame->watched = watched_new (nudge_network_get_index (frame->architecture, &edge));
  frame->watched->points = g_new0 (NnPastPoint, 3);
  frame->watched->n_points = 3;
  for (guint k = 0; k < 3; k++)
    frame->watched->points[k] = (NnPastPoint){ k, (float) (k * k) };
  for (int i = 0; i < 3; i++) {
    cairo_t *cr;

    surfaces[i] = fixture_surface_new (WIDTH, HEIGHT);
    cr = cairo_create (surfaces[i]);
    nudge_draw_network (cr, frame, &style, WIDTH, HEIGHT);
    cairo_destroy (cr);
    frame->sample->loss = 0.25;
    style.read = i > 0 ? &edge : NULL;
  }
  g_assert_true (fixture_rows_equal (surfaces[0], surfaces[1], 0, below));
  g_assert_false (
      fixture_rows_equal (surfaces[0], surfaces[1], below, HEIGHT - CONTROLS));
  g_assert_cmpuint (count_pixels (surfaces[1], (int) outputs->x - 40, below), ==,
                    count_pixels (surfaces[2], (int) outputs->x - 40, below));
  g_assert_cmpuint (count_pixels (surfaces[2], 0, below), >,
                    count_pixels (surfaces[1], 0, below));
  for (int i = 0; i < 3; i++)
    cairo_surface_destroy (surfaces[i]);
}

static void
test_legend_keeps_off_the_controls (void)
{
  enum { NARROW = 455, LOW = 370, CONTROLS = 340 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                              .limit = 2,
                              .pulse_layer = -1 };

  for (int reserved = 0; reserved <= CONTROLS; reserved += CONTROLS) {
    cairo_surface_t *surface = fixture_surface_new (NARROW, LOW);
    cairo_t *cr = cairo_create (surface);

    style.reserved_width = reserved;
    style.reserved_height = 46;
    nudge_draw_network (cr, frame, &style, NARROW, LOW);
    cairo_destroy (cr);
    g_assert_true ((count_pixels (surface, NARROW - CONTROLS, LOW - 46) == 0) ==
                   (reserved > 0));
    cairo_surface_destroy (surface);
  }
}

/* Where it would be too narrow beside them it is above them, whole. */
static void
test_legend_is_above_wide_controls (void)
{
  enum { NARROW = 350, HEIGHT = 240, CONTROLS = 290, ABOVE = 38 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                              .limit = 2,
                              .pulse_layer = -1,
                              .reserved_width = CONTROLS,
                              .reserved_height = ABOVE };
  cairo_surface_t *surface = fixture_surface_new (NARROW, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_network (cr, frame, &style, NARROW, HEIGHT);
  cairo_destroy (cr);
  g_assert_cmpuint (count_pixels (surface, 0, HEIGHT - ABOVE), ==, 0);
  g_assert_cmpuint (count_pixels (surface, 0, HEIGHT - ABOVE - 14), >, 100);
  cairo_surface_destroy (surface);
}

/* Of the legend's numbers, as narrow as it gets. */
static gsize
count_middle_ink (double limit)
{
  enum { NARROW = 455, LOW = 370, CONTROLS = 359, HALF = 3 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, NARROW, LOW);
  NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                              .limit = limit,
                              .pulse_layer = -1,
                              .reserved_width = CONTROLS,
                              .reserved_height = 46 };
  cairo_surface_t *surface = fixture_surface_new (NARROW, LOW);
  cairo_t *cr = cairo_create (surface);
  const int middle = (int) NUDGE_MARGIN + 35;
  const int baseline = (int) layout->legend_y + 22;
  gsize n = 0;

  nudge_draw_network (cr, frame, &style, NARROW, LOW);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = baseline - 9; y <= baseline; y++)
    for (int x = middle - HALF; x < middle + HALF; x++)
      n += cairo_image_surface_get_data (
               surface)[y * cairo_image_surface_get_stride (surface) + 4 * x] < 160;
  cairo_surface_destroy (surface);
  return n;
}

/* "−2.5" and "0" without a space would be "−2.50". */
static void
test_legend_numbers_keep_apart (void)
{
  g_assert_cmpuint (count_middle_ink (2), >, 5);
  g_assert_cmpuint (count_middle_ink (2.5), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-reading/what-is-watched-is-told",
                   test_what_is_watched_is_told);
  g_test_add_func ("/ui/network-reading/what-is-told-keeps-off-the-controls",
                   test_what_is_told_keeps_off_the_controls);
  g_test_add_func ("/ui/network-reading/sample-ends-below-the-outputs",
                   test_sample_ends_below_the_outputs);
  g_test_add_func ("/ui/network-reading/legend-is-above-wide-controls",
                   test_legend_is_above_wide_controls);
  g_test_add_func ("/ui/network-reading/legend-keeps-off-the-controls",
                   test_legend_keeps_off_the_controls);
  g_test_add_func ("/ui/network-reading/legend-numbers-keep-apart",
                   test_legend_numbers_keep_apart);
  return g_test_run ();
}
