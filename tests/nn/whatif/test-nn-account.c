/* test-nn-account.c - the account of a step: every number is a run's, and the culprit is found
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/base/nn-error.h"
#include "nn/run/nn-timeline.h"
#include "nn/whatif/nn-account.h"
#include "tests/nn/random-log.h"
#include "tests/nn/small-trainer.h"

#define N_SEEDS 60
#define N_STEPS 12

static NnAccount *
ask (NnExperiment *experiment, guint64 step)
{
  g_autoptr (GError) error = NULL;
  NnAccount *account = nn_account_new (experiment, NULL, step, NULL, &error);

  g_assert_no_error (error);
  return account;
}

/* ---- every number is a run's ------------------------------------------------------- */

/* What nudge run does with --without and its like. Returns: NAN if the run ends before */
static double
run_to (const NnExperiment *experiment, const NnDeviation *deviation, guint64 step)
{
  g_autoptr (GArray) deviations = nn_deviations_new ();
  g_autoptr (NnTimeline) timeline = NULL;
  g_autoptr (GError) error = NULL;

  if (deviation) {
    nn_deviation_check (deviation, experiment, &error);
    g_assert_no_error (error);
    nn_deviations_append (deviations, deviation);
  }
  timeline = nn_timeline_new_deviating (experiment, deviations, NULL);
  if (timeline == NULL)
    return NAN;
  while (nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline)) < step)
    if (!nn_timeline_step (timeline, NULL))
      return NAN;
  return (double) nn_trainer_evaluate_training (nn_timeline_get_trainer (timeline));
}

static void
assert_same (double one, double other)
{
  if (isnan (one) || isnan (other))
    g_assert_true (isnan (one) && isnan (other));
  else
    g_assert_cmpfloat (one, ==, other);
}

/* Through text, as it is typed. */
static void
read_back (const NnDeviation *deviation, NnDeviation *read)
{
  g_autofree char *text = nn_deviation_dup_text (deviation);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_deviation_parse (read, deviation->kind, text, &error));
  again = nn_deviation_dup_text (read);
  g_assert_cmpstr (text, ==, again);
}

static void
assert_runs (const NnExperiment *experiment, const NnAccount *account)
{
  if (account->step > 0)
    assert_same (account->before, run_to (experiment, NULL, account->step - 1));
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    const guint64 step = account->step + nn_account_get_horizon (i);

    assert_same (account->losses[i], run_to (experiment, NULL, step));
    for (gsize k = 0; k < account->n_parts; k++) {
      g_auto (NnDeviation) deviation = { 0 };

      read_back (&account->parts[k].deviation, &deviation);
      assert_same (account->parts[k].losses[i], run_to (experiment, &deviation, step));
    }
  }
}

static void
test_numbers_are_runs (void)
{
  guint n_parts = 0;

  for (guint seed = 0; seed < N_SEEDS; seed++) {
    g_auto (RandomExperiment) random = { 0 };
    g_autoptr (NnExperiment) experiment = NULL;
    g_autoptr (NnAccount) account = NULL;

    random_experiment_init (&random, seed);
    experiment = random_logged_experiment (&random, N_STEPS);
    if (experiment == NULL)
      continue;
    account =
        nn_account_new (experiment, NULL, random_below (&random, N_STEPS), NULL, NULL);
    if (account == NULL)
      continue;
    n_parts += (guint) account->n_parts;
    assert_runs (experiment, account);
  }
  g_assert_cmpuint (n_parts, >, 2 * N_SEEDS);
}

static void
assert_same_account (const NnAccount *one, const NnAccount *other)
{
  g_assert_cmpuint (one->n_parts, ==, other->n_parts);
  assert_same (one->before, other->before);
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    assert_same (one->losses[i], other->losses[i]);
    assert_same (one->interaction[i], other->interaction[i]);
    for (gsize k = 0; k < one->n_parts; k++)
      assert_same (one->parts[k].losses[i], other->parts[k].losses[i]);
  }
  for (gsize i = 0; i <= NN_ACCOUNT_REACH; i++)
    assert_same ((double) one->curve[i], (double) other->curve[i]);
}

/* From a state of the run, which then goes on as before, and from the beginning. */
static void
test_from_a_state (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      MSE "," SHUFFLED ", 'nudges': ['fc1: noise a=0.01 @ every 7 steps'],"
          "'log': [{'step': 150, 'do': 'nudge', 'nudge': 'fc2: scale 0.5'}]");
  g_autoptr (NnAccount) whole = ask (experiment, 150);
  g_autoptr (NnAccount) from_state = NULL;
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  g_autoptr (NnTrainer) alone = nn_trainer_new (experiment, NULL);
  g_auto (NnReplayStart) start = { 0 };
  g_autoptr (GError) error = NULL;

  small_trainer_steps (trainer, (guint) nn_account_get_first_step (150));
  start.state = nn_trainer_save (trainer);
  from_state = nn_account_new (experiment, &start, 150, NULL, &error);
  g_assert_no_error (error);
  assert_same_account (whole, from_state);
  small_trainer_steps (trainer, 20);
  small_trainer_steps (alone, (guint) nn_account_get_first_step (150) + 20);
  small_trainer_assert_same (trainer, alone);
}

/* ---- cases with a known answer ----------------------------------------------------- */

static const NnAccountPart *
require (const NnAccount *account, NnAccountKind kind)
{
  const NnAccountPart *part = nn_account_find_part (account, kind);

  g_assert_nonnull (part);
  return part;
}

/* All weights of a layer are equal, so that their order is nothing. */
static void
test_permutation_does_nothing (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      MOONS ", 'network': {'layers': [{'units': 6, 'activation': 'tanh'}, {'units': 1}],"
            " 'init': {'type': 'constant', 'value': 0.3}}, 'loss': {'type': 'mse'},"
            "'log': [{'step': 9, 'do': 'nudge', 'nudge': 'fc2.weight: permute'}]");
  g_autoptr (NnAccount) account = ask (experiment, 9);
  const NnAccountPart *nudge = require (account, NN_ACCOUNT_NUDGE);

  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++) {
    g_assert_cmpfloat (nudge->shares[i], ==, 0);
    g_assert_cmpfloat (account->course[i], ==, account->changes[i]);
  }
}

/* The weight falls fast, is put where the loss is 0, and is dragged on. */
static void
test_momentum_drags (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      "'data': {'source': 'inline', 'inputs': [[1]], 'targets': [[0]]},"
      "'network': {'layers': [{'units': 1, 'bias': false}],"
      " 'init': {'type': 'constant', 'value': 5}}, 'loss': {'type': 'mse'},"
      "'optimizer': {'type': 'sgd', 'lr': 0.01, 'momentum': 0.9},"
      "'log': [{'step': 8, 'do': 'nudge', 'nudge': 'fc1.weight: 0*w'}]");
  g_autoptr (NnAccount) account = ask (experiment, 8);
  const NnAccountPart *memory = require (account, NN_ACCOUNT_MEMORY);
  const NnAccountPart *nudge = require (account, NN_ACCOUNT_NUDGE);

  g_assert_cmpfloat (account->losses[0], ==, 0);
  g_assert_cmpfloat (memory->shares[0], ==, 0);
  g_assert_cmpfloat (account->losses[2], >, 1);
  g_assert_cmpfloat (memory->losses[2], <, 1e-6);
  g_assert_cmpfloat (memory->shares[2], >, 0.99 * account->losses[2]);
  g_assert_cmpfloat (memory->shares[2], >, nudge->shares[2]);
}

/* Sixteen examples in batches of four, which the network knows, but for the last of the third
 * batch: its input is far off. */
static void
test_outlier_is_named (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      "'data': {'source': 'inline', 'inputs': "
      "[[1],[2],[3],[4],[1],[2],[3],[4],[1],[2],[3],"
      "[30],[1],[2],[3],[4]], 'targets': [[1],[2],[3],[4],[1],[2],[3],[4],[1],[2],[3],"
      "[3],[1],[2],[3],[4]]}, 'batch': {'size': 4},"
      "'network': {'layers': [{'units': 1, 'bias': false}],"
      " 'init': {'type': 'constant', 'value': 1}}, 'loss': {'type': 'mse'},"
      "'optimizer': {'type': 'sgd', 'lr': 0.01}");
  g_autoptr (NnAccount) account = ask (experiment, 3);
  const NnAccountPart *batch = require (account, NN_ACCOUNT_BATCH);

  g_assert_false (account->landed);
  g_assert_cmpuint (account->n_batch, ==, 4);
  g_assert_cmpuint (account->examples[0].number, ==, 11);
  g_assert_cmpfloat (account->examples[0].share, ==, 1);
  g_assert_cmpfloat (account->batch_before, ==, 0);
  g_assert_cmpfloat (account->curve[0], ==, 27.0f * 27 / 4);
  g_assert_cmpfloat (account->changes[0], >, 100);
  g_assert_cmpfloat (batch->shares[0], ==, account->changes[0]);
  g_assert_cmpfloat (require (account, NN_ACCOUNT_LAYER)->shares[0], ==,
                     account->changes[0]);
  g_assert_cmpfloat (require (account, NN_ACCOUNT_RATE)->shares[0], >,
                     0.9 * account->changes[0]);
}

/* At the step of the edit, and at the one after it, which is the first that is too long: a
 * parabola of curvature 5 takes a rate of up to 0.4. */
static void
test_raised_rate (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      "'data': {'source': 'inline', 'inputs': [[1], [2]], 'targets': [[1], [2]]},"
      "'network': {'layers': [{'units': 1, 'bias': false}],"
      " 'init': {'type': 'constant', 'value': 5}}, 'loss': {'type': 'mse'},"
      "'optimizer': {'type': 'sgd', 'lr': 0.05},"
      "'log': [{'step': 9, 'do': 'edit', 'optimizer': {'type': 'sgd', 'lr': 0.5}}]");
  g_autoptr (NnAccount) at = ask (experiment, 9);
  g_autoptr (NnAccount) after = ask (experiment, 10);
  const NnAccountPart *edit = require (after, NN_ACCOUNT_EVENT);

  g_assert_true (at->landed);
  g_assert_cmpfloat (require (at, NN_ACCOUNT_EVENT)->shares[0], ==, 0);
  g_assert_cmpfloat (require (at, NN_ACCOUNT_EVENT)->shares[2], >=, at->changes[2]);
  g_assert_false (after->landed);
  g_assert_cmpuint (edit->step, ==, 9);
  g_assert_cmpfloat (after->changes[0], >, 0);
  g_assert_cmpfloat (edit->shares[0], >, after->changes[0]);
  g_assert_cmpfloat (after->rate, ==, 0.5);
}

/* Its parts are those of its parameters. */
static void
test_parts (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      MSE ", 'log': [{'step': 3, 'do': 'nudge', 'nudge': 'fc1, fc2.weight: scale 2'}]");
  g_autoptr (NnAccount) account = ask (experiment, 3);
  const char *names[] = { "fc1.weight", "fc1.bias", "fc2.weight" };

  g_assert_cmpuint (account->n_parts, ==, 5);
  g_assert_cmpint (account->parts[0].kind, ==, NN_ACCOUNT_NUDGE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_cmpint (account->parts[1 + i].kind, ==, NN_ACCOUNT_PARAMETER);
    g_assert_cmpstr (account->parts[1 + i].deviation.part, ==, names[i]);
  }
  g_assert_cmpint (account->parts[4].kind, ==, NN_ACCOUNT_MEMORY);
  for (gsize i = 0; i < NN_ACCOUNT_HORIZONS; i++)
    g_assert_cmpfloat_with_epsilon (account->course[i] + account->parts[0].shares[i] +
                                        account->parts[4].shares[i] +
                                        account->interaction[i],
                                    account->changes[i], 1e-9);
}

/* What a nudge draws that is left out, others still do not draw. */
static void
test_later_draws_stay (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (
      MSE ", 'optimizer': {'type': 'sgd', 'lr': 0},"
          "'log': [{'step': 3, 'do': 'nudge', 'nudge': 'fc1.weight: 0*w + noise'},"
          "{'step': 4, 'do': 'nudge', 'nudge': '*: 0*w + noise'}]");
  g_autoptr (NnAccount) account = ask (experiment, 3);
  const NnAccountPart *nudge = require (account, NN_ACCOUNT_NUDGE);

  g_assert_cmpfloat (nudge->shares[0], !=, 0);
  g_assert_cmpfloat (nudge->shares[1], ==, 0);
}

/* ---- ends -------------------------------------------------------------------------- */

static gboolean
stop (double fraction, gpointer data)
{
  guint *n = data;

  g_assert_true (fraction >= 0 && fraction <= 1);
  return ++*n < 5;
}

static void
test_cancelled (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (MSE);
  guint n = 0;
  const NnProgress progress = { stop, &n };
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_account_new (experiment, NULL, 50, &progress, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CANCELLED);
  g_assert_cmpuint (n, ==, 5);
}

static void
test_run_that_ends (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (MSE ", 'optimizer': {'type': 'sgd', 'lr': 0.1},"
                            "'log': [{'step': 5, 'do': 'nudge', 'nudge': '*: 1e30*w'}]");
  g_autoptr (NnAccount) account = ask (experiment, 5);
  g_autoptr (GError) error = NULL;

  g_assert_true (isnan (account->losses[1]));
  g_assert_nonnull (account->failure);
  g_assert_false (isnan (require (account, NN_ACCOUNT_NUDGE)->losses[3]));
  g_assert_null (nn_account_new (experiment, NULL, 9, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
}

static void
test_refusals (void)
{
  static const struct {
    NnDeviationKind kind;
    const char *text;
    const char *why;
  } cases[] = {
    { NN_DEVIATION_WITHOUT, "3", "is not a part of a run" },
    { NN_DEVIATION_WITHOUT, "log:0", "is not a part of a run" },
    { NN_DEVIATION_WITHOUT, "log:1:", "is not a part of a run" },
    { NN_DEVIATION_WITHOUT, "log:9", "the log has 2 entries" },
    { NN_DEVIATION_WITHOUT, "nudge:2", "1 nudges repeat" },
    { NN_DEVIATION_WITHOUT, "log:1:fc9.weight", "no such parameter" },
    { NN_DEVIATION_WITHOUT, "log:1:fc2.bias", "does not change it, but fc1" },
    { NN_DEVIATION_WITHOUT, "log:2:fc1.bias", "no nudge" },
    { NN_DEVIATION_ZERO_MEMORY, "log:2", "no target" },
    { NN_DEVIATION_ZERO_MEMORY, "step:2", "is not a part of a run" },
    { NN_DEVIATION_ZERO_MEMORY, "log:1:fc1.bias", "is not a part of a run" },
    { NN_DEVIATION_NEXT_BATCH, "0", "not the number of a step" },
    { NN_DEVIATION_TENTH_RATE, "x", "not the number of a step" },
  };
  g_autoptr (NnExperiment) experiment = small_experiment (
      MSE ", 'nudges': ['fc1: pin'], 'log': [{'step': 5, 'do': 'nudge', 'nudge': "
          "'fc1: scale 2'}, {'step': 6, 'do': 'guard', 'guard': 'off'}]");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (NnDeviation) deviation = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_false (
        nn_deviation_parse (&deviation, cases[i].kind, cases[i].text, &error) &&
        nn_deviation_check (&deviation, experiment, &error));
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].why));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/account/numbers-are-runs", test_numbers_are_runs);
  g_test_add_func ("/nn/account/from-a-state", test_from_a_state);
  g_test_add_func ("/nn/account/permutation-does-nothing", test_permutation_does_nothing);
  g_test_add_func ("/nn/account/momentum-drags", test_momentum_drags);
  g_test_add_func ("/nn/account/outlier-is-named", test_outlier_is_named);
  g_test_add_func ("/nn/account/raised-rate", test_raised_rate);
  g_test_add_func ("/nn/account/parts", test_parts);
  g_test_add_func ("/nn/account/later-draws-stay", test_later_draws_stay);
  g_test_add_func ("/nn/account/cancelled", test_cancelled);
  g_test_add_func ("/nn/account/run-that-ends", test_run_that_ends);
  g_test_add_func ("/nn/account/refusals", test_refusals);
  return g_test_run ();
}
