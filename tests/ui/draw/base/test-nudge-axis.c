/* test-nudge-axis.c - ticks that a person would have chosen
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/base/nudge-axis.h"

#include <math.h>

static NudgeAxis
new_axis (double low, double high, double pixels, gboolean logarithmic)
{
  return (NudgeAxis){ low, high, 0, pixels, logarithmic };
}

static gsize
count_labelled (const NudgeTick *ticks, gsize n)
{
  gsize n_labelled = 0;

  for (gsize i = 0; i < n; i++)
    n_labelled += ticks[i].labelled ? 1 : 0;
  return n_labelled;
}

/* With 30 pixels between them, 0 would be the only label of an axis of 35 pixels to 25. */
static void
test_a_short_axis_has_two_labels (void)
{
  const NudgeAxis axis = new_axis (0, 25, 35, FALSE);
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&axis, 30, 0, ticks);

  g_assert_cmpuint (count_labelled (ticks, n), ==, 1);
  n = nudge_axis_get_ticks_within (&axis, 30, 17, ticks);
  g_assert_cmpuint (count_labelled (ticks, n), ==, 2);
  g_assert_cmpfloat (ticks[1].value, ==, 20);
}

static void
test_range_holds_the_values (void)
{
  static const double values[][2] = { { 0, 1 },          { 5, 5 },
                                      { -3, -3 },        { 0, 0 },
                                      { 1e-9, 1e9 },     { 24.0001, 24.0002 },
                                      { -1e308, 1e308 }, { 1e-310, 2e-310 } };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
      double low = values[i][0];
      double high = values[i][1];
      NudgeAxis axis;

      if (logarithmic && low <= 0)
        continue;
      axis = nudge_axis_new (low, high, logarithmic);
      g_assert_true (isfinite (axis.low) && isfinite (axis.high) && axis.low < axis.high);
      if (fabs (low) < 1e300 && fabs (high) < 1e300 && high > 1e-300) {
        g_assert_cmpfloat (axis.low, <=, low);
        g_assert_cmpfloat (axis.high, >=, high);
      }
    }
}

static void
test_near_zero_starts_there (void)
{
  g_assert_cmpfloat (nudge_axis_new (1, 24, FALSE).low, ==, 0);
  g_assert_cmpfloat (nudge_axis_new (23, 24, FALSE).low, >, 22);
}

static void
test_position_and_value_are_inverse (void)
{
  for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
    NudgeAxis axis = { 0.01, 30, 200, 10, logarithmic };

    for (double value = 0.01; value < 30; value *= 1.7)
      g_assert_cmpfloat_with_epsilon (
          nudge_axis_get_value (&axis, nudge_axis_get_position (&axis, value)), value,
          1e-9);
    g_assert_cmpfloat_with_epsilon (nudge_axis_get_position (&axis, 30), 10, 1e-9);
  }
}

static void
test_logarithm_of_nothing_is_the_low_end (void)
{
  NudgeAxis axis = { 0.01, 30, 200, 10, TRUE };

  g_assert_cmpfloat (nudge_axis_get_position (&axis, 0), ==, 200);
  g_assert_cmpfloat (nudge_axis_get_position (&axis, -5), ==, 200);
}

static void
test_linear_steps_are_round (void)
{
  NudgeAxis axis = new_axis (0, 24, 200, FALSE);
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&axis, 30, 0, ticks);

  g_assert_cmpuint (n, ==, 5);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (ticks[i].value, ==, 5.0 * i);
}

static void
test_steps_are_whole (void)
{
  NudgeAxis axis = new_axis (0, 3, 900, FALSE);
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&axis, 80, 1, ticks);

  g_assert_cmpuint (n, ==, 4);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (ticks[i].value, ==, (double) i);
}

static void
test_decades_have_minor_ticks (void)
{
  NudgeAxis axis = new_axis (0.0009, 20, 300, TRUE);
  NudgeTick ticks[NUDGE_AXIS_TICKS];
  gsize n = nudge_axis_get_ticks (&axis, 30, 0, ticks);

  g_assert_cmpuint (count_labelled (ticks, n), ==, 5);
  g_assert_cmpuint (n, >, 30);
  for (gsize i = 0; i < n; i++)
    if (ticks[i].labelled)
      g_assert_cmpfloat_with_epsilon (log10 (ticks[i].value),
                                      round (log10 (ticks[i].value)), 1e-9);
}

/* Under a decade, and over three hundred: there are always labels, never a crowd. */
static void
test_labels_keep_their_distance (void)
{
  static const double ranges[][2] = {
    { 23, 24.5 },      { 2, 9 },           { 0.5, 40 },
    { 1e-300, 1e300 }, { 0.0199, 0.0201 }, { 1e-12, 10 }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (double pixels = 60; pixels < 1500; pixels *= 1.6)
      for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
        NudgeAxis axis = new_axis (ranges[i][0], ranges[i][1], pixels, logarithmic);
        NudgeTick ticks[NUDGE_AXIS_TICKS];
        gsize n = nudge_axis_get_ticks (&axis, 30, 0, ticks);
        double last = -INFINITY;

        g_assert_cmpuint (count_labelled (ticks, n), >=, 1);
        for (gsize k = 0; k < n; k++) {
          double position = nudge_axis_get_position (&axis, ticks[k].value);

          g_assert_cmpfloat (position, >=, -0.1);
          g_assert_cmpfloat (position, <=, pixels + 0.1);
          if (!ticks[k].labelled)
            continue;
          g_assert_cmpfloat (position - last, >=, 20);
          last = position;
        }
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/axis/a-short-axis-has-two-labels",
                   test_a_short_axis_has_two_labels);
  g_test_add_func ("/ui/axis/range-holds-the-values", test_range_holds_the_values);
  g_test_add_func ("/ui/axis/near-zero-starts-there", test_near_zero_starts_there);
  g_test_add_func ("/ui/axis/position-and-value-are-inverse",
                   test_position_and_value_are_inverse);
  g_test_add_func ("/ui/axis/logarithm-of-nothing-is-the-low-end",
                   test_logarithm_of_nothing_is_the_low_end);
  g_test_add_func ("/ui/axis/linear-steps-are-round", test_linear_steps_are_round);
  g_test_add_func ("/ui/axis/steps-are-whole", test_steps_are_whole);
  g_test_add_func ("/ui/axis/decades-have-minor-ticks", test_decades_have_minor_ticks);
  g_test_add_func ("/ui/axis/labels-keep-their-distance",
                   test_labels_keep_their_distance);
  return g_test_run ();
}
