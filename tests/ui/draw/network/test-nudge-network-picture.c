/* test-nudge-network-picture.c - the network's picture: neurons, and the picture as a whole
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-picture.h"

#include <math.h>
#include <string.h>

#include "network-fixture.h"
#include "ui/draw/network/nudge-network-layout.h"

static gboolean
pictures_equal (const NnFrame *a, const NnFrame *b)
{
  cairo_surface_t *one = fixture_draw_network (a);
  cairo_surface_t *other = fixture_draw_network (b);
  gboolean equal = fixture_surfaces_equal (one, other);

  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
  return equal;
}

static void
test_same_arguments_same_pixels (void)
{
  g_autoptr (NnFrame) one = fixture_frame_new_seed ();
  g_autoptr (NnFrame) other = fixture_frame_new_seed ();

  g_assert_true (pictures_equal (one, one));
  g_assert_true (pictures_equal (one, other));
}

static void
test_every_number_shows (void)
{
  g_autoptr (NnFrame) before = fixture_frame_new_seed ();

  for (gsize i = 0; i < before->architecture->n_values; i++) {
    g_autoptr (NnFrame) after = fixture_frame_new_seed ();

    after->values[i] += 0.3f;
    g_assert_false (pictures_equal (before, after));
  }
  for (gsize i = 0; i < before->architecture->n_units; i++) {
    g_autoptr (NnFrame) after = fixture_frame_new_seed ();

    after->activations[i * FIXTURE_PROBES + 20] += 0.4f;
    g_assert_false (pictures_equal (before, after));
  }
}

/* Two features: what a unit puts out over their plane, the first row on top. */
static void
test_tile_is_a_map_of_the_plane (void)
{
  static const gsize units[] = { 2, 1 };
  static const float map[] = { 1, -1, -1, -1 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  const NudgeColumn *column = &layout->columns[1];
  const int x = (int) column->x, y = (int) nudge_column_get_y (column, 0);
  const int far = (int) (column->tile / 3);
  cairo_surface_t *surface;

  frame->probes = (NnProbesShape){ .kind = NN_PROBES_PLANE, .n = 4, .side = 2 };
  memset (frame->activations, 0, 2 * sizeof map);
  memcpy (frame->activations + 2 * G_N_ELEMENTS (map), map, sizeof map);
  surface = fixture_draw_network (frame);
  g_assert_true (fixture_is_ink (surface, x - far, y - far, FIXTURE_POSITIVE));
  g_assert_true (fixture_is_ink (surface, x + far, y - far, FIXTURE_NEGATIVE));
  g_assert_true (fixture_is_ink (surface, x + far, y + far, FIXTURE_NEGATIVE));
  cairo_surface_destroy (surface);
}

/* Ink of the sign's colour inside the tile of the first layer's first unit. */
static gsize
count_ink_in_tile (const NnFrame *frame)
{
  cairo_surface_t *surface = fixture_draw_network (frame);
  gsize n = 0;

  for (int x = 0; x < FIXTURE_WIDTH; x++)
    for (int y = 0; y < FIXTURE_HEIGHT; y++) {
      NudgeNetworkThing thing = nudge_network_thing_at (
          frame, NN_QUANTITY_VALUE, FIXTURE_WIDTH, FIXTURE_HEIGHT, x, y);

      n += thing.kind == NUDGE_NETWORK_NEURON && thing.column == 1 && thing.unit == 0 &&
           fixture_is_ink (surface, x, y, FIXTURE_POSITIVE);
    }
  cairo_surface_destroy (surface);
  return n;
}

static void
test_dead_unit_has_no_colour (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  memset (frame->values, 0, frame->architecture->n_values * sizeof *frame->values);
  g_assert_cmpuint (count_ink_in_tile (frame), >, 30);
  memset (frame->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *frame->activations);
  g_assert_cmpuint (count_ink_in_tile (frame), ==, 0);
}

/* Nothing is drawn or said of a bias that is not there. */
static void
test_no_bias_is_no_mark (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_without_bias ();
  g_autoptr (NnFrame) with = fixture_frame_new_seed ();
  NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, 1, 0, 0 };
  g_autofree char *words = nudge_network_describe (frame, &neuron);

  g_assert_cmpstr (words, ==, "fc1 [0]\nactivation from 0 to 0.5");
  memset (frame->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *frame->activations);
  memset (with->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *with->activations);
  with->values[2] = 1; /* the bias */
  g_assert_cmpuint (count_ink_in_tile (with), >, count_ink_in_tile (frame) + 10);
}

/* A number on each neuron, and the loss below the output. */
static void
test_sample_is_on_its_neurons (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autoptr (NudgeNetworkLayout) layout =
      nudge_network_layout_new (frame->architecture, FIXTURE_WIDTH, FIXTURE_HEIGHT);
  cairo_surface_t *without = fixture_draw_network (frame);
  cairo_surface_t *with[2];
  gsize n_units = 0;

  frame->sample = g_new0 (NnSample, 1);
  frame->sample->choice.any = TRUE;
  frame->sample->units = g_new0 (float, frame->architecture->n_units);
  frame->sample->loss = NAN;
  with[0] = fixture_draw_network (frame);
  for (gsize k = 0; k < layout->n_columns; k++)
    for (gsize i = 0; i < layout->columns[k].n_units; i++, n_units++) {
      const int x = (int) layout->columns[k].x;
      const int y = (int) nudge_column_get_y (&layout->columns[k], i);
      gsize n = 0;

      cairo_surface_flush (without);
      cairo_surface_flush (with[0]);
      for (int row = y - 7; row < y + 7; row++)
        n += memcmp (cairo_image_surface_get_data (without) +
                         row * cairo_image_surface_get_stride (without) + 4 * (x - 8),
                     cairo_image_surface_get_data (with[0]) +
                         row * cairo_image_surface_get_stride (without) + 4 * (x - 8),
                     64) != 0;
      g_assert_cmpuint (n, >, 3);
    }
  g_assert_cmpuint (n_units, ==, frame->architecture->n_units);
  frame->sample->loss = 0.25;
  with[1] = fixture_draw_network (frame);
  g_assert_cmpuint (fixture_count_differences (with[0], with[1], 0), >, 50);
  cairo_surface_destroy (without);
  cairo_surface_destroy (with[0]);
  cairo_surface_destroy (with[1]);
}

static void
test_pulse_is_violet (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  FixtureLook faint = { FALSE, 2, 1, 0.4 };
  FixtureLook full = { TRUE, 2, 1, 1 };
  FixtureLook over = { FALSE, 2, 1, 0 };

  g_assert_cmpuint (fixture_count_network_ink (frame, &fixture_plain, FIXTURE_NUDGE), ==,
                    0);
  g_assert_cmpuint (fixture_count_network_ink (frame, &over, FIXTURE_NUDGE), ==, 0);
  g_assert_cmpuint (fixture_count_network_ink (frame, &faint, FIXTURE_NUDGE), >, 100);
  g_assert_cmpuint (fixture_count_network_ink (frame, &full, FIXTURE_NUDGE), >, 300);
}

/* In the colour of failures, in place of the layer's detail. */
static void
test_exploding_layers_are_marked (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  cairo_surface_t *before = fixture_draw_network (frame);
  cairo_surface_t *after;

  frame->activations[FIXTURE_PROBES + 3] = 9e4f;
  after = fixture_draw_network (frame);
  for (int y = 36; y < 52; y++)
    g_assert_cmpmem (cairo_image_surface_get_data (before) +
                         y * cairo_image_surface_get_stride (before),
                     4 * FIXTURE_WIDTH,
                     cairo_image_surface_get_data (after) +
                         y * cairo_image_surface_get_stride (before),
                     4 * FIXTURE_WIDTH);
  cairo_surface_destroy (after);
  frame->activations[FIXTURE_PROBES + 3] = 9e6f;
  after = fixture_draw_network (frame);
  g_assert_cmpint (memcmp (cairo_image_surface_get_data (before) +
                               44 * cairo_image_surface_get_stride (before),
                           cairo_image_surface_get_data (after) +
                               44 * cairo_image_surface_get_stride (before),
                           4 * FIXTURE_WIDTH),
                   !=, 0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static gboolean
explosions_look_alike (NnFrame *frame, gsize unit, int width, float one, float other)
{
  cairo_surface_t *surfaces[2];
  gboolean equal;

  frame->activations[unit * FIXTURE_PROBES + 3] = one;
  surfaces[0] = fixture_draw_network_at (frame, &fixture_plain, width, FIXTURE_HEIGHT);
  frame->activations[unit * FIXTURE_PROBES + 3] = other;
  surfaces[1] = fixture_draw_network_at (frame, &fixture_plain, width, FIXTURE_HEIGHT);
  equal = fixture_rows_equal (surfaces[0], surfaces[1], 36, 52);
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
  return equal;
}

/* The first and the last column are nearer to the sides than this one, whose neighbours
 * are far away. */
static void
test_explosions_are_not_cut_off (void)
{
  enum { NARROW = 455 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  g_assert_true (explosions_look_alike (frame, 1, NARROW, 6.31e6f, 6.32e6f));
  g_assert_false (explosions_look_alike (frame, 1, NARROW, 6.1e6f, 6.9e6f));
}

/* "2e7", and not "1.…" or "2.…" */
static void
test_explosions_at_the_end_have_fewer_digits (void)
{
  enum { WIDE = 600, NARROW = 440 };
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  const gsize last = frame->architecture->n_units - 1;

  g_assert_false (explosions_look_alike (frame, last, WIDE, 1.6e7f, 2.4e7f));
  g_assert_true (explosions_look_alike (frame, last, NARROW, 1.6e7f, 2.4e7f));
  g_assert_false (explosions_look_alike (frame, last, NARROW, 1.6e7f, 4e7f));
}

static gboolean
details_look_alike (const NnFrame *one, const NnFrame *other, int width)
{
  cairo_surface_t *surfaces[] = {
    fixture_draw_network_at (one, &fixture_plain, width, FIXTURE_HEIGHT),
    fixture_draw_network_at (other, &fixture_plain, width, FIXTURE_HEIGHT),
  };
  const gboolean alike = fixture_rows_equal (surfaces[0], surfaces[1], 36, 50);

  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
  return alike;
}

/* "identity", and not "4 · ident…", which "7 · ident…" would not look like. */
static void
test_activations_are_not_cut_off (void)
{
  enum { WIDE = 600, NARROW = 300 };
  static const gsize units[][4] = { { 1, 2, 3, 4 }, { 1, 2, 3, 7 } };
  g_autoptr (NnFrame) one = fixture_frame_new (units[0], 4);
  g_autoptr (NnFrame) other = fixture_frame_new (units[1], 4);

  g_assert_false (details_look_alike (one, other, WIDE));
  g_assert_true (details_look_alike (one, other, NARROW));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-picture/same-arguments-same-pixels",
                   test_same_arguments_same_pixels);
  g_test_add_func ("/ui/network-picture/every-number-shows", test_every_number_shows);
  g_test_add_func ("/ui/network-picture/tile-is-a-map-of-the-plane",
                   test_tile_is_a_map_of_the_plane);
  g_test_add_func ("/ui/network-picture/dead-unit-has-no-colour",
                   test_dead_unit_has_no_colour);
  g_test_add_func ("/ui/network-picture/no-bias-is-no-mark", test_no_bias_is_no_mark);
  g_test_add_func ("/ui/network-picture/sample-is-on-its-neurons",
                   test_sample_is_on_its_neurons);
  g_test_add_func ("/ui/network-picture/pulse-is-violet", test_pulse_is_violet);
  g_test_add_func ("/ui/network-picture/exploding-layers-are-marked",
                   test_exploding_layers_are_marked);
  g_test_add_func ("/ui/network-picture/explosions-are-not-cut-off",
                   test_explosions_are_not_cut_off);
  g_test_add_func ("/ui/network-picture/explosions-at-the-end-have-fewer-digits",
                   test_explosions_at_the_end_have_fewer_digits);
  g_test_add_func ("/ui/network-picture/activations-are-not-cut-off",
                   test_activations_are_not_cut_off);
  return g_test_run ();
}
