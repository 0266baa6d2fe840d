/* test-nudge-network-edges.c - the edges in the network's picture, and their scale
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-scale.h"

#include <math.h>
#include <string.h>

#include "network-fixture.h"
#include "ui/draw/network/nudge-network-layout.h"
#include "ui/draw/network/nudge-network-picture.h"

/* Nothing but one weight is drawn in colour: its sign's, wherever the edge is. */
static void
test_sign_is_colour (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  gsize legend[2];
  FixtureLook look = fixture_plain;

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  memset (frame->activations, 0,
          frame->architecture->n_units * FIXTURE_PROBES * sizeof *frame->activations);
  legend[0] = fixture_count_network_ink (frame, &look, FIXTURE_POSITIVE);
  legend[1] = fixture_count_network_ink (frame, &look, FIXTURE_NEGATIVE);
  fixture_frame_set_weight (frame, 2, 1, 0, 1.5f);
  g_assert_cmpuint (fixture_count_network_ink (frame, &look, FIXTURE_POSITIVE), >,
                    legend[0] + 200);
  g_assert_cmpuint (fixture_count_network_ink (frame, &look, FIXTURE_NEGATIVE), ==,
                    legend[1]);
  fixture_frame_set_weight (frame, 2, 1, 0, -1.5f);
  g_assert_cmpuint (fixture_count_network_ink (frame, &look, FIXTURE_POSITIVE), ==,
                    legend[0]);
  g_assert_cmpuint (fixture_count_network_ink (frame, &look, FIXTURE_NEGATIVE), >,
                    legend[1] + 200);
}

/* Solid against dashed: colour is not the only thing that says the sign. Along the middle
 * of an edge that is level. */
static void
test_sign_is_dash (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  const int y = (int) nudge_column_get_y (&layout->columns[3], 0);
  gsize n[2] = { 0, 0 };

  for (int i = 0; i < 2; i++) {
    cairo_surface_t *surface;

    fixture_frame_set_weight (frame, 3, 0, 1, i == 0 ? 1.5f : -1.5f);
    surface = fixture_draw_network (frame);
    for (int x = (int) layout->columns[2].x; x < (int) layout->columns[3].x; x++)
      n[i] +=
          fixture_is_ink (surface, x, y, i == 0 ? FIXTURE_POSITIVE : FIXTURE_NEGATIVE);
    cairo_surface_destroy (surface);
  }
  g_assert_cmpuint (n[1], >, 30);
  g_assert_cmpuint (n[1], <, 0.85 * n[0]);
}

/* As WCAG 2.1 has it, of a pixel in the picture against its background. */
static double
get_contrast (guint32 pixel, guint32 background)
{
  double luminance[2] = { 0, 0 };
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };

  for (int i = 0; i < 2; i++)
    for (int k = 0; k < 3; k++) {
      const double c = ((i == 0 ? pixel : background) >> (16 - 8 * k) & 0xff) / 255.0;

      luminance[i] +=
          weights[k] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return (MAX (luminance[0], luminance[1]) + 0.05) /
         (MIN (luminance[0], luminance[1]) + 0.05);
}

/* The weakest edge, dashed besides, can be told from its background. */
static void
test_weak_edges_can_be_seen (void)
{
  for (int dark = 0; dark < 2; dark++) {
    const FixtureLook look = { dark, 2, -1, 0 };
    g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
    g_autoptr (NudgeNetworkLayout) layout =
        nudge_network_layout_new (frame->architecture, FIXTURE_WIDTH, FIXTURE_HEIGHT);
    const int x = (int) (layout->columns[0].x + layout->columns[1].x) / 2;
    cairo_surface_t *surface;
    double best = 0;

    memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
    fixture_frame_set_weight (frame, 1, 0, 0, -0.01f);
    surface = fixture_draw_network_at (frame, &look, FIXTURE_WIDTH, FIXTURE_HEIGHT);
    cairo_surface_flush (surface);
    for (int i = x - 20; i < x + 20; i++)
      for (int y = 70; y < FIXTURE_HEIGHT - 110; y++) {
        const guint32 *row =
            (const guint32 *) (const void *) (cairo_image_surface_get_data (surface) +
                                              y * cairo_image_surface_get_stride (
                                                      surface));

        if (fixture_is_ink (surface, i, y, FIXTURE_NEGATIVE))
          best = MAX (best, get_contrast (row[i], row[2]));
      }
    cairo_surface_destroy (surface);
    g_assert_cmpfloat (best, >=, 2.9);
  }
}

/* How many pixels above each other at @x, near @y, are of the positive sign's colour. */
static int
measure_width (cairo_surface_t *surface, double x, double y)
{
  int n = 0;

  for (int row = (int) y - 7; row <= (int) y + 7; row++)
    n += fixture_is_ink (surface, (int) x, row, FIXTURE_POSITIVE);
  return n;
}

/* Of a level edge at the limit, while all others are zero, and of the legend there. */
static void
measure_widths (const gsize *units, gsize n_units, gsize unit, int *edge, int *legend)
{
  g_autoptr (NnFrame) frame = fixture_frame_new (units, n_units);
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  const NudgeColumn *from = &layout->columns[1];
  cairo_surface_t *surface;

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  fixture_frame_set_weight (frame, 2, unit, unit, (float) fixture_plain.limit);
  surface = fixture_draw_network (frame);
  *edge = measure_width (surface, from->x + 0.4 * layout->spacing,
                         nudge_column_get_y (from, unit));
  *legend = measure_width (surface, layout->legend_right - 2, layout->legend_y);
  cairo_surface_destroy (surface);
}

/* One scale for all edges, which the legend has, too: thinner where they crowd. */
static void
test_crowded_edges_are_thin (void)
{
  static const gsize few[] = { 2, 3, 3, 1 };
  static const gsize many[] = { 2, 16, 16, 1 };
  int edge[2], legend[2];

  measure_widths (few, G_N_ELEMENTS (few), 1, &edge[0], &legend[0]);
  measure_widths (many, G_N_ELEMENTS (many), 5, &edge[1], &legend[1]);
  g_assert_cmpint (edge[0], >=, 5);
  g_assert_cmpint (edge[1], >=, 2);
  g_assert_cmpint (edge[1], <=, 0.6 * edge[0]);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (ABS (edge[i] - legend[i]), <=, 1);
}

static void
test_beyond_the_limit_is_marked (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  FixtureLook at_limit = fixture_plain;
  FixtureLook below = fixture_plain;
  cairo_surface_t *a;
  cairo_surface_t *b;

  /* Both draw this edge at full width; only in one it is hollow. */
  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  fixture_frame_set_weight (frame, 1, 0, 0, 2);
  at_limit.limit = 2;
  below.limit = 1.99;
  a = fixture_draw_network_at (frame, &at_limit, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  b = fixture_draw_network_at (frame, &below, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  g_assert_cmpuint (fixture_count_ink (a, FIXTURE_POSITIVE), >,
                    fixture_count_ink (b, FIXTURE_POSITIVE) + 100);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

static void
test_limit_is_round_and_holds (void)
{
  static const float largest[] = { 1, 1.01f, 2.4f, 2.6f, 7, 0.013f, 3e-7f, 4e9f };
  static const double limits[] = { 1, 2, 2.5, 5, 10, 0.02, 5e-7, 5e9 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  for (gsize i = 0; i < G_N_ELEMENTS (largest); i++) {
    memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
    fixture_frame_set_weight (frame, 2, 1, 1, -largest[i]);
    g_assert_cmpfloat_with_epsilon (nudge_network_choose_limit (frame, 0), limits[i],
                                    1e-12 * limits[i]);
  }
}

static void
test_limit_does_not_jump (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 0), ==, 1);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 2.5);
  fixture_frame_set_weight (frame, 1, 1, 0, 0.9f);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 2.5);
  fixture_frame_set_weight (frame, 1, 1, 0, 0.5f);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 0.5);
  fixture_frame_set_weight (frame, 1, 1, 0, 2.6f);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 2.5), ==, 5);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, NAN), ==, 5);
  fixture_frame_set_weight (frame, 1, 1, 0, INFINITY);
  g_assert_cmpfloat (nudge_network_choose_limit (frame, 0), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-edges/sign-is-colour", test_sign_is_colour);
  g_test_add_func ("/ui/network-edges/sign-is-dash", test_sign_is_dash);
  g_test_add_func ("/ui/network-edges/weak-edges-can-be-seen",
                   test_weak_edges_can_be_seen);
  g_test_add_func ("/ui/network-edges/crowded-edges-are-thin",
                   test_crowded_edges_are_thin);
  g_test_add_func ("/ui/network-edges/beyond-the-limit-is-marked",
                   test_beyond_the_limit_is_marked);
  g_test_add_func ("/ui/network-edges/limit-is-round-and-holds",
                   test_limit_is_round_and_holds);
  g_test_add_func ("/ui/network-edges/limit-does-not-jump", test_limit_does_not_jump);
  return g_test_run ();
}
