/* test-nudge-loss-series.c - the losses of the steps that a plot shows, and their mean
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-series.h"

#include <math.h>

static double
draw_loss (GRand *random, guint64 step)
{
  return 1 + 3 / (1 + (double) step / 100) + g_rand_double (random);
}

static NnHistory *
new_noisy (guint64 n_steps)
{
  NnHistory *history = nn_history_new (NN_HISTORY_WHOLE);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint64 step = 1; step <= n_steps; step++)
    nn_history_append (history, (float) draw_loss (random, step));
  return history;
}

/* As TensorBoard's line chart does: last = last * w + (1 - w) * next, over 1 - w^n. */
static void
test_mean_is_tensorboard_s (void)
{
  static const double weights[] = { 0.6, 0.9, 0.99 };
  g_autoptr (NnHistory) history = new_noisy (800);
  const NudgeLossSource source = { history, 0, G_MAXUINT64 };

  for (gsize k = 0; k < G_N_ELEMENTS (weights); k++) {
    NudgeLossSeries series;
    double last = 0;

    nudge_loss_series_read (&series, &source, 0, 800, 1000, weights[k]);
    g_assert_cmpuint (series.n, ==, 800);
    for (gsize i = 0; i < series.n; i++) {
      g_assert_cmpuint (series.stretches[i].n_steps, ==, 1);
      last = last * weights[k] + (1 - weights[k]) * (double) series.stretches[i].last;
      g_assert_cmpfloat_with_epsilon (
          series.smooth[i], last / (1 - pow (weights[k], (double) (i + 1))), 1e-9);
    }
    nudge_loss_series_clear (&series);
  }
}

/* What is to the left of the plot is taken into account, as far as it matters. */
static void
test_panning_changes_nothing (void)
{
  g_autoptr (NnHistory) history = new_noisy (3000);
  const NudgeLossSource source = { history, 0, G_MAXUINT64 };
  NudgeLossSeries here, there;

  nudge_loss_series_read (&here, &source, 1000, 1500, 1000, 0.99);
  nudge_loss_series_read (&there, &source, 1400, 1900, 1000, 0.99);
  for (guint64 step = 1400; step <= 1500; step++) {
    const gssize a = nudge_loss_series_find (&here, (double) step);
    const gssize b = nudge_loss_series_find (&there, (double) step);

    g_assert_true (a >= 0 && b >= 0);
    g_assert_cmpuint (here.stretches[a].from, ==, step);
    g_assert_cmpfloat_with_epsilon (here.smooth[a], there.smooth[b], 0.003);
  }
  nudge_loss_series_clear (&here);
  nudge_loss_series_clear (&there);
}

/* A long run is as smooth as a short one: the weight is of a part of what is shown. */
static void
test_long_runs_are_as_smooth (void)
{
  g_autoptr (NnHistory) history = new_noisy (200000);
  const NudgeLossSource source = { history, 0, G_MAXUINT64 };
  NudgeLossSeries series;
  double least = INFINITY, greatest = -INFINITY;

  nudge_loss_series_read (&series, &source, 100000, 200000, 700, 0.9);
  g_assert_cmpuint (series.n, >, 600);
  g_assert_cmpuint (series.n, <=, 702);
  for (gsize i = 0; i < series.n; i++) {
    least = MIN (least, series.smooth[i]);
    greatest = MAX (greatest, series.smooth[i]);
    g_assert_cmpfloat ((double) series.stretches[i].least, <, series.smooth[i] - 0.4);
    g_assert_cmpfloat ((double) series.stretches[i].greatest, >, series.smooth[i] + 0.4);
  }
  g_assert_cmpfloat (greatest - least, <, 0.06);
  nudge_loss_series_clear (&series);
}

static void
test_only_what_is_asked_for (void)
{
  g_autoptr (NnHistory) history = new_noisy (100);
  const NudgeLossSource late = { history, 40, G_MAXUINT64 };
  const NudgeLossSource early = { history, 0, 40 };
  const NudgeLossSource none = { NULL, 0, G_MAXUINT64 };
  NudgeLossSeries series;

  for (double smoothing = 0; smoothing < 1; smoothing += 0.5) {
    nudge_loss_series_read (&series, &late, 0, 100, 300, smoothing);
    g_assert_cmpuint (series.stretches[0].from, ==, 40);
    g_assert_cmpint (nudge_loss_series_find (&series, 39), ==, -1);
    g_assert_cmpint (nudge_loss_series_find (&series, 100), >=, 0);
    nudge_loss_series_clear (&series);
    nudge_loss_series_read (&series, &early, 10.5, 60, 300, smoothing);
    g_assert_cmpuint (series.stretches[0].from, ==, 10);
    g_assert_cmpuint (series.stretches[series.n - 1].from, ==, 40);
    nudge_loss_series_clear (&series);
    nudge_loss_series_read (&series, &early, 50, 60, 300, smoothing);
    g_assert_cmpuint (series.n, ==, 0);
    nudge_loss_series_clear (&series);
    nudge_loss_series_read (&series, &none, 0, 100, 300, smoothing);
    g_assert_cmpuint (series.n, ==, 0);
    nudge_loss_series_clear (&series);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/loss-series/mean-is-tensorboard-s", test_mean_is_tensorboard_s);
  g_test_add_func ("/ui/loss-series/panning-changes-nothing",
                   test_panning_changes_nothing);
  g_test_add_func ("/ui/loss-series/long-runs-are-as-smooth",
                   test_long_runs_are_as_smooth);
  g_test_add_func ("/ui/loss-series/only-what-is-asked-for", test_only_what_is_asked_for);
  return g_test_run ();
}
