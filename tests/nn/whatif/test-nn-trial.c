/* test-nn-trial.c - trying nudges on a state of a run that is kept aside
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-trial.h"

#include <math.h>

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/small-trainer.h"

/* The ways in which batches go through a run. */
static const struct {
  const char *keys;
  const char *standing; /* (nullable) */
} runs[] = {
  { MSE, NULL },
  { MSE ", 'batch': {'size': 5}", "fc1: noise a=0.01" },
  { MSE "," SHUFFLED, "fc2.weight: w + a*rand @ every 2 steps a=0.01" },
  { MSE "," SHUFFLED, "fc1.weight: w + a*noise @ every example a=0.001" },
  { MSE "," SHUFFLED, "*: w - a*w @ every step before backward a=0.01" },
  { MSE "," SHUFFLED, "fc1.bias: 0.5*(w + before) @ every 3 steps" }, /* so it is kept */
  { MSE "," SHUFFLED, "fc1, fc2.weight: m = 0.8*m + 0.2*w @ every 2 steps" },
};

static const char *const nudges[] = {
  "fc1.weight: w + a*w a=1",
  "fc2: a*w a=1",
  "*: w + a*noise a=1",
  "fc3: w + a*(rand - 0.5) + noise*0.01 a=1",
  "fc1.weight[2:4]: w + a*g a=1 memory=zero",
  "fc2.weight[:,1]: w0 * a + before - n a=1 memory=zero-all",
  "fc1.weight: fresh + a*shuffled a=1",
  "*: w + a*(m - w) a=1",
  "fc2.weight[1:]: m = w; w = a*m a=1",
  "fc1: m = a*m a=1",
  "fc2.bias: w / (a - a) a=1",  /* refused */
  "*.weight: w * a * 1e38 a=1", /* refused, or a loss that is not finite */
  "nowhere: w + a a=1",         /* no such layer */
};

static const float amounts[] = { -1, 0, 0.01f, 0.5f, 100 };

static NnNudge *
parse (const char *text, float amount)
{
  g_autoptr (GError) error = NULL;
  NnNudge *nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  nudge->amount = amount; /* it is not shared yet */
  return nudge;
}

static NnTrainer *
new_run (gsize index)
{
  NnTrainer *trainer = small_trainer (runs[index].keys);

  if (runs[index].standing)
    small_trainer_add (trainer, runs[index].standing);
  return trainer;
}

/* Applies the nudge in the run itself, compares, and restores the run. */
static void
assert_as_landed (NnTrainer *trainer, NnTrial *trial, const char *text, float amount)
{
  g_autoptr (NnNudge) nudge = parse (text, amount);
  g_autoptr (NnPreview) preview = nn_trial_preview (trial, nudge);
  g_autoptr (NnTrainerState) state = nn_trainer_save (trainer);
  g_autoptr (GError) error = NULL;
  const float tried = nn_trial_try (trial, nudge, amount, &error);
  g_autoptr (NnFrame) frame = NULL;
  const NnLanding *landing;
  gsize n_landings;

  small_trainer_nudge (trainer, nudge);
  landing = &nn_trainer_get_landings (trainer, &n_landings)[0];
  landing += n_landings - 1;
  g_assert_cmpstr (preview->refusal, ==, landing->refusal);
  g_assert_true (preview->nudge == nudge);
  g_assert_cmpuint (preview->step, ==, nn_trainer_get_n_steps (trainer));
  if (landing->refusal) {
    g_assert_nonnull (error);
    g_assert_true (isnan (tried) && isnan (preview->loss));
  } else {
    g_assert_no_error (error);
    small_trainer_assert_same_loss (tried, nn_trainer_evaluate (trainer));
    small_trainer_assert_same_loss ((float) preview->loss, tried);
  }
  frame = nn_frame_of_trainer (trainer);
  g_assert_cmpmem (preview->values, preview->n_values * sizeof (float), frame->values,
                   frame->architecture->n_values * sizeof (float));
  g_assert_cmpmem (preview->activations, preview->n_activations * sizeof (float),
                   frame->activations,
                   frame->architecture->n_units * frame->probes.n * sizeof (float));
  nn_trainer_restore (trainer, state);
}

static void
test_tries_as_landing_does (void)
{
  for (gsize r = 0; r < G_N_ELEMENTS (runs); r++) {
    g_autoptr (NnTrainer) trainer = new_run (r);
    g_autoptr (NnTrial) trial = nn_trial_new (trainer);

    for (int step = 0; step < 9; step++) { /* two epochs and a bit */
      nn_trial_begin (trial);
      g_assert_cmpuint (nn_trial_get_step (trial), ==, (guint64) step);
      for (gsize n = 0; n < G_N_ELEMENTS (nudges); n++)
        for (gsize a = 0; a < G_N_ELEMENTS (amounts); a++)
          assert_as_landed (trainer, trial, nudges[n], amounts[a]);
      small_trainer_steps (trainer, 1);
    }
  }
}

static void
test_state_stays_while_the_run_goes_on (void)
{
  for (gsize r = 0; r < G_N_ELEMENTS (runs); r++) {
    g_autoptr (NnTrainer) trainer = new_run (r);
    g_autoptr (NnTrial) trial = nn_trial_new (trainer);

    small_trainer_steps (trainer, 3);
    nn_trial_begin (trial);
    for (gsize n = 0; n < G_N_ELEMENTS (nudges); n++) {
      g_autoptr (NnNudge) nudge = parse (nudges[n], 0.25f);
      const float before = nn_trial_try (trial, nudge, 0.25f, NULL);

      small_trainer_steps (trainer, 1);
      small_trainer_assert_same_loss (nn_trial_try (trial, nudge, 0.25f, NULL), before);
    }
    g_assert_cmpuint (nn_trial_get_step (trial), ==, 3);
  }
}

static guint
sum_versions (const NnTrainer *trainer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  guint sum = 0;

  for (gsize i = 0; i < nn_network_get_architecture (network)->n_parameters; i++)
    sum += nn_tensor_get_version (nn_network_get_parameter (network, i));
  return sum;
}

/* The twin is never asked anything. Its nudges by hand draw from the same stream. */
static void
test_nothing_is_changed (void)
{
  for (gsize r = 0; r < G_N_ELEMENTS (runs); r++) {
    g_autoptr (NnTrainer) trainer = new_run (r);
    g_autoptr (NnTrainer) twin = new_run (r);
    g_autoptr (NnTrial) trial = nn_trial_new (trainer);
    g_autoptr (NnNudge) noise = parse ("*: w + a*noise", 0.01f);

    for (int step = 0; step < 9; step++) {
      nn_trial_begin (trial);
      for (gsize n = 0; n < G_N_ELEMENTS (nudges); n++) {
        g_autoptr (NnNudge) nudge = parse (nudges[n], 0.5f);

        nn_preview_free (nn_trial_preview (trial, nudge));
      }
      small_trainer_assert_same (trainer, twin);
      g_assert_cmpuint (sum_versions (trainer), ==, sum_versions (twin));
      small_trainer_nudge (trainer, noise);
      small_trainer_nudge (twin, noise);
      small_trainer_steps (trainer, 1);
      small_trainer_steps (twin, 1);
      small_trainer_assert_same (trainer, twin);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/trial/tries-as-landing-does", test_tries_as_landing_does);
  g_test_add_func ("/nn/trial/state-stays-while-the-run-goes-on",
                   test_state_stays_while_the_run_goes_on);
  g_test_add_func ("/nn/trial/nothing-is-changed", test_nothing_is_changed);
  return g_test_run ();
}
