/* test-nudge-network-layout.c - networks of any size in the picture
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-layout.h"

#include <math.h>
#include <string.h>

#include "network-fixture.h"
#include "ui/draw/network/nudge-network-picture.h"

/* Wide layers: still a picture, at a bounded cost, where no strong weight is lost. */
static void
test_wide_layers_fold (void)
{
  static const gsize units[] = { 64, 300, 10 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  NudgeNetworkThing thing = { NUDGE_NETWORK_NOTHING };
  gboolean found = FALSE;
  gsize without;

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  without = fixture_count_network_ink (frame, &fixture_plain, FIXTURE_NEGATIVE);
  fixture_frame_set_weight (frame, 1, 123, 45, -2);
  g_assert_cmpuint (fixture_count_network_ink (frame, &fixture_plain, FIXTURE_NEGATIVE),
                    >=, without + 4);
  for (int y = 0; y < FIXTURE_HEIGHT && !found; y++)
    for (int x = 0; x < FIXTURE_WIDTH && !found; x++) {
      thing = nudge_network_thing_at (frame, NN_QUANTITY_VALUE, FIXTURE_WIDTH,
                                      FIXTURE_HEIGHT, x, y);
      found = thing.kind == NUDGE_NETWORK_EDGE && thing.column == 1 &&
              thing.unit == 123 && thing.input == 45;
    }
  g_assert_true (found);
}

/* Thousands of edges are shown where there is space for them, the strong one above all. */
static void
test_thousands_of_edges_are_shown (void)
{
  static const gsize units[] = { 64, 64, 64, 10 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  const gsize n_values = frame->architecture->n_values;
  cairo_surface_t *surface;
  gsize without;

  for (gsize k = 1; k < G_N_ELEMENTS (units); k++) {
    g_assert_false (nudge_network_is_folded (frame, 1280, 800, k));
    g_assert_true (nudge_network_is_folded (frame, 560, 300, k));
  }
  for (gsize i = 0; i < n_values; i++)
    frame->values[i] = 0.05f;
  surface = fixture_draw_network_at (frame, &fixture_plain, 1280, 800);
  without = fixture_count_ink (surface, FIXTURE_NEGATIVE);
  cairo_surface_destroy (surface);
  fixture_frame_set_weight (frame, 2, 50, 5, (float) -fixture_plain.limit);
  surface = fixture_draw_network_at (frame, &fixture_plain, 1280, 800);
  g_assert_cmpuint (fixture_count_ink (surface, FIXTURE_NEGATIVE), >=, without + 150);
  cairo_surface_destroy (surface);
}

/* Drawing more of them in all would take longer than a frame. */
static void
test_too_many_edges_fold (void)
{
  static const gsize wide[] = { 64, 65, 10 }, deep[] = { 60, 60, 60, 60, 4 };
  g_autoptr (NnFrame) wide_frame = fixture_frame_new (wide, G_N_ELEMENTS (wide));
  g_autoptr (NnFrame) deep_frame = fixture_frame_new (deep, G_N_ELEMENTS (deep));

  g_assert_true (nudge_network_is_folded (wide_frame, 1280, 800, 1));
  g_assert_false (nudge_network_is_folded (wide_frame, 1280, 800, 2));
  for (gsize k = 1; k < 4; k++)
    g_assert_true (nudge_network_is_folded (deep_frame, 1280, 800, k));
  g_assert_false (nudge_network_is_folded (deep_frame, 1280, 800, 4));
}

/* Letters of the columns' names rise above what is left of a name without space: dots. */
static void
test_many_columns_keep_readable_names (void)
{
  gsize units[65];
  g_autoptr (NnFrame) frame = NULL;
  cairo_surface_t *surface;
  gsize n_dark = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    units[i] = 2;
  frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  surface =
      fixture_draw_network_at (frame, &fixture_plain, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  for (int y = 18; y < 24; y++)
    for (int x = 0; x < FIXTURE_WIDTH; x++) {
      const guint8 *row = cairo_image_surface_get_data (surface) +
                          y * cairo_image_surface_get_stride (surface);

      n_dark += row[4 * x] < 128;
    }
  g_assert_cmpuint (n_dark, >, 100);
  cairo_surface_destroy (surface);
}

/* The controls lie on the lower right of a picture, however low that is. */
static void
test_controls_cover_no_neuron (void)
{
  enum { WIDTH = 320, CONTROLS = 36 };
  static const gsize units[] = { 2, 8, 3 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));

  for (int height = 100; height < 240; height += 5) {
    gboolean found = FALSE;

    for (int y = 0; y < height; y++)
      for (int x = 0; x < WIDTH; x += 4) {
        const NudgeNetworkThing thing =
            nudge_network_thing_at (frame, NN_QUANTITY_VALUE, WIDTH, height, x, y);

        if (thing.kind != NUDGE_NETWORK_NEURON)
          continue;
        g_assert_cmpint (y, <, height - CONTROLS);
        found = TRUE;
      }
    g_assert_true (found);
  }
}

/* Any size, and numbers that are no numbers. */
static void
test_nothing_is_too_small_or_too_strange (void)
{
  static const int sizes[][2] = {
    { 1, 1 }, { 3, 200 }, { 200, 3 }, { 60, 60 }, { 380, 260 }
  };
  static const gsize wide[] = { 40, 3, 200, 2 };
  g_autoptr (NnFrame) seed = fixture_frame_new_seed ();
  g_autoptr (NnFrame) folded = fixture_frame_new (wide, G_N_ELEMENTS (wide));

  seed->values[0] = NAN;
  seed->values[4] = INFINITY;
  seed->activations[60] = NAN;
  seed->activations[90] = -INFINITY;
  folded->values[5] = NAN;
  folded->activations[5] = NAN;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    int width = sizes[i][0];
    int height = sizes[i][1];

    cairo_surface_destroy (fixture_draw_network_at (seed, &fixture_plain, width, height));
    cairo_surface_destroy (
        fixture_draw_network_at (folded, &fixture_plain, width, height));
    for (int x = 0; x <= width; x++)
      nudge_network_thing_at (folded, NN_QUANTITY_VALUE, width, height, x, height / 2.0);
  }
  folded->probes.n = 0;
  cairo_surface_destroy (fixture_draw_network (folded));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-layout/controls-cover-no-neuron",
                   test_controls_cover_no_neuron);
  g_test_add_func ("/ui/network-layout/wide-layers-fold", test_wide_layers_fold);
  g_test_add_func ("/ui/network-layout/thousands-of-edges-are-shown",
                   test_thousands_of_edges_are_shown);
  g_test_add_func ("/ui/network-layout/too-many-edges-fold", test_too_many_edges_fold);
  g_test_add_func ("/ui/network-layout/many-columns-keep-readable-names",
                   test_many_columns_keep_readable_names);
  g_test_add_func ("/ui/network-layout/nothing-is-too-small-or-too-strange",
                   test_nothing_is_too_small_or_too_strange);
  return g_test_run ();
}
