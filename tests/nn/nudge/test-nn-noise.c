/* test-nn-noise.c - nudges that draw random numbers, from a stream of their own
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-noise.h"

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-apply.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/small-trainer.h"

#define N_VALUES 59 /* of NETWORK (1) with two features */

static void
nudge_manually (NnTrainer *trainer, const char *text)
{
  g_autoptr (NnNudge) nudge = small_nudge (text);

  small_trainer_nudge (trainer, nudge);
}

/* 12 and 6 values, of torch.randn's two algorithms the small one, then 30 of the other,
 * and so on: each parameter is one call. */
static void
test_draws_parameter_by_parameter (void)
{
  static const gsize sizes[] = { 12, 6, 30, 5, 5, 1 };
  const guint32 seed = 9;
  g_autoptr (NnTrainer) trainer = small_trainer (MSE ", 'seed': 9");
  g_autoptr (NnRandom) random = nn_random_new (seed ^ 0x6e756467);
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));

  for (int round = 0; round < 3; round++) {
    const NnArchitecture *architecture =
        nn_network_get_architecture (nn_trainer_get_network (trainer));

    g_assert_cmpuint (architecture->n_parameters, ==, G_N_ELEMENTS (sizes));
    nudge_manually (trainer, "*: (noise)");
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
      float expected[N_VALUES];

      g_assert_cmpuint (architecture->parameters[i].n_values, ==, sizes[i]);
      nn_random_fill_normal (random, 0, 1, expected, sizes[i]);
      g_assert_cmpmem (values + architecture->parameters[i].offset, sizes[i] * 4,
                       expected, sizes[i] * 4);
    }
  }
}

/* The name alone is the catalogue's function; rand has no name there. */
static void
test_catalogue_comes_first (void)
{
  g_autoptr (NnNudge) named = small_nudge ("*: noise");
  g_autoptr (NnNudge) drawn = small_nudge ("*: (noise)");
  g_autoptr (NnNudge) uniform = small_nudge ("*: rand @ every 2 steps");
  g_autofree char *text = nn_nudge_dup_text (named);
  g_autofree char *drawn_text = nn_nudge_dup_text (drawn);
  g_autofree char *uniform_text = nn_nudge_dup_text (uniform);

  g_assert_cmpstr (text, ==, "*: w + a*noise a=0.01");
  g_assert_cmpstr (drawn_text, ==, "*: (noise)");
  g_assert_cmpstr (uniform_text, ==, "*: rand @ every 2 steps");
}

static void
assert_same_draws (NnNoise *one, NnNoise *other)
{
  float a[19], b[19];

  nn_random_fill_normal (nn_noise_get_random (one), 0, 1, a, 3);
  nn_random_fill_uniform (nn_noise_get_random (one), 0, 1, a + 3, 16);
  nn_random_fill_normal (nn_noise_get_random (other), 0, 1, b, 3);
  nn_random_fill_uniform (nn_noise_get_random (other), 0, 1, b + 3, 16);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
}

/* Also when the first parameters went well, and when the stream is in the middle of a
 * pair. */
static void
test_refused_nudge_draws_nothing (void)
{
  static const char *const refused[] = {
    "*: (rand + 1)/0", "*: 1/(w - 7) + noise",    "fc3: 1/(w - 7) + rand*noise",
    "fc9: noise",      "fc3.bias: noise/(w - w)",
  };
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  NnNetwork *network = nn_trainer_get_network (trainer);
  g_autoptr (NnNoise) noise = nn_noise_new (4);
  g_autoptr (NnNoise) plain = nn_noise_new (4);
  float scratch[N_VALUES];

  NN_NO_GRAD ()
  {
    for (gsize i = nn_network_get_architecture (network)->n_values; i-- > 53;)
      nn_network_write_values (network)[i] = 7;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (NnNudge) nudge = small_nudge (refused[i]);
    g_autoptr (GError) error = NULL;

    g_assert_false (nn_nudge_apply (
        nudge,
        &(NnNudgeContext){ .network = network, .noise = noise, .scratch = scratch }, NULL,
        &error));
    g_test_message ("%s", error->message);
    assert_same_draws (noise, plain);
  }
}

/* Shuffled data, drawn anew each epoch: with nudges that draw but change nothing, and
 * with some that are refused, the run is the same to the bit. */
static void
test_data_order_is_not_shifted (void)
{
  static const char *const nudges[] = {
    "*: w + 0*noise",
    "*: w + 0*rand*noise @ every 2 steps before backward",
    "fc1: w + 0*rand @ every epoch",
    "fc2.weight: noise/(w - w)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nudges); i++) {
    g_autoptr (NnTrainer) plain = small_trainer (MSE "," SHUFFLED);
    g_autoptr (NnTrainer) nudged = small_trainer (MSE "," SHUFFLED);

    small_trainer_add (nudged, nudges[i]);
    for (int k = 0; k < 20; k++) {
      small_trainer_steps (plain, 1);
      small_trainer_steps (nudged, 1);
      small_trainer_assert_same (plain, nudged);
    }
  }
}

/* The other way round: what a run draws for its data does not shift the nudges' numbers. */
static void
test_noise_is_not_shifted_by_the_data (void)
{
  g_autoptr (NnTrainer) early = small_trainer (MSE "," SHUFFLED);
  g_autoptr (NnTrainer) late = small_trainer (MSE "," SHUFFLED);
  NnNetwork *a = nn_trainer_get_network (early);
  NnNetwork *b = nn_trainer_get_network (late);

  small_trainer_steps (late, 9);
  nudge_manually (early, "*: (noise)");
  nudge_manually (late, "*: (noise)");
  g_assert_cmpmem (nn_network_get_values (a), N_VALUES * 4, nn_network_get_values (b),
                   N_VALUES * 4);
}

/* What a failed step's examples drew is undone with the rest of it. */
static void
test_failed_step_draws_nothing (void)
{
  static const char *const nudges[] = {
    "fc3.weight: (w + noise)*1e30 @ every example",
    "fc3.weight: (w + noise)*1e30 @ every example before backward",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nudges); i++) {
    g_autoptr (NnTrainer) plain = small_trainer (MSE "," SHUFFLED);
    g_autoptr (NnTrainer) nudged = small_trainer (MSE "," SHUFFLED);

    small_trainer_steps (plain, 3);
    small_trainer_steps (nudged, 3);
    small_trainer_add (nudged, nudges[i]);
    g_assert_false (nn_trainer_step (nudged, NULL));
    small_trainer_remove_first (nudged);
    nudge_manually (plain, "*: noise");
    nudge_manually (nudged, "*: noise");
    small_trainer_steps (plain, 5);
    small_trainer_steps (nudged, 5);
    small_trainer_assert_same (plain, nudged);
  }
}

/* No step in between: the stream's exact position is saved, in the middle of a pair. */
static void
test_state_has_the_stream (void)
{
  g_autoptr (NnTrainer) one = small_trainer (MSE);
  g_autoptr (NnTrainer) other = small_trainer (MSE);
  g_autoptr (NnTrainerState) state = NULL;

  nudge_manually (one, "fc3.bias: (noise)");
  state = nn_trainer_save (one);
  nudge_manually (one, "*: w + noise*rand");
  nudge_manually (other, "fc2: rand");
  nn_trainer_restore (other, state);
  nudge_manually (other, "*: w + noise*rand");
  small_trainer_assert_same (one, other);
}

static void
test_scratch_that_cannot_be_allocated_is_an_error (void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
  g_test_skip ("the sanitizer takes such a request for a bug");
#else
  g_autoptr (NnNoise) noise = nn_noise_new (1);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (nn_noise_reserve (noise, 15, NULL));
  g_assert_null (nn_noise_reserve (noise, G_MAXSSIZE / 4, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_MEMORY);
  g_assert_nonnull (nn_noise_reserve (noise, 15, NULL));
#endif
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/noise/draws-parameter-by-parameter",
                   test_draws_parameter_by_parameter);
  g_test_add_func ("/nn/noise/catalogue-comes-first", test_catalogue_comes_first);
  g_test_add_func ("/nn/noise/refused-nudge-draws-nothing",
                   test_refused_nudge_draws_nothing);
  g_test_add_func ("/nn/noise/data-order-is-not-shifted", test_data_order_is_not_shifted);
  g_test_add_func ("/nn/noise/noise-is-not-shifted-by-the-data",
                   test_noise_is_not_shifted_by_the_data);
  g_test_add_func ("/nn/noise/failed-step-draws-nothing", test_failed_step_draws_nothing);
  g_test_add_func ("/nn/noise/state-has-the-stream", test_state_has_the_stream);
  g_test_add_func ("/nn/noise/scratch-that-cannot-be-allocated-is-an-error",
                   test_scratch_that_cannot_be_allocated_is_an_error);
  return g_test_run ();
}
