/* test-nudge-network-lens.c - what the network's picture shows, and on which scale
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/network/nudge-network-lens.h"

#include <math.h>

#include "tests/ui/frame-fixture.h"
#include "ui/draw/base/nudge-quantity.h"
#include "ui/draw/network/nudge-network-picture.h"
#include "ui/draw/network/nudge-network-scale.h"

#define WIDTH  640
#define HEIGHT 400

static void
set_numbers (NnFrame *frame, NnQuantity quantity, float number)
{
  g_free (frame->numbers[quantity]);
  frame->numbers[quantity] = g_new (float, frame->architecture->n_values);
  for (gsize i = 0; i < frame->architecture->n_values; i++)
    frame->numbers[quantity][i] = number;
}

static cairo_surface_t *
draw (const NnFrame *frame, NnQuantity quantity, double threshold)
{
  cairo_surface_t *surface = fixture_surface_new (WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const NudgeNetworkStyle style = { .palette = nudge_palette_get (FALSE, FALSE),
                                    .limit = 2,
                                    .pulse_layer = -1,
                                    .quantity = quantity,
                                    .threshold = threshold };

  nudge_draw_network (cr, frame, &style, WIDTH, HEIGHT);
  cairo_destroy (cr);
  return surface;
}

static gsize
count_ink (const NnFrame *frame, NnQuantity quantity, double threshold, FixtureInk ink)
{
  cairo_surface_t *surface = draw (frame, quantity, threshold);
  gsize n = fixture_count_ink (surface, ink);

  cairo_surface_destroy (surface);
  return n;
}

static gboolean
looks_the_same (const NnFrame *frame, NnQuantity one, NnQuantity other)
{
  cairo_surface_t *a = draw (frame, one, 0);
  cairo_surface_t *b = draw (frame, other, 0);
  const gboolean same = fixture_surfaces_equal (a, b);

  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  return same;
}

/* Each of them has edges of its own, and a legend of its own. */
static void
test_each_quantity_is_drawn (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();

  for (guint i = 1; i < NN_N_QUANTITIES; i++)
    set_numbers (frame, (NnQuantity) i, 0.1f * (float) i);
  for (guint i = 0; i < NN_N_QUANTITIES; i++)
    for (guint k = i + 1; k < NN_N_QUANTITIES; k++)
      if (i < NN_QUANTITY_MOMENT_1 || i > NN_QUANTITY_MOMENT_3 ||
          k > NN_QUANTITY_MOMENT_3)
        g_assert_false (looks_the_same (frame, (NnQuantity) i, (NnQuantity) k));
}

/* Edges are those of the numbers, whatever the weights' signs. */
static void
test_signs_are_the_quantity_s (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  gsize plus, minus;

  set_numbers (frame, NN_QUANTITY_GRADIENT, 1.5f);
  plus = count_ink (frame, NN_QUANTITY_GRADIENT, 0, FIXTURE_POSITIVE);
  set_numbers (frame, NN_QUANTITY_GRADIENT, -1.5f);
  minus = count_ink (frame, NN_QUANTITY_GRADIENT, 0, FIXTURE_NEGATIVE);
  g_assert_cmpuint (plus, >,
                    2 * count_ink (frame, NN_QUANTITY_GRADIENT, 0, FIXTURE_POSITIVE));
  g_assert_cmpuint (minus, >, 3000);
}

/* A folded layer's cells show the same as edges do. */
static void
test_heat_maps_show_it (void)
{
  static const gsize units[] = { 40, 30 };
  g_autoptr (NnFrame) frame = fixture_frame_new (units, G_N_ELEMENTS (units));

  set_numbers (frame, NN_QUANTITY_GRADIENT, 2);
  g_assert_cmpuint (count_ink (frame, NN_QUANTITY_GRADIENT, 0, FIXTURE_POSITIVE), >,
                    20000);
  set_numbers (frame, NN_QUANTITY_GRADIENT, NAN);
  g_assert_cmpuint (count_ink (frame, NN_QUANTITY_GRADIENT, 0, FIXTURE_POSITIVE), <,
                    20000);
}

static void
test_weak_edges_are_left_out (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  gsize n;
  const gsize all = count_ink (frame, NN_QUANTITY_VALUE, 0, FIXTURE_POSITIVE) +
                    count_ink (frame, NN_QUANTITY_VALUE, 0, FIXTURE_NEGATIVE);
  const gsize none = count_ink (frame, NN_QUANTITY_VALUE, 100, FIXTURE_POSITIVE) +
                     count_ink (frame, NN_QUANTITY_VALUE, 100, FIXTURE_NEGATIVE);

  g_assert_cmpuint (none, <, all - 2000);
  for (gsize i = 0; i < frame->architecture->n_values; i++)
    frame->values[i] = 0.1f * (float) i;
  /* Weights: 0 and 1; 4 to 9; 13 to 15. */
  g_assert_cmpuint (nudge_network_count_weak (frame, NN_QUANTITY_VALUE, 0.85, &n), ==, 7);
  g_assert_cmpuint (n, ==, 11);
}

/* ---- the scale --------------------------------------------------------------------- */

static void
test_scale_fits_or_is_held (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkLens lens = { 0 };

  lens.quantity = NN_QUANTITY_GRADIENT;
  set_numbers (frame, NN_QUANTITY_GRADIENT, 0.004f);
  nudge_network_lens_follow (&lens, frame);
  g_assert_false (nudge_network_lens_is_exceeded (&lens, NN_QUANTITY_GRADIENT));
  g_assert_cmpfloat (nudge_network_lens_get_limit (&lens, NN_QUANTITY_GRADIENT), ==,
                     0.005);
  set_numbers (frame, NN_QUANTITY_GRADIENT, 0.3f);
  lens.held = TRUE;
  nudge_network_lens_follow (&lens, frame);
  g_assert_cmpfloat (nudge_network_lens_get_limit (&lens, NN_QUANTITY_GRADIENT), ==,
                     0.005);
  g_assert_true (nudge_network_lens_is_exceeded (&lens, NN_QUANTITY_GRADIENT));
  lens.held = FALSE;
  nudge_network_lens_follow (&lens, frame);
  g_assert_false (nudge_network_lens_is_exceeded (&lens, NN_QUANTITY_GRADIENT));
  g_assert_cmpfloat (nudge_network_lens_get_limit (&lens, NN_QUANTITY_GRADIENT), ==, 0.5);
}

/* What is held has a scale of its own at first. */
static void
test_held_begins_with_what_fits (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkLens lens = { .held = TRUE };

  nudge_network_lens_follow (&lens, frame);
  g_assert_cmpfloat (nudge_network_lens_get_limit (&lens, NN_QUANTITY_VALUE), ==,
                     nudge_network_choose_limit (frame, 0));
}

static void
test_weights_until_there_is_more (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkLens lens = { .quantity = NN_QUANTITY_SLOW };

  g_assert_cmpint (nudge_network_lens_get_shown (&lens, frame), ==, NN_QUANTITY_VALUE);
  set_numbers (frame, NN_QUANTITY_SLOW, 1);
  g_assert_cmpint (nudge_network_lens_get_shown (&lens, frame), ==, NN_QUANTITY_SLOW);
}

/* All that the optimizer has, once around, and back. */
static void
test_next_goes_around (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  NudgeNetworkLens lens = { 0 };
  guint n = 0;

  do {
    const NnQuantity before = lens.quantity;

    lens.quantity = nudge_network_lens_find_next (&lens, frame, 1);
    g_assert_cmpint (nudge_network_lens_find_next (&lens, frame, -1), ==, before);
    n++;
  } while (lens.quantity != NN_QUANTITY_VALUE);
  /* sgd's moments, as the fixture has no experiment: one of three. */
  g_assert_cmpuint (n, ==, NN_N_QUANTITIES - 2);
}

/* ---- words ------------------------------------------------------------------------- */

static void
test_legend_says_what_and_why_not (void)
{
  g_autoptr (NnFrame) frame = fixture_frame_new_seed ();
  g_autofree char *none = NULL;
  g_autofree char *some = NULL;

  frame->step = 12;
  set_numbers (frame, NN_QUANTITY_SLOW, NAN);
  set_numbers (frame, NN_QUANTITY_GRADIENT, 1);
  none = nudge_quantity_dup_legend (NN_QUANTITY_SLOW, frame);
  some = nudge_quantity_dup_legend (NN_QUANTITY_GRADIENT, frame);
  g_assert_cmpstr (none, ==, "slow copies: no nudge keeps one (a function with m does)");
  g_assert_cmpstr (some, ==, "gradient of step 12, in loss per weight");
}

/* Of the words above the scale, beyond "weight". */
static gsize
count_dark_in_legend (const NnFrame *frame)
{
  cairo_surface_t *surface = draw (frame, NN_QUANTITY_VALUE, 0);
  gsize n = 0;

  cairo_surface_flush (surface);
  for (int y = 316; y < 332; y++)
    for (int x = 70; x < 200; x++)
      n += cairo_image_surface_get_data (
               surface)[y * cairo_image_surface_get_stride (surface) + 4 * x] < 160;
  cairo_surface_destroy (surface);
  return n;
}

/* Where there is no space between the columns for that. */
static void
test_legend_says_that_cells_stand_for_several (void)
{
  static const gsize one_each[] = { 60, 60, 60, 60, 4 };
  static const gsize several[] = { 60, 128, 60, 60, 4 };
  g_autoptr (NnFrame) frame = fixture_frame_new (one_each, G_N_ELEMENTS (one_each));
  g_autoptr (NnFrame) larger = fixture_frame_new (several, G_N_ELEMENTS (several));

  g_assert_cmpuint (count_dark_in_legend (frame), ==, 0);
  g_assert_cmpuint (count_dark_in_legend (larger), >, 50);
}

static void
test_moments_have_their_names (void)
{
  g_autofree char *title =
      nudge_quantity_dup_title (NN_QUANTITY_MOMENT_2, NN_OPTIMIZER_ADAM);
  g_autofree char *name =
      nudge_quantity_dup_name (NN_QUANTITY_MOMENT_1, NN_OPTIMIZER_SGD);

  g_assert_cmpstr (title, ==, "Second moment: exp_avg_sq");
  g_assert_cmpstr (name, ==, "momentum_buffer");
  g_assert_false (nn_quantity_list (NN_OPTIMIZER_SGD) &
                  NN_QUANTITY_BIT (NN_QUANTITY_MOMENT_2));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/network-lens/each-quantity-is-drawn",
                   test_each_quantity_is_drawn);
  g_test_add_func ("/ui/network-lens/signs", test_signs_are_the_quantity_s);
  g_test_add_func ("/ui/network-lens/heat-maps", test_heat_maps_show_it);
  g_test_add_func ("/ui/network-lens/weak-edges", test_weak_edges_are_left_out);
  g_test_add_func ("/ui/network-lens/fits-or-is-held", test_scale_fits_or_is_held);
  g_test_add_func ("/ui/network-lens/held-begins-with-what-fits",
                   test_held_begins_with_what_fits);
  g_test_add_func ("/ui/network-lens/weights-until-there-is-more",
                   test_weights_until_there_is_more);
  g_test_add_func ("/ui/network-lens/next-goes-around", test_next_goes_around);
  g_test_add_func ("/ui/network-lens/legend", test_legend_says_what_and_why_not);
  g_test_add_func ("/ui/network-lens/legend-of-cells",
                   test_legend_says_that_cells_stand_for_several);
  g_test_add_func ("/ui/network-lens/moments-names", test_moments_have_their_names);
  return g_test_run ();
}
