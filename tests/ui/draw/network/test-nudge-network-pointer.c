/* test-nudge-network-pointer.c - what is under the pointer in the network's picture
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/network/nudge-network-picture.h"

#define WIDTH  640
#define HEIGHT 400
#define LIMIT  2

static cairo_surface_t *
draw (const NnFrame *frame)
{
  const NudgeNetworkStyle style = { nudge_palette_get (FALSE, FALSE), LIMIT, -1, 0 };
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  nudge_draw_network (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  return surface;
}

/* Wherever there is strong ink of an edge, the pointer finds an edge of that sign. */
static void
test_pointer_finds_what_is_drawn (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  cairo_surface_t *surface = draw (frame);
  gsize n_checked = 0;

  for (int x = 0; x < WIDTH; x++)
    for (int y = 60; y < HEIGHT - 104; y++) {
      gboolean positive = fixture_is_ink (surface, x, y, FIXTURE_POSITIVE);
      NudgeNetworkThing thing;

      if (!positive && !fixture_is_ink (surface, x, y, FIXTURE_NEGATIVE))
        continue;
      thing = nudge_network_thing_at (frame, NN_QUANTITY_VALUE, WIDTH, HEIGHT, x + 0.5,
                                      y + 0.5);
      /* The bias marks stand out of their tiles by two pixels, over no edge. */
      if (thing.kind != NUDGE_NETWORK_NOTHING)
        n_checked++;
      else
        g_assert_cmpint (
            nudge_network_thing_at (frame, NN_QUANTITY_VALUE, WIDTH, HEIGHT, x + 5, y - 6)
                .kind,
            ==, NUDGE_NETWORK_NEURON);
    }
  g_assert_cmpuint (n_checked, >, 2000);
  cairo_surface_destroy (surface);
}

static void
test_pointer_finds_everything (void)
{
  static const gsize units[] = { 2, 8, 8, 1 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int x = 0; x < 900; x++)
    for (int y = 0; y < 500; y++) {
      NudgeNetworkThing thing =
          nudge_network_thing_at (frame, NN_QUANTITY_VALUE, 900, 500, x, y);
      g_autofree char *words = nudge_network_describe (frame, &thing);

      g_assert_cmpint (thing.kind == NUDGE_NETWORK_NOTHING, ==, words == NULL);
      if (words != NULL && !g_hash_table_contains (found, words))
        g_hash_table_add (found, g_steal_pointer (&words));
    }
  /* Units and weights; each description is unlike all others. */
  g_assert_cmpuint (g_hash_table_size (found), ==, 19 + 16 + 64 + 8);
}

static void
test_pointer_outside_finds_nothing (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  static const double points[][2] = { { -1, 200 }, { WIDTH + 1, 200 },
                                      { 200, -5 }, { 200, HEIGHT + 5 },
                                      { NAN, 3 },  { 2, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    g_assert_cmpint (nudge_network_thing_at (frame, NN_QUANTITY_VALUE, WIDTH, HEIGHT,
                                             points[i][0], points[i][1])
                         .kind,
                     ==, NUDGE_NETWORK_NOTHING);
}

static void
test_description_is_exact (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkThing edge = { NUDGE_NETWORK_EDGE, 2, 2, 1 };
  NudgeNetworkThing neuron = { NUDGE_NETWORK_NEURON, 1, 0, 0 };
  g_autofree char *of_edge = NULL;
  g_autofree char *of_neuron = NULL;
  g_autofree char *of_dead = NULL;

  fixture_frame_set_weight (frame, 2, 2, 1, -0.7423187f);
  of_edge = nudge_network_describe (frame, &edge);
  g_assert_cmpstr (of_edge, ==,
                   "fc2.weight [2, 1]  −0.7423187\nweight from fc1 [1] to fc2 [2]");
  frame->values[2] = 0.25f;
  of_neuron = nudge_network_describe (frame, &neuron);
  g_assert_cmpstr (of_neuron, ==, "fc1.bias [0]  0.25\nactivation from 0 to 0.5");
  memset (frame->activations + FIXTURE_PROBES, 0,
          FIXTURE_PROBES * sizeof *frame->activations);
  of_dead = nudge_network_describe (frame, &neuron);
  g_assert_nonnull (strstr (of_dead, "the unit is off"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-pointer/finds-what-is-drawn",
                   test_pointer_finds_what_is_drawn);
  g_test_add_func ("/ui/network-pointer/finds-everything", test_pointer_finds_everything);
  g_test_add_func ("/ui/network-pointer/outside-finds-nothing",
                   test_pointer_outside_finds_nothing);
  g_test_add_func ("/ui/network-pointer/description-is-exact", test_description_is_exact);
  return g_test_run ();
}
