/* test-nn-session-change.c - what the newest step has changed, however fast the run is
 *
 * SPDX-License-Identifier: MIT
 *
 * A session takes steps in bursts, and only of a burst's last step is it known what it has
 * changed: which has to be every step that a frame shows.
 */

#include <math.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/session/nn-session.h"
#include "tests/nn/session-frames.h"

static NnSession *
new_session (void)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  NnSession *self = nn_session_new (experiment, NULL);

  nn_session_carry (self, NN_QUANTITY_BIT (NN_QUANTITY_CHANGE));
  return self;
}

/* The parameters after @step minus those before it. */
static void
assert_change (const NnFrame *frame)
{
  const gsize n = frame->architecture->n_values;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  g_autofree float *before = NULL;

  while (nn_trainer_get_n_steps (trainer) + 1 < frame->step)
    g_assert_true (nn_trainer_step (trainer, NULL));
  before = g_memdup2 (values, n * sizeof *before);
  g_assert_true (nn_trainer_step (trainer, NULL));
  g_assert_nonnull (frame->numbers[NN_QUANTITY_CHANGE]);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (frame->numbers[NN_QUANTITY_CHANGE][i], ==, values[i] - before[i]);
}

static NnFrame *
run_to_pause (NnSession *session)
{
  nn_session_run (session);
  return paused_frame (session);
}

static void
test_while_it_runs_and_at_a_pause (void)
{
  g_autoptr (NnSession) session = new_session ();
  NnFrame *frames[10]; /* (owned) */
  g_autoptr (NnFrame) paused = NULL;

  nn_session_run (session);
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    frames[i] = settled_frame (session);
  nn_session_pause (session);
  paused = settled_frame (session);
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++) {
    if (frames[i]->step > 0)
      assert_change (frames[i]);
    nn_frame_unref (frames[i]);
  }
  assert_change (paused);
}

static void
test_where_a_run_stops_by_itself (void)
{
  g_autoptr (NnSession) session = new_session ();
  g_autoptr (NnFrame) at_step = NULL;
  g_autoptr (NnFrame) at_loss = NULL;

  nn_session_set_stop (session, 3, NAN);
  at_step = run_to_pause (session);
  g_assert_cmpuint (at_step->step, ==, 3);
  assert_change (at_step);
  nn_session_set_stop (session, 0, 20);
  at_loss = run_to_pause (session);
  g_assert_cmpuint (at_loss->step, >, 3);
  assert_change (at_loss);
}

static void
test_where_a_journey_ends (void)
{
  g_autoptr (NnSession) session = new_session ();
  g_autoptr (NnFrame) end = NULL;
  g_autoptr (NnFrame) frame = NULL;

  nn_session_set_stop (session, 5000, NAN);
  end = run_to_pause (session);
  nn_session_go_to (session, 4321);
  frame = settled_frame (session);
  g_assert_cmpuint (frame->step, ==, 4321);
  assert_change (frame);
}

/* Where the next step failed, what is shown is the one before. */
static void
test_where_a_run_fails (void)
{
  g_autoptr (NnSession) session = new_session ();
  g_autoptr (NnNudge) huge =
      nn_nudge_parse ("*: 1e19*w @ every 1 steps from step 40", NULL);
  g_autoptr (NnFrame) frame = NULL;

  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_STAND, .nudge = huge });
  frame = run_to_pause (session);
  g_assert_nonnull (frame->failure);
  g_assert_cmpuint (frame->step, ==, 40);
  for (gsize i = 0; i < frame->architecture->n_values; i++)
    g_assert_true (isfinite (frame->numbers[NN_QUANTITY_CHANGE][i]));
}

/* The rest of a burst ends with the first step after there is enough. */
static void
test_enough_is_one_more_step (void)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnTimeline) timeline =
      nn_timeline_new (experiment, NN_TIMELINE_BUDGET, NULL);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const gint enough = TRUE, never = FALSE;

  nn_timeline_keep_change (timeline, TRUE);
  g_assert_true (nn_timeline_run_until (timeline, 100, &enough, NULL));
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 1);
  g_assert_true (nn_timeline_run_until (timeline, 100, &never, NULL));
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 101);
  g_assert_nonnull (nn_trainer_get_change (trainer));
  nn_timeline_keep_change (timeline, FALSE);
  g_assert_true (nn_timeline_run_until (timeline, 1, &never, NULL));
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 102);
  g_assert_null (nn_trainer_get_change (trainer));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/session-change/while-it-runs-and-at-a-pause",
                   test_while_it_runs_and_at_a_pause);
  g_test_add_func ("/nn/session-change/where-a-run-stops-by-itself",
                   test_where_a_run_stops_by_itself);
  g_test_add_func ("/nn/session-change/where-a-journey-ends", test_where_a_journey_ends);
  g_test_add_func ("/nn/session-change/where-a-run-fails", test_where_a_run_fails);
  g_test_add_func ("/nn/session-change/enough-is-one-more-step",
                   test_enough_is_one_more_step);
  return g_test_run ();
}
