/* test-nn-step-record.c - one step, phase by phase, beside PyTorch's
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-step-record.h"

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/session/nn-session.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

/* As far as float32 may be off where sums are added in another order. */
#define TOLERANCE 1e-5

static NnTimeline *
timeline_of (const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  NnTimeline *timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, &error);

  g_assert_no_error (error);
  return timeline;
}

static NnTimeline *
small_timeline (const char *keys)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);

  return timeline_of (experiment);
}

static NnStepRecord *
walk (NnTimeline *timeline)
{
  g_autoptr (GError) error = NULL;
  NnStepRecord *record = nn_step_record_new (timeline, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_near (const json_t *step, const char *key, const float *values, gsize n_values)
{
  gsize n;
  g_autofree float *expected = golden_floats (step, key, &n);

  g_assert_cmpuint (n, ==, n_values);
  for (gsize i = 0; i < n; i++)
    if (!(fabs ((double) values[i] - (double) expected[i]) <=
          TOLERANCE * (1 + fabs ((double) expected[i]))))
      g_error ("%s [%zu]: %.9g, not %.9g", key, i, (double) values[i],
               (double) expected[i]);
}

static void
assert_like_pytorch (const NnStepRecord *record, const json_t *step)
{
  const gsize n_values = record->architecture->n_values;

  assert_near (step, "forward", record->values[NN_STEP_FORWARD], n_values);
  assert_near (step, "example", record->example, record->architecture->n_units);
  g_assert_cmpfloat_with_epsilon (
      (double) record->loss, json_number_value (json_object_get (step, "loss")), 1e-4);
  assert_near (step, "gradients", record->gradients, n_values);
  assert_near (step, "optimizer", record->values[NN_STEP_OPTIMIZER], n_values);
  assert_near (step, "section", record->values[NN_STEP_SECTION], n_values);
  g_assert_cmpmem (record->values[NN_STEP_FORWARD], n_values * sizeof (float),
                   record->values[NN_STEP_BACKWARD], n_values * sizeof (float));
}

static void
test_phases_are_pytorchs (void)
{
  json_t *root = golden_load ("phases.json");
  const json_t *runs = json_object_get (root, "runs");

  g_assert_cmpuint (json_array_size (runs), >, 1);
  for (gsize r = 0; r < json_array_size (runs); r++) {
    const json_t *run = json_array_get (runs, r);
    const json_t *steps = json_object_get (run, "steps");
    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed-nudged", NULL);
    g_autoptr (NnTimeline) timeline = NULL;

    experiment->seed = (guint32) json_integer_value (json_object_get (run, "seed"));
    timeline = timeline_of (experiment);
    g_assert_cmpuint (json_array_size (steps), >, 1);
    for (gsize i = 0; i < json_array_size (steps); i++) {
      g_autoptr (NnStepRecord) record = walk (timeline);

      g_assert_cmpuint (record->step, ==, i + 1);
      g_assert_cmpuint (record->n_examples, ==, 3);
      assert_like_pytorch (record, json_array_get (steps, i));
    }
  }
  json_decref (root);
}

/* Each as the keys of an experiment: what a record looks at must not be changed by it. */
static const char *const runs[] = {
  MSE "," SHUFFLED,
  MSE ", 'nudges': ['fc2.weight: w + 0.1*noise @ every step before backward']",
  MSE ", 'nudges': ['fc1: w - 0.01*w @ every example'], " SHUFFLED,
  MSE ", 'nudges': ['fc1.weight: w + 0.01*g', '*: pin @ every 3 steps']",
  MSE ", 'log': [{'step': 4, 'do': 'edit', 'network': {'layers': [{'units': 3},"
      " {'units': 1}]}}]",
};

static void
test_a_step_that_is_recorded_has_the_same_bits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++) {
    g_autoptr (NnTimeline) one = small_timeline (runs[i]);
    g_autoptr (NnTimeline) other = small_timeline (runs[i]);

    for (guint step = 1; step <= 12; step++) {
      g_autoptr (GError) error = NULL;

      nn_timeline_step (one, &error);
      g_assert_no_error (error);
      if (step % 4 > 1) {
        nn_timeline_step (other, &error);
        g_assert_no_error (error);
      } else {
        nn_step_record_unref (walk (other));
      }
      small_trainer_assert_same (nn_timeline_get_trainer (one),
                                 nn_timeline_get_trainer (other));
    }
  }
}

static gboolean
differ (const NnStepRecord *record, NnStepState one, NnStepState other)
{
  return memcmp (record->values[one], record->values[other],
                 record->architecture->n_values * sizeof (float)) != 0;
}

static void
test_a_nudge_before_backward_is_between (void)
{
  g_autoptr (NnTimeline) timeline =
      small_timeline (MSE ", 'nudges': ['fc2.bias: w + 1 @ step 2 before backward']");
  g_autoptr (NnStepRecord) first = walk (timeline);
  g_autoptr (NnStepRecord) second = walk (timeline);

  g_assert_false (differ (first, NN_STEP_FORWARD, NN_STEP_BACKWARD));
  g_assert_true (differ (second, NN_STEP_FORWARD, NN_STEP_BACKWARD));
  g_assert_false (differ (second, NN_STEP_OPTIMIZER, NN_STEP_SECTION));
}

static void
test_a_step_that_fails_has_no_record (void)
{
  g_autoptr (NnTimeline) timeline =
      small_timeline (MSE ", 'nudges': ['*: w*1e30 @ step 1']");
  g_autoptr (GError) error = NULL;

  nn_step_record_unref (walk (timeline));
  g_assert_null (nn_step_record_new (timeline, &error));
  g_assert_nonnull (error);
}

/* --- In a session ------------------------------------------------------------------ */

static NnSession *
new_session (const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);

  return nn_session_new (experiment, NULL);
}

static void
assert_frame (NnSession *session, guint64 step, gboolean recorded)
{
  g_autoptr (NnFrame) frame = settled_frame (session);

  g_assert_cmpuint (frame->step, ==, step);
  g_assert_true (recorded == (frame->record != NULL));
  if (recorded)
    g_assert_cmpuint (frame->record->step, ==, step);
}

static void
nudge (NnSession *session)
{
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc2.weight: 2*w @ by hand", NULL);

  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
}

static void
test_frames_have_it_while_the_run_is_there (void)
{
  g_autoptr (NnSession) session = new_session ("seed");

  nn_session_walk (session);
  assert_frame (session, 1, TRUE);
  nudge (session);
  assert_frame (session, 1, TRUE);
  nn_session_undo (session);
  assert_frame (session, 1, FALSE);
  nn_session_walk (session);
  assert_frame (session, 2, TRUE);
  nn_session_step (session);
  assert_frame (session, 3, FALSE);
  nn_session_walk (session);
  nn_session_reset (session);
  assert_frame (session, 0, FALSE);
}

static void
assert_landings (NnSession *session, gsize n_landings, guint64 n_times, gboolean within)
{
  g_autoptr (NnFrame) frame = settled_frame (session);

  g_assert_cmpuint (frame->n_landings, ==, n_landings);
  if (n_landings > 0)
    g_assert_cmpuint (frame->landings[0].n_times, ==, n_times);
  g_assert_true (!frame->within_step == !within);
}

static void
test_what_lands_in_the_section_is_shown_from_there_on (void)
{
  g_autoptr (NnSession) session = new_session ("seed-nudged");

  nn_session_walk (session);
  assert_landings (session, 0, 0, TRUE);
  nn_session_show_section (session);
  assert_landings (session, 3, 1, FALSE);
  nn_session_walk (session);
  assert_landings (session, 3, 1, TRUE);
  nudge (session); /* which lands there */
  assert_landings (session, 4, 2, FALSE);
  nn_session_walk (session);
  nn_session_step (session);
  assert_landings (session, 4, 4, FALSE);
}

static void
test_a_run_that_walks_waits_to_be_told (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) frame = NULL;

  nn_session_set_walks (session, TRUE);
  nn_session_set_stop (session, 3, NAN);
  nn_session_run (session);
  assert_frame (session, 0, FALSE);
  g_usleep (20000);
  nn_session_walk (session);
  assert_frame (session, 1, TRUE);
  nn_session_walk (session);
  frame = settled_frame (session);
  g_assert_true (frame->running);
  nn_session_walk (session);
  g_clear_pointer (&frame, nn_frame_unref);
  frame = settled_frame (session);
  g_assert_cmpuint (frame->step, ==, 3);
  g_assert_false (frame->running);
}

static void
test_a_run_has_a_goal_once (void)
{
  g_autoptr (NnSession) session = new_session ("seed");
  g_autoptr (NnFrame) there = NULL;
  g_autoptr (NnFrame) low = NULL;
  g_autoptr (NnFrame) beyond = NULL;
  float before;

  nn_session_set_speed (session, 0.001); /* a goal is reached at any */
  nn_session_set_walks (session, TRUE);
  nn_session_run_to_step (session, 40);
  there = paused_frame (session);
  g_assert_cmpuint (there->step, ==, 40);
  nn_session_run_to_step (session, 40); /* is there already */
  nn_session_run_to_loss (session, there->loss / 2);
  low = paused_frame (session);
  g_assert_cmpfloat (low->loss, <=, there->loss / 2);
  g_assert_true (nn_history_get_loss (low->history, low->step - 1, &before));
  g_assert_cmpfloat ((double) before, >, there->loss / 2);

  nn_session_run (session); /* without one */
  nn_session_walk (session);
  nn_session_walk (session);
  nn_session_pause (session);
  beyond = settled_frame (session);
  g_assert_cmpuint (beyond->step, ==, low->step + 2);
}

static void
test_a_run_goes_to_an_epochs_end (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (MSE "," SHUFFLED);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) last = NULL;

  /* 18 examples, 5 at a time. */
  for (guint64 epoch = 1; epoch <= 3; epoch++) {
    g_autoptr (NnFrame) frame = NULL;

    nn_session_run_to_epoch (session);
    frame = paused_frame (session);
    g_assert_cmpuint (frame->step, ==, 4 * epoch);
  }
  nn_session_step (session);
  nn_session_run_to_epoch (session);
  last = paused_frame (session);
  g_assert_cmpuint (last->step, ==, 16);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/step-record/phases-are-pytorchs", test_phases_are_pytorchs);
  g_test_add_func ("/nn/step-record/a-step-that-is-recorded-has-the-same-bits",
                   test_a_step_that_is_recorded_has_the_same_bits);
  g_test_add_func ("/nn/step-record/a-nudge-before-backward-is-between",
                   test_a_nudge_before_backward_is_between);
  g_test_add_func ("/nn/step-record/a-step-that-fails-has-no-record",
                   test_a_step_that_fails_has_no_record);
  g_test_add_func ("/nn/step-record/frames-have-it-while-the-run-is-there",
                   test_frames_have_it_while_the_run_is_there);
  g_test_add_func ("/nn/step-record/what-lands-in-the-section-is-shown-from-there-on",
                   test_what_lands_in_the_section_is_shown_from_there_on);
  g_test_add_func ("/nn/step-record/a-run-that-walks-waits-to-be-told",
                   test_a_run_that_walks_waits_to_be_told);
  g_test_add_func ("/nn/step-record/a-run-has-a-goal-once", test_a_run_has_a_goal_once);
  g_test_add_func ("/nn/step-record/a-run-goes-to-an-epochs-end",
                   test_a_run_goes_to_an_epochs_end);
  return g_test_run ();
}
