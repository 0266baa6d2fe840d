/* test-nn-scorer.c - when the losses and accuracies of many examples are computed
 *
 * SPDX-License-Identifier: MIT
 *
 * By a clock on which every step takes the same time, and every pass, too: where passes are
 * made does not depend on how fast the build or the machine is.
 */

#include "nn/session/nn-scorer.h"

#include "tests/nn/small-trainer.h"

#define HELD_OUT MOONS "," NETWORK (1) ", 'loss': {'type': 'bce_logits'}"

typedef struct {
  NnTimeline *timeline; /* (owned) */
  NnScorer scorer;
  NnScorerClock clock;
  gint64 step_ns, pass_ns;
  gint64 ns;      /* what steps and passes have taken */
  guint n_points; /* that were there when the clock was last read */
  guint n_passes;
  guint n_bursts; /* of steps */
} Run;

static guint
count_points (const Run *run)
{
  return nn_timeline_get_scores (run->timeline, NN_SCORE_HELD_OUT)->points->len;
}

/* A pass was made since it was last read if there is one more point. */
static gint64
get_ns (gpointer data)
{
  Run *run = data;

  if (count_points (run) > run->n_points) {
    run->n_passes++;
    run->ns += run->pass_ns;
  }
  run->n_points = count_points (run);
  return run->ns;
}

static gint64
get_us (gpointer data)
{
  return get_ns (data) / 1000;
}

/* A pass takes as long as @pass_steps steps, which take as long as the timeline estimates. */
static void
run_init (Run *run, guint pass_steps)
{
  g_autoptr (NnExperiment) experiment = small_experiment (HELD_OUT);

  *run = (Run){ .timeline = nn_timeline_new (experiment, 1 << 20, NULL) };
  run->step_ns = NN_TIMELINE_STRIDE_NS / (gint64) nn_timeline_get_stride (run->timeline);
  run->pass_ns = pass_steps * run->step_ns;
  run->clock = (NnScorerClock){ get_us, get_ns, run };
  run->scorer.clock = &run->clock;
}

static void
run_clear (Run *run)
{
  nn_timeline_free (run->timeline);
}

static void
take_steps (Run *run, guint64 n)
{
  for (guint64 i = 0; i < n; i++)
    g_assert_true (nn_timeline_step (run->timeline, NULL));
  run->ns += (gint64) n * run->step_ns;
}

/* As the session's thread skips ahead. */
static void
skip_to (Run *run, guint64 end)
{
  for (;;) {
    const guint64 step = nn_trainer_get_n_steps (nn_timeline_get_trainer (run->timeline));

    if (step == end)
      break;
    take_steps (run,
                MIN (nn_scorer_count_steps (&run->scorer, run->timeline), end - step));
    run->n_bursts++;
    nn_scorer_measure_on_the_way (&run->scorer, run->timeline);
  }
}

/* What was scored, from the first point beyond @step on. Returns: the one after these */
static guint
assert_points (const Run *run, guint64 step, const guint64 *expected, guint n)
{
  const GArray *points =
      nn_timeline_get_scores (run->timeline, NN_SCORE_HELD_OUT)->points;
  guint first = 0;

  while (first < points->len && g_array_index (points, NnScore, first).step <= step)
    first++;
  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint (first + i, <, points->len);
    g_assert_cmpuint (g_array_index (points, NnScore, first + i).step, ==, expected[i]);
  }
  return first + n;
}

/* Passes that take no time: only their distances grow, by 1 for every 25 steps. */
static void
test_distances_grow_with_the_way (void)
{
  static const guint64 first[] = { 1, 2, 3 };
  static const guint64 later[] = { 25, 27, 29 };
  static const guint64 last[] = { 1027, 1069 };
  Run run;

  run_init (&run, 0);
  nn_scorer_measure (&run.scorer, run.timeline, FALSE);
  skip_to (&run, 1100);
  assert_points (&run, 0, first, G_N_ELEMENTS (first));
  assert_points (&run, 24, later, G_N_ELEMENTS (later));
  g_assert_cmpuint (assert_points (&run, 1000, last, G_N_ELEMENTS (last)), ==,
                    count_points (&run));
  g_assert_cmpuint (run.n_bursts, <=, run.n_passes);
  run_clear (&run);
}

/* The way on from a step to which the run has gone back, as at first. */
static void
test_a_way_that_is_gone_again_is_scored (void)
{
  static const guint64 again[] = { 501, 522, 543, 565 };
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: -w", NULL);
  Run run;

  run_init (&run, 0);
  nn_scorer_measure (&run.scorer, run.timeline, FALSE);
  skip_to (&run, 2000);
  nn_timeline_go_to (run.timeline, 500);
  while (nn_timeline_is_travelling (run.timeline))
    nn_timeline_travel (run.timeline, 100);
  g_assert_true (nn_timeline_do (
      run.timeline, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge }, NULL));
  skip_to (&run, 580);
  g_assert_cmpuint (assert_points (&run, 500, again, G_N_ELEMENTS (again)), ==,
                    count_points (&run));
  run_clear (&run);
}

/* The first millisecond's are made at once, and those after it in 1/20 of the time. */
static void
test_those_on_the_way_rest (void)
{
  guint64 expected[5];
  guint n_spare;
  Run run;

  run_init (&run, 200);
  n_spare = (guint) (1000000 / run.pass_ns);
  g_assert_cmpuint (n_spare, >=, 2);
  g_assert_cmpuint (n_spare, <, 25);
  nn_scorer_measure (&run.scorer, run.timeline, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    expected[i] = n_spare + 1 + 3800 * i;
  skip_to (&run, expected[4]);
  g_assert_cmpuint (assert_points (&run, n_spare, expected, G_N_ELEMENTS (expected)), ==,
                    count_points (&run));
  g_assert_cmpuint (count_points (&run), ==, 1 + n_spare + G_N_ELEMENTS (expected));
  g_assert_cmpuint (run.n_bursts, <=, 2 * run.n_passes);
  run_clear (&run);
}

/* A frame of a paused run has one, and there may be a millisecond again. */
static void
test_a_pause_gives_time_again (void)
{
  static const guint64 again[] = { 3000, 3121, 3246 };
  Run run;

  run_init (&run, 100);
  nn_scorer_measure (&run.scorer, run.timeline, FALSE);
  skip_to (&run, 3000);
  nn_scorer_measure (&run.scorer, run.timeline, FALSE);
  skip_to (&run, 3250);
  g_assert_cmpuint (assert_points (&run, 2000, again, G_N_ELEMENTS (again)), ==,
                    count_points (&run));
  run_clear (&run);
}

/* Those for frames are made in 1/40 of the time while it runs. */
static void
test_those_for_frames_rest (void)
{
  static const guint64 expected[] = { 3900, 7800 };
  Run run;

  run_init (&run, 100);
  nn_scorer_measure (&run.scorer, run.timeline, TRUE);
  for (guint step = 1; step <= 8000; step++) {
    take_steps (&run, 1);
    nn_scorer_measure (&run.scorer, run.timeline, TRUE);
  }
  g_assert_cmpuint (assert_points (&run, 0, expected, G_N_ELEMENTS (expected)), ==,
                    count_points (&run));
  nn_scorer_measure (&run.scorer, run.timeline, FALSE);
  assert_points (&run, 7999, (const guint64[]){ 8000 }, 1);
  run_clear (&run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/scorer/" name, test)
  add ("distances-grow-with-the-way", test_distances_grow_with_the_way);
  add ("a-way-that-is-gone-again-is-scored", test_a_way_that_is_gone_again_is_scored);
  add ("those-on-the-way-rest", test_those_on_the_way_rest);
  add ("a-pause-gives-time-again", test_a_pause_gives_time_again);
  add ("those-for-frames-rest", test_those_for_frames_rest);
  return g_test_run ();
}
