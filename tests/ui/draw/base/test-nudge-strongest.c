/* test-nudge-strongest.c - the strongest of many weights, in each instruction set
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-strongest.h"

#include <math.h>

#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-random.h"

#define N 200 /* no whole number of vectors */

static const NudgeStrongestLoops *const loops[NN_N_SETS] = { NN_IN_EACH_SET (
    &nudge_strongest_loops) };

static float *
make_values (void)
{
  g_autoptr (NnRandom) random = nn_random_new (1);
  float *values = g_new (float, N);

  nn_random_fill_uniform (random, -1, 1, values, N);
  values[3] = NAN;
  values[4] = -NAN;
  values[5] = -0.0f;
  values[6] = 0;
  return values;
}

static void
test_larger_magnitude_has_larger_key (void)
{
  static const float rising[] = { 1e-42f, 1e-3f, 0.5f, -0.5f, 0.7f, -3, 1e30f, INFINITY };

  g_assert_cmpuint (nudge_strongest_get_key (NAN), ==, 0);
  g_assert_cmpuint (nudge_strongest_get_key (-NAN), ==, 0);
  g_assert_cmpuint (nudge_strongest_get_key (0), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rising); i++) {
    const guint32 key = nudge_strongest_get_key (rising[i]);

    g_assert_cmpfloat (nudge_strongest_get_value (key), ==, rising[i]);
    g_assert_true (i == 0 || key > nudge_strongest_get_key (rising[i - 1]));
  }
}

static void
test_largest (void)
{
  g_autofree float *values = make_values ();

  for (guint set = 0; set <= (guint) nn_kernels_get ()->set; set++) {
    g_assert_cmpfloat (loops[set]->find_largest (values, 0), ==, 0);
    for (gsize at = 7; at < N; at += 31) {
      const float before = values[at];

      values[at] = -2;
      values[0] = -INFINITY;
      g_assert_cmpfloat (loops[set]->find_largest (values, N), ==, 2);
      values[at] = before;
      g_assert_cmpfloat (loops[set]->find_largest (values, N), <, 1);
    }
  }
}

static void
test_keys_are_raised (void)
{
  g_autofree float *values = make_values ();
  g_autofree float *larger = make_values ();

  for (guint set = 0; set <= (guint) nn_kernels_get ()->set; set++) {
    guint32 keys[N] = { 0 };

    for (gsize i = 0; i < N; i++)
      larger[i] = i % 3 == 0 ? -2 * values[i] : values[i] / 2;
    loops[set]->raise_keys (keys, values, N);
    loops[set]->raise_keys (keys, larger, N);
    for (gsize i = 0; i < N; i++)
      g_assert_cmpfloat (nudge_strongest_get_value (keys[i]), ==,
                         isnan (values[i]) ? 0
                         : i % 3 == 0      ? larger[i]
                                           : values[i]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/strongest/larger-magnitude-has-larger-key",
                   test_larger_magnitude_has_larger_key);
  g_test_add_func ("/ui/strongest/largest", test_largest);
  g_test_add_func ("/ui/strongest/keys-are-raised", test_keys_are_raised);
  return g_test_run ();
}
