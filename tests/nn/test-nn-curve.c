/* test-nn-curve.c - the loss curve in bounded memory
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-curve.h"

static void
test_keeps_every_loss_while_young (void)
{
  g_autoptr (NnCurve) curve = nn_curve_new ();

  for (guint i = 0; i < NN_CURVE_BUCKETS; i++)
    nn_curve_append (curve, (float) i);
  g_assert_cmpuint (curve->n_steps, ==, NN_CURVE_BUCKETS);
  g_assert_cmpuint (curve->n_buckets, ==, NN_CURVE_BUCKETS);
  g_assert_cmpuint (curve->width, ==, 1);
  for (guint i = 0; i < NN_CURVE_BUCKETS; i++)
    g_assert_cmpfloat (curve->buckets[i].last, ==, (float) i);
}

/* A spike of one step among a million is in some bucket's extremes. */
static void
test_no_spike_is_lost (void)
{
  g_autoptr (NnCurve) curve = nn_curve_new ();
  float largest = 0;
  float smallest = 1;

  for (guint i = 0; i < 1000000; i++)
    nn_curve_append (curve, i == 123456 ? 9.0f : i == 654321 ? -9.0f : 0.5f);
  g_assert_cmpuint (curve->n_buckets, <=, NN_CURVE_BUCKETS);
  g_assert_cmpuint (curve->n_buckets, >, NN_CURVE_BUCKETS / 4);
  for (gsize i = 0; i < curve->n_buckets; i++) {
    largest = MAX (largest, curve->buckets[i].max);
    smallest = MIN (smallest, curve->buckets[i].min);
    if (curve->buckets[i].max == 9.0f)
      g_assert_cmpuint (i, ==, 123456 / curve->width);
  }
  g_assert_cmpfloat (largest, ==, 9.0f);
  g_assert_cmpfloat (smallest, ==, -9.0f);
}

static void
test_buckets_cover_every_step (void)
{
  g_autoptr (NnCurve) curve = nn_curve_new ();

  for (guint n = 1; n <= 5 * NN_CURVE_BUCKETS + 7; n++) {
    nn_curve_append (curve, (float) n);
    g_assert_cmpuint (nn_curve_get_last_step (curve, curve->n_buckets - 1), ==, n);
    g_assert_cmpfloat (curve->buckets[curve->n_buckets - 1].last, ==, (float) n);
    g_assert_cmpfloat (curve->buckets[0].min, ==, 1.0f);
    g_assert_cmpfloat (curve->buckets[0].max, ==, (float) MIN (curve->width, n));
  }
}

static void
test_copy_is_its_own (void)
{
  g_autoptr (NnCurve) curve = nn_curve_new ();

  nn_curve_append (curve, 1);
  nn_curve_append (curve, 2);

  g_autoptr (NnCurve) copy = nn_curve_copy (curve);

  nn_curve_append (curve, 3);
  nn_curve_clear (curve);
  g_assert_cmpuint (copy->n_steps, ==, 2);
  g_assert_cmpfloat (copy->buckets[1].last, ==, 2.0f);
}

/* Of step s the loss is s: what is known must be that. */
static NnCurve *
new_ramp (guint64 n_steps)
{
  NnCurve *curve = nn_curve_new ();

  for (guint64 step = 1; step <= n_steps; step++)
    nn_curve_append (curve, (float) step);
  return curve;
}

static void
test_known_losses_are_exact (void)
{
  g_autoptr (NnCurve) curve = new_ramp (3 * NN_CURVE_BUCKETS + 1);
  guint n_known = 0;
  float loss;

  g_assert_cmpuint (curve->width, ==, 4);
  for (guint64 step = 0; step < 4 * NN_CURVE_BUCKETS; step++)
    if (nn_curve_get_loss (curve, step, &loss)) {
      g_assert_cmpfloat (loss, ==, (float) step);
      n_known++;
    }
  g_assert_cmpuint (n_known, ==, curve->n_buckets);
  g_assert_true (nn_curve_get_loss (curve, 3 * NN_CURVE_BUCKETS + 1, &loss));
  g_assert_false (nn_curve_get_loss (curve, 3, &loss));
}

static void
test_cut_is_as_if_never_longer (void)
{
  for (guint64 step = 0; step < 3 * NN_CURVE_BUCKETS; step += 97) {
    g_autoptr (NnCurve) curve = new_ramp (3 * NN_CURVE_BUCKETS);

    nn_curve_cut (curve, step);
    g_assert_cmpuint (curve->n_steps, <=, step);
    g_assert_cmpuint (curve->n_steps + curve->width, >, step);
    g_assert_cmpuint (curve->n_buckets * curve->width, ==, curve->n_steps);
    for (gsize i = 0; i < curve->n_buckets; i++)
      g_assert_cmpfloat (curve->buckets[i].max, ==, (float) ((i + 1) * curve->width));
  }
}

static void
test_common_step_is_known_to_both (void)
{
  static const guint64 lengths[] = { 0, 1, 100, 2048, 2049, 5001, 9000, 20001 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++) {
      g_autoptr (NnCurve) one = new_ramp (lengths[i]);
      g_autoptr (NnCurve) other = new_ramp (lengths[k]);
      const guint64 step = nn_curve_find_common_step (one, other);
      float loss;

      g_assert_cmpuint (step, <=, MIN (lengths[i], lengths[k]));
      g_assert_cmpuint (step + MAX (one->width, other->width), >,
                        MIN (lengths[i], lengths[k]));
      if (step > 0) {
        g_assert_true (nn_curve_get_loss (one, step, &loss));
        g_assert_cmpfloat (loss, ==, (float) step);
        g_assert_true (nn_curve_get_loss (other, step, &loss));
        g_assert_cmpfloat (loss, ==, (float) step);
      }
      if (i == k)
        g_assert_cmpuint (step, ==, lengths[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/curve/keeps-every-loss-while-young",
                   test_keeps_every_loss_while_young);
  g_test_add_func ("/nn/curve/no-spike-is-lost", test_no_spike_is_lost);
  g_test_add_func ("/nn/curve/buckets-cover-every-step", test_buckets_cover_every_step);
  g_test_add_func ("/nn/curve/copy-is-its-own", test_copy_is_its_own);
  g_test_add_func ("/nn/curve/known-losses-are-exact", test_known_losses_are_exact);
  g_test_add_func ("/nn/curve/cut-is-as-if-never-longer", test_cut_is_as_if_never_longer);
  g_test_add_func ("/nn/curve/common-step-is-known-to-both",
                   test_common_step_is_known_to_both);
  return g_test_run ();
}
