/* test-nn-answers.c - what a session was asked, and what its frames say to that
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/session/nn-answers.h"

#include <math.h>

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

/* A sweep takes longer than a paused session works at a time. */
#define LARGE                                                                            \
  "'data': {'source': 'uniform', 'examples': 256, 'features': 256},"                     \
  " 'network': {'layers': [{'units': 256, 'activation': 'relu'},"                        \
  " {'units': 256, 'activation': 'relu'}, {'units': 64}]},"                              \
  " 'loss': {'type': 'squared_sum', 'target': 5}"

static NnQuestion
question (const char *text, float least, float most, gboolean logarithmic)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return (NnQuestion){ nudge, least, most, logarithmic };
}

static NnSession *
new_session_of (const char *keys)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);

  return nn_session_new (experiment, NULL);
}

static const NnSweep *
find_sweep (const NnFrame *frame, guint key)
{
  for (gsize i = 0; i < frame->n_sweeps; i++)
    if (frame->sweeps[i].key == key)
      return &frame->sweeps[i];
  return NULL;
}

/* Each loss is that of the nudge landed in a run of its own, at the sweep's step. */
static void
assert_as_landed (const NnSweep *sweep, NnTrainer *trainer)
{
  g_autoptr (NnTrainerState) state = nn_trainer_save (trainer);

  g_assert_cmpuint (sweep->step, ==, nn_trainer_get_n_steps (trainer));
  small_trainer_assert_same_loss (sweep->present, nn_trainer_evaluate (trainer));
  for (gsize i = 0; i < NN_SWEEP_AMOUNTS; i++) {
    g_autofree char *text = nn_nudge_dup_text (sweep->question.nudge);
    g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);
    const NnLanding *landings;
    gsize n_landings;

    g_assert_cmpfloat (sweep->amounts[i], ==,
                       nn_question_get_amount (&sweep->question, i));
    nudge->amount = sweep->amounts[i]; /* it is not shared yet */
    small_trainer_nudge (trainer, nudge);
    landings = nn_trainer_get_landings (trainer, &n_landings);
    if (landings[n_landings - 1].refusal)
      g_assert_true (isnan (sweep->losses[i]));
    else
      small_trainer_assert_same_loss (sweep->losses[i], nn_trainer_evaluate (trainer));
    nn_trainer_restore (trainer, state);
  }
}

static void
test_sweeps_are_as_landing (void)
{
  g_autoptr (NnSession) session = new_session_of (MSE "," SHUFFLED);
  g_autoptr (NnTrainer) trainer = small_trainer (MSE "," SHUFFLED);
  g_auto (NnQuestion) grow = question ("fc1.weight: w + a*w a=0", -1, 1, FALSE);
  g_auto (NnQuestion) noise = question ("*: w + a*noise a=0", 1e-4f, 10, TRUE);
  g_auto (NnQuestion) refused = question ("fc2: w / a a=1", -1, 1, FALSE);

  nn_session_ask (session, 7, &grow);
  nn_session_ask (session, 1, &noise);
  nn_session_ask (session, 2, &refused);
  for (int step = 0; step < 6; step++) {
    g_autoptr (NnFrame) frame = finished_frame (session);

    g_assert_cmpuint (frame->step, ==, (guint64) step);
    g_assert_cmpuint (frame->n_sweeps, ==, 3);
    for (guint i = 0; i < 3; i++)
      assert_as_landed (find_sweep (frame, (const guint[]){ 7, 1, 2 }[i]), trainer);
    g_assert_true (isnan (find_sweep (frame, 2)->losses[NN_SWEEP_AMOUNTS / 2]));
    nn_session_step (session);
    small_trainer_steps (trainer, 1);
  }

  /* Another question takes the place of the first; one is taken back. */
  nn_session_ask (session, 1, &grow);
  nn_session_ask (session, 7, NULL);
  nn_session_ask (session, 9, NULL);
  {
    g_autoptr (NnFrame) frame = finished_frame (session);

    g_assert_cmpuint (frame->n_sweeps, ==, 2);
    g_assert_true (find_sweep (frame, 1)->question.nudge == grow.nudge);
    assert_as_landed (find_sweep (frame, 1), trainer);
  }
}

static void
test_preview_is_in_the_next_frame (void)
{
  g_autoptr (NnSession) session = new_session_of (MSE "," SHUFFLED);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: w + a*rand a=0.5", NULL);
  g_autoptr (NnNudge) bad = nn_nudge_parse ("fc1: w / (a - a) a=1", NULL);
  g_autoptr (NnFrame) before = settled_frame (session);
  g_autoptr (NnFrame) frame = NULL;
  g_autoptr (NnFrame) refused = NULL;
  g_autoptr (NnFrame) landed = NULL;
  const gsize n_values = before->architecture->n_values * sizeof (float);
  const gsize n_units = before->architecture->n_units;

  g_assert_null (before->preview);
  nn_session_preview (session, nudge);
  frame = settled_frame (session);
  g_assert_cmpmem (frame->values, n_values, before->values, n_values);

  nn_session_preview (session, bad);
  refused = settled_frame (session);
  g_assert_true (isnan (refused->preview->loss));
  g_assert_nonnull (refused->preview->refusal);
  g_assert_cmpmem (refused->preview->values, n_values, before->values, n_values);

  nn_session_preview (session, NULL);
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge });
  landed = settled_frame (session);
  g_assert_null (landed->preview);
  g_assert_cmpfloat (frame->preview->loss, ==, landed->landings[0].loss_after);
  g_assert_cmpmem (frame->preview->values, n_values, landed->values, n_values);
  g_assert_cmpuint (frame->preview->n_activations, ==, n_units * frame->probes.n);
  if (landed->probes.n == frame->probes.n) /* its maps were not refined meanwhile */
    g_assert_cmpmem (frame->preview->activations,
                     n_units * frame->probes.n * sizeof (float), landed->activations,
                     n_units * frame->probes.n * sizeof (float));
}

static void
test_answers_follow_a_running_run (void)
{
  g_autoptr (NnSession) session = new_session_of (MSE "," SHUFFLED);
  g_auto (NnQuestion) grow = question ("fc1.weight: w + a*w a=0", -1, 1, FALSE);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: w + a*noise a=0.5", NULL);
  guint64 last = 0;

  nn_session_run (session);
  nn_session_ask (session, 1, &grow);
  nn_session_preview (session, nudge);
  for (int n_rises = 0; n_rises < 5;) {
    g_autoptr (NnFrame) frame = settled_frame (session);
    const NnSweep *sweep = find_sweep (frame, 1);

    g_assert_true (frame->running);
    g_assert_nonnull (frame->preview);
    g_assert_cmpuint (frame->preview->step, <=, frame->step);
    if (sweep == NULL || sweep->step == last)
      continue;
    g_assert_cmpuint (sweep->step, >, last);
    g_assert_cmpuint (sweep->step, <=, frame->step);
    last = sweep->step;
    n_rises++;
  }
  nn_session_pause (session);
  {
    g_autoptr (NnFrame) frame = finished_frame (session);
    g_autoptr (NnTrainer) trainer = small_trainer (MSE "," SHUFFLED);

    small_trainer_steps (trainer, (guint) frame->step);
    assert_as_landed (find_sweep (frame, 1), trainer);
    g_assert_cmpuint (frame->preview->step, ==, frame->step);
  }
}

/* Commands are carried out, and frames made, while a question is being answered. */
static void
test_large_network_is_answered_in_pieces (void)
{
  g_autoptr (NnSession) session = new_session_of (LARGE);
  g_auto (NnQuestion) grow = question ("fc1: w + a*w a=0", -1, 1, FALSE);
  g_autoptr (NnFrame) first = NULL;
  g_autoptr (NnFrame) second = NULL;
  g_autoptr (NnFrame) last = NULL;
  g_autoptr (NnTrainer) trainer = small_trainer (LARGE);

  nn_session_ask (session, 1, &grow);
  first = settled_frame (session);
  g_assert_true (first->unfinished);
  g_assert_cmpuint (first->n_sweeps, ==, 0);

  nn_session_step (session);
  second = settled_frame (session);
  g_assert_cmpuint (second->step, ==, 1);
  g_assert_true (second->unfinished);

  last = finished_frame (session);
  g_assert_null (nn_session_take_frame (session));
  small_trainer_steps (trainer, 1);
  assert_as_landed (find_sweep (last, 1), trainer);
}

/* However long a sweep takes, what it takes from the run is a share. */
static void
test_running_is_hardly_slowed (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (LARGE);
  g_autoptr (NnAnswers) answers = nn_answers_new (trainer);
  g_auto (NnQuestion) grow = question ("fc1: w + a*w a=0", -1, 1, FALSE);
  const gint64 start = g_get_monotonic_time ();
  gint64 spent = 0, longest = 0, total;

  nn_answers_ask (answers, 1, &grow);
  for (guint64 moment = 1; moment <= 40; moment++) {
    gint64 begun, took;

    small_trainer_steps (trainer, 1);
    begun = g_get_monotonic_time ();
    nn_answers_work (answers, moment, TRUE);
    took = g_get_monotonic_time () - begun;
    spent += took;
    longest = MAX (longest, took);
  }
  total = g_get_monotonic_time () - start;

  /* All that was earned, and what the last piece went over it. */
  g_assert_cmpint (spent, >, 0);
  g_assert_cmpint (spent, <=, total / 10 + longest + 1000);
}

/* Of a large network that trains, few amounts are tried, and those between follow; paused, all
 * of them. */
static void
test_large_network_is_answered_soon (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (LARGE);
  g_autoptr (NnAnswers) answers = nn_answers_new (trainer);
  g_auto (NnQuestion) grow = question ("fc1: w + a*w a=0", -1, 1, FALSE);
  g_auto (NnQuestion) other = question ("fc2: w + a*w a=0", -1, 1, FALSE);
  guint n_between = 0;

  nn_answers_ask (answers, 1, &grow);
  for (guint key = 2; key <= 8; key++)
    nn_answers_ask (answers, key, &other);
  while (!nn_answers_work (answers, 1, TRUE))
    g_usleep (1000);
  {
    g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);
    const float *losses;

    nn_answers_write (answers, frame);
    g_assert_cmpuint (frame->n_sweeps, ==, 1);
    g_assert_cmpint (frame->sweeps[0].age_us, >, 0);
    losses = frame->sweeps[0].losses;
    for (gsize i = 1; i + 1 < NN_SWEEP_AMOUNTS; i++)
      n_between +=
          ABS (losses[i] - (losses[i - 1] + losses[i + 1]) / 2) <= 1e-5f * losses[i];
    g_assert_cmpuint (n_between, >, NN_SWEEP_AMOUNTS / 2);
  }
  while (nn_answers_are_missing (answers, 1))
    nn_answers_work (answers, 1, FALSE);
  {
    g_autoptr (NnFrame) frame = nn_frame_of_trainer (trainer);

    nn_answers_write (answers, frame);
    g_assert_cmpuint (frame->n_sweeps, ==, 8);
    assert_as_landed (find_sweep (frame, 1), trainer);
    assert_as_landed (find_sweep (frame, 8), trainer);
  }
}

static void
test_nothing_is_answered_twice (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  g_autoptr (NnAnswers) answers = nn_answers_new (trainer);
  g_auto (NnQuestion) grow = question ("fc1: w + a*w a=0", -1, 1, FALSE);
  g_auto (NnQuestion) wider = { nn_nudge_ref (grow.nudge), -2, 2, FALSE };

  g_assert_false (nn_answers_are_missing (answers, 1));
  nn_answers_ask (answers, 1, &grow);
  g_assert_true (nn_answers_are_missing (answers, 1));
  g_assert_true (nn_answers_work (answers, 1, FALSE));
  g_assert_false (nn_answers_are_missing (answers, 1));
  g_assert_false (nn_answers_work (answers, 1, FALSE));
  nn_answers_ask (answers, 1, &grow);
  g_assert_false (nn_answers_are_missing (answers, 1));
  nn_answers_ask (answers, 1, &wider);
  g_assert_true (nn_answers_are_missing (answers, 1));
  g_assert_true (nn_answers_work (answers, 1, FALSE));
  g_assert_true (nn_answers_are_missing (answers, 2));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/answers/sweeps-are-as-landing", test_sweeps_are_as_landing);
  g_test_add_func ("/nn/answers/preview-is-in-the-next-frame",
                   test_preview_is_in_the_next_frame);
  g_test_add_func ("/nn/answers/answers-follow-a-running-run",
                   test_answers_follow_a_running_run);
  g_test_add_func ("/nn/answers/large-network-is-answered-in-pieces",
                   test_large_network_is_answered_in_pieces);
  g_test_add_func ("/nn/answers/running-is-hardly-slowed", test_running_is_hardly_slowed);
  g_test_add_func ("/nn/answers/large-network-is-answered-soon",
                   test_large_network_is_answered_soon);
  g_test_add_func ("/nn/answers/nothing-is-answered-twice",
                   test_nothing_is_answered_twice);
  return g_test_run ();
}
