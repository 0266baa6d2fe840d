/* test-nn-ghost.c - the same run without nudges, alone and in a session's frames
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-ghost.h"

#include <time.h>

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-edit.h"

#define PLAIN MSE "," SHUFFLED
#define NUDGED                                                                           \
  PLAIN ", 'nudges': ['fc1: w + a*noise a=0.01', '*: w - a*w @ every example a=0.001']"

/* So large that its products are shared out to several threads. */
#define LARGE_NETWORK                                                                    \
  "'data': {'source': 'uniform', 'examples': 256, 'features': 128},"                     \
  " 'network': {'layers': [{'units': 128, 'activation': 'relu'}, {'units': 128}]},"      \
  " 'loss': {'type': 'squared_sum', 'target': 5}"

static void
ignore_news (gpointer data)
{
}

static NnGhost *
new_ghost (const char *keys)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);

  return nn_ghost_new (experiment, ignore_news, NULL);
}

/* Waits until the ghost is where the run is. */
static NnHistory *
catch_up (NnGhost *ghost, guint64 step)
{
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);

  for (;;) {
    gboolean finished;
    NnHistory *history = nn_ghost_follow (ghost, step, &finished);

    if (finished)
      return history;
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (200);
  }
}

static guint64
get_reached (NnGhost *ghost, guint64 step)
{
  return nn_history_get_n_steps (catch_up (ghost, step));
}

static void
assert_ghost_is (const char *nudged, const char *plain)
{
  g_autoptr (NnGhost) ghost = new_ghost (nudged);
  g_autoptr (NnTrainer) trainer = small_trainer (plain);
  g_autoptr (NnHistory) losses = nn_history_new (1);

  for (int i = 0; i < 4; i++) {
    small_trainer_record (trainer, 50, losses);
    small_trainer_assert_same_losses (catch_up (ghost, nn_trainer_get_n_steps (trainer)),
                                      losses);
  }
}

static void
test_is_the_run_without_nudges (void)
{
  assert_ghost_is (NUDGED, PLAIN);
}

static void
test_large_network_gives_the_same_bits (void)
{
  assert_ghost_is (LARGE_NETWORK ", 'nudges': ['*: noise']", LARGE_NETWORK);
}

static void
test_waits_at_the_goal (void)
{
  g_autoptr (NnGhost) ghost = new_ghost (PLAIN);
  clock_t cpu;

  g_assert_cmpuint (get_reached (ghost, 100), ==, 100);
  cpu = clock ();
  g_usleep (200000);
  g_assert_cmpint (clock () - cpu, <, CLOCKS_PER_SEC / 20);
  g_assert_cmpuint (get_reached (ghost, 100), ==, 100);
  g_assert_cmpuint (get_reached (ghost, 101), ==, 101);
}

#define FAR 600000 /* beyond what the ghost's history has each loss of */

/* Where enough of its history is left it stays ahead; else it starts again. Either way it
 * is the same run. */
static void
test_goes_back (void)
{
  g_autoptr (NnGhost) ghost = new_ghost (PLAIN);
  g_autoptr (NnTrainer) trainer = small_trainer (PLAIN);
  g_autoptr (NnHistory) losses = nn_history_new (1);

  catch_up (ghost, 1000);
  g_assert_cmpuint (get_reached (ghost, 10), ==, 1000);
  catch_up (ghost, FAR);
  g_assert_cmpuint (get_reached (ghost, FAR / 2), ==, FAR);
  small_trainer_record (trainer, 301, losses);
  small_trainer_assert_same_losses (catch_up (ghost, 301), losses);
  g_assert_cmpuint (get_reached (ghost, 301), ==, 301);
}

static void
test_divergence_ends_it (void)
{
  g_autoptr (NnGhost) ghost =
      new_ghost (PLAIN ", 'optimizer': {'type': 'sgd', 'lr': 1e18}");
  const guint64 reached = get_reached (ghost, 1000);

  g_assert_cmpuint (reached, <, 1000);
  g_assert_cmpuint (get_reached (ghost, 2000), ==, reached);
}

static void
test_closing_while_it_trains_joins (void)
{
  for (int i = 0; i < 20; i++) {
    g_autoptr (NnGhost) ghost = new_ghost (PLAIN);
    gboolean finished;

    nn_ghost_follow (ghost, G_MAXUINT64, &finished);
    if (i % 2)
      g_usleep (500);
  }
}

static float
loss_at (const char *keys, guint64 step)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);

  small_trainer_steps (trainer, (guint) step);
  return nn_trainer_get_loss (trainer);
}

/* Switched on late and while paused, it catches up, and the difference is two runs'. */
static void
test_frames_show_it_beside_the_run (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (NUDGED);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) without = NULL;
  g_autoptr (NnFrame) with = NULL;
  g_autoptr (NnFrame) back = NULL;
  g_autoptr (NnTrainer) plain = small_trainer (PLAIN);
  g_autoptr (NnHistory) losses = nn_history_new (1);
  float plain_loss;

  for (int i = 0; i < 60; i++)
    nn_session_step (session);
  without = finished_frame (session);
  g_assert_null (without->ghost);

  nn_session_set_ghost (session, TRUE);
  with = finished_frame (session);
  g_assert_cmpuint (with->step, ==, 60);
  small_trainer_record (plain, 60, losses);
  g_assert_cmpuint (nn_history_get_n_steps (with->ghost), ==, 60);
  small_trainer_assert_same_losses (with->ghost, losses);
  plain_loss = loss_at (PLAIN, 60);
  g_assert_cmpuint (with->ghost_step, ==, 60);
  g_assert_cmpfloat (with->ghost_loss, ==, (double) plain_loss);
  g_assert_cmpfloat (with->ghost_difference, ==,
                     (double) loss_at (NUDGED, 60) - (double) plain_loss);

  nn_session_reset (session);
  back = finished_frame (session);
  g_assert_cmpuint (nn_history_get_n_steps (back->ghost), ==, 0);
  g_assert_cmpuint (back->ghost_step, ==, 0);
  nn_session_set_ghost (session, FALSE);
  nn_frame_unref (back);
  back = settled_frame (session);
  g_assert_null (back->ghost);
}

/* A reset begins a run of what was edited, even before a frame was made with the ghost. */
static void
test_follows_a_reset_at_once (void)
{
  static const char *const keys = "'loss': {'type': 'l1'}";
  g_autoptr (NnExperiment) experiment = small_experiment (PLAIN);
  g_autoptr (NnEdit) edit = small_edit (experiment, keys);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnTrainer) plain = small_trainer (PLAIN);
  g_autoptr (NnHistory) losses = nn_history_new (1);
  g_autoptr (NnFrame) frame = NULL;
  gint released = FALSE;

  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = edit });
  hold (session, &released);
  nn_session_set_ghost (session, TRUE);
  nn_session_reset (session);
  g_atomic_int_set (&released, TRUE);
  for (int i = 0; i < 20; i++)
    nn_session_step (session);
  frame = finished_frame (session);

  small_trainer_edit (plain, keys);
  small_trainer_record (plain, 20, losses);
  small_trainer_assert_same_losses (frame->history, losses);
  small_trainer_assert_same_losses (frame->ghost, losses);
}

/* While the run goes on, both losses are those of two runs alone at the same step. */
static void
test_difference_is_exact_while_running (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (NUDGED);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  int n_differences = 0;

  nn_session_set_ghost (session, TRUE);
  nn_session_run (session);
  while (n_differences < 5) {
    g_autoptr (NnFrame) frame = next_frame (session);

    g_assert_true (frame->ghost == NULL ||
                   nn_history_get_n_steps (frame->ghost) <= frame->step);
    if (frame->ghost_step == 0)
      continue;
    n_differences++;
    g_assert_cmpuint (frame->ghost_step, <=, frame->step);
    g_assert_cmpfloat (frame->ghost_loss, ==,
                       (double) loss_at (PLAIN, frame->ghost_step));
    g_assert_cmpfloat (frame->ghost_difference, ==,
                       (double) loss_at (NUDGED, frame->ghost_step) - frame->ghost_loss);
  }
}

static void
test_run_is_the_same_with_it (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (NUDGED);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnTrainer) trainer = small_trainer (NUDGED);
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) expected = NULL;

  nn_session_set_ghost (session, TRUE);
  nn_session_run (session);
  nn_frame_unref (next_frame (session));
  nn_session_pause (session);
  frame = settled_frame (session);
  small_trainer_steps (trainer, (guint) frame->step);
  expected = nn_frame_of_trainer (trainer);
  g_assert_cmpmem (frame->values, frame->architecture->n_values * sizeof (float),
                   expected->values, frame->architecture->n_values * sizeof (float));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/ghost/is-the-run-without-nudges", test_is_the_run_without_nudges);
  g_test_add_func ("/nn/ghost/large-network-gives-the-same-bits",
                   test_large_network_gives_the_same_bits);
  g_test_add_func ("/nn/ghost/waits-at-the-goal", test_waits_at_the_goal);
  g_test_add_func ("/nn/ghost/goes-back", test_goes_back);
  g_test_add_func ("/nn/ghost/divergence-ends-it", test_divergence_ends_it);
  g_test_add_func ("/nn/ghost/closing-while-it-trains-joins",
                   test_closing_while_it_trains_joins);
  g_test_add_func ("/nn/ghost/frames-show-it-beside-the-run",
                   test_frames_show_it_beside_the_run);
  g_test_add_func ("/nn/ghost/follows-a-reset-at-once", test_follows_a_reset_at_once);
  g_test_add_func ("/nn/ghost/difference-is-exact-while-running",
                   test_difference_is_exact_while_running);
  g_test_add_func ("/nn/ghost/run-is-the-same-with-it", test_run_is_the_same_with_it);
  return g_test_run ();
}
