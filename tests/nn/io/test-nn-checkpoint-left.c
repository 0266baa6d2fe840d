/* test-nn-checkpoint-left.c - the runs that were left are in the file, too
 *
 * SPDX-License-Identifier: MIT
 */

#include "checkpoint-runs.h"
#include "tests/nn/scratch.h"

#define PLAN                                                                             \
  ", 'log': [{'step': 5, 'do': 'nudge', 'nudge': 'fc1: 0.5*w'},"                         \
  " {'step': 9, 'do': 'edit', 'optimizer': {'type': 'sgd', 'lr': 0.05}}]"

static char *
dup_log (NnTimeline *timeline, const NnExperiment *named)
{
  return nn_checkpoint_file_format_experiment (nn_timeline_get_log_for_file (timeline),
                                               named, "./x");
}

static void
undo (NnTimeline *timeline)
{
  g_assert_true (nn_timeline_can_undo (timeline));
  nn_timeline_undo (timeline);
  travel_all (timeline);
}

static void
scale (NnTimeline *timeline)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2: 0.9*w", NULL);

  g_assert_true (nn_timeline_do (
      timeline, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge }, NULL));
}

/* Each run that was left has the events before the fork in common with the present one, and
 * goes on after it. */
static void
assert_left_fit (NnTimeline *timeline)
{
  g_autoptr (NnRunState) state = nn_timeline_save (timeline);
  g_autoptr (NnExperiment) own =
      nn_log_make_experiment (state->log, nn_log_get_base (state->log));

  for (guint i = 0; i < state->left->len; i++) {
    const NnLeftRun *left = &g_array_index (state->left, NnLeftRun, i);
    g_autoptr (NnExperiment) other =
        nn_log_make_experiment (left->log, nn_log_get_base (left->log));
    const gsize n = left->fork.n_done;

    g_assert_cmpuint (own->events->len, >=, n);
    g_assert_cmpuint (other->events->len, >, n);
    for (gsize k = 0; k < n; k++) {
      const NnEvent *one = &g_array_index (own->events, NnEvent, k);
      const NnEvent *another = &g_array_index (other->events, NnEvent, k);

      g_assert_cmpuint (one->step, ==, another->step);
      g_assert_cmpint (one->kind, ==, another->kind);
      g_assert_true (one->nudge == another->nudge);
    }
    g_assert_cmpuint (g_array_index (other->events, NnEvent, n).step, >=,
                      left->fork.step);
  }
}

static void
go_to (NnTimeline *timeline, guint64 step)
{
  nn_timeline_go_to (timeline, step);
  travel_all (timeline);
}

/* A branch that was left before its fork has nothing to come that the other run has not. */
static void
test_branch_left_before_its_fork_fits (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = small_experiment (MSE);
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);

  scale (timeline);
  nn_timeline_reset (timeline);
  for (guint i = 0; i < 2; i++) {
    g_assert_true (nn_timeline_run (timeline, 3, NULL));
    scale (timeline);
  }
  go_to (timeline, 4);
  g_assert_true (nn_timeline_run (timeline, 1, NULL)); /* on without the second */
  g_assert_cmpuint (nn_timeline_get_n_kept (timeline), ==, 1);
  go_to (timeline, 1);
  undo (timeline); /* the reset */
  nn_timeline_redo (timeline);
  travel_all (timeline);
  g_assert_cmpuint (nn_timeline_get_n_ahead (timeline), ==, 1);
  scale (timeline);
  assert_left_fit (timeline);
  g_assert_cmpuint (nn_timeline_get_n_kept (timeline), ==, 1);
}

static void
test_left_runs_fit (Scratch *scratch, gconstpointer data)
{
  for (guint32 seed = 0; seed < N_SEEDS * (g_test_slow () ? 20 : 1); seed++) {
    g_auto (RandomExperiment) random;
    g_autoptr (NnTimeline) timeline = NULL;

    random_experiment_init (&random, seed);
    timeline = nn_timeline_new (random.experiment, NN_TIMELINE_BUDGET, NULL);
    for (guint i = 0; i < 8 * N_STEPS; i++) {
      act (&random, timeline);
      assert_left_fit (timeline);
    }
  }
}

/* Twice: the plan at step 3, and what was done since in its place. */
static void
test_left_runs_are_kept (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = small_experiment (MSE PLAN);
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  g_autofree char *planned = dup_log (timeline, experiment);
  g_autofree char *done = NULL;
  g_autofree char *again = NULL;
  g_autofree char *first = NULL;
  g_autoptr (NnTimeline) resumed = NULL;
  NnTrainer *trainer;

  g_assert_true (nn_timeline_run (timeline, 3, NULL));
  scale (timeline);
  g_assert_true (nn_timeline_run (timeline, 9, NULL));
  scale (timeline);
  done = dup_log (timeline, experiment);
  nn_timeline_go_to (timeline, 7);
  travel_all (timeline);
  g_assert_true (nn_timeline_run (timeline, 30, NULL)); /* without the last */
  g_assert_cmpuint (nn_timeline_get_n_kept (timeline), ==, 2 + 1);
  save (timeline, experiment, scratch->path);
  resumed = resume (scratch->path, NN_TIMELINE_BUDGET);
  trainer = nn_timeline_get_trainer (resumed);
  g_assert_cmpuint (nn_timeline_get_n_kept (resumed), ==, 2 + 1);
  assert_same (timeline, resumed, experiment);

  undo (resumed);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 7);
  again = dup_log (resumed, experiment);
  g_assert_cmpstr (again, ==, done);
  undo (resumed);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 3);
  first = dup_log (resumed, experiment);
  g_assert_cmpstr (first, ==, planned);
  g_assert_false (nn_timeline_can_undo (resumed));
}

/* The run is whole without one that undo could not return to. */
static void
test_left_run_that_does_not_fit_is_left_out (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = small_experiment (MSE PLAN);
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  g_autoptr (NnTimeline) resumed = NULL;
  g_autoptr (NnRunState) state = NULL;

  g_assert_true (nn_timeline_run (timeline, 3, NULL));
  scale (timeline);
  g_assert_true (nn_timeline_run (timeline, 9, NULL));
  state = nn_timeline_save (timeline);
  g_assert_cmpuint (state->left->len, ==, 1);
  g_array_index (state->left, NnLeftRun, 0).fork.step = 7; /* after its event */
  nn_checkpoint_file_save (state, experiment, NULL, scratch->path, NULL);
  resumed = resume (scratch->path, NN_TIMELINE_BUDGET);
  g_assert_cmpuint (nn_timeline_get_n_kept (resumed), ==, 0);
  small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                             nn_timeline_get_trainer (resumed));
}

/* So many steps ago that no single loss of them is known. */
static void
test_run_left_long_ago_is_kept (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment ("'data': {'source': 'uniform', 'examples': 1, 'features': 1},"
                        " 'network': {'layers': [{'name': 'fc1', 'units': 1}, {'name': "
                        "'fc2', 'units': 1}]},"
                        " 'loss': {'type': 'squared_sum', 'target': 5}, 'log': ["
                        "  {'step': 5, 'do': 'nudge', 'nudge': 'fc1: 0.5*w'},"
                        "  {'step': 2000, 'do': 'nudge', 'nudge': 'fc1: 0.7*w'}]");
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  g_autofree char *planned = dup_log (timeline, experiment);
  g_autofree char *again = NULL;
  g_autoptr (NnTimeline) resumed = NULL;
  const guint64 end = 2 * NN_HISTORY_EXACT;
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);

  while (nn_trainer_get_n_steps (trainer) < 1003)
    g_assert_true (nn_timeline_step (timeline, NULL));
  scale (timeline);
  while (nn_trainer_get_n_steps (trainer) < end)
    g_assert_true (
        nn_timeline_run (timeline, end - nn_trainer_get_n_steps (trainer), NULL));
  save (timeline, experiment, scratch->path);
  resumed = resume (scratch->path, NN_TIMELINE_BUDGET);
  undo (timeline);
  undo (resumed);
  small_trainer_assert_same (nn_timeline_get_trainer (timeline),
                             nn_timeline_get_trainer (resumed));
  trainer = nn_timeline_get_trainer (resumed);
  again = dup_log (resumed, experiment);
  g_assert_cmpstr (again, ==, planned);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 1003);
  while (nn_trainer_get_n_steps (trainer) < 2001)
    g_assert_true (nn_timeline_step (resumed, NULL));
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (resumed)), ==, 2);
}

#define ADD(name, function)                                                              \
  g_test_add ("/nn/checkpoint-left/" name, Scratch, NULL, scratch_set_up, function,      \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("branch-left-before-its-fork-fits", test_branch_left_before_its_fork_fits);
  ADD ("left-runs-fit", test_left_runs_fit);
  ADD ("left-run-that-does-not-fit-is-left-out",
       test_left_run_that_does_not_fit_is_left_out);
  ADD ("left-runs-are-kept", test_left_runs_are_kept);
  ADD ("run-left-long-ago-is-kept", test_run_left_long_ago_is_kept);
  return g_test_run ();
}
