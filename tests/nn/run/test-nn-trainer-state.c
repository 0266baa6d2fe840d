/* test-nn-trainer-state.c - the same bits, whichever way a run is walked or resumed
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer.h"

#include <math.h>

#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/small-trainer.h"

#define INLINE                                                                           \
  "'data': {'source': 'inline', 'inputs': [[0, 1], [2, -1], [-1, 3], [1, 1]],"           \
  " 'targets': [[1], [0], [2], [-1]]}"

/* Of every kind there is, with whole batches, walked ones and random nudges. */
static const char *const experiments[] = {
  "'data': {'source': 'uniform', 'examples': 3, 'features': 1}," NETWORK (
      1) ", 'loss': {'type': 'squared_sum', 'target': 5}",
  MSE "," SHUFFLED ", 'nudges': ['fc2: w + a*w @ every 2 steps before backward a=0.1']",
  MOONS "," NETWORK (2) ", 'loss': {'type': 'cross_entropy'}, 'batch': {'size': 7}",
  MOONS "," NETWORK (1) ", 'loss': {'type': 'bce_logits'}," SHUFFLED
                        ", 'nudges': ['*: w - a*w @ every epoch a=0.01']",
  INLINE "," NETWORK (1) ", 'loss': {'type': 'huber'}, 'batch': {'size': 3}",
  MSE "," SHUFFLED ", 'nudges': ['fc1: w + a*w @ every example a=0.01']",
  MSE ", 'batch': {'size': 5, 'shuffle': 'dataloader'}",
  MOONS "," WITHOUT_BIAS ", 'loss': {'type': 'mse'}, 'batch': {'size': 7},"
        " 'nudges': ['fc1: w + a*noise @ every 2 steps a=0.01']",
  INLINE "," NETWORK (1) ", 'loss': {'type': 'l1'}, 'batch': {'size': 3},"
                         " 'nudges': ['fc3: w - a*w @ every example before backward"
                         " a=0.01']",
  MSE "," SHUFFLED ", 'nudges': ['*: w + a*noise @ every 2 steps a=0.01',"
      " 'fc1: w*(1 + 0.01*(rand - rand)) @ every step before backward']",
  MSE "," SHUFFLED ", 'nudges': ['*: noise @ every example before backward',"
      " 'fc1.bias: w + 0.1*rand @ every example']",
  MSE "," SHUFFLED ", 'nudges': ['fc1, fc2.bias: ema a=0.9', '*.weight: lookahead @ every"
      " 3 steps', 'fc2[1]: m = m + 0.1*noise @ every example']",
};

static NnTrainer *
new_for_optimizer (NnOptimizerType type)
{
  g_autofree char *optimizer = small_dup_optimizer (type);
  g_autofree char *keys = g_strconcat (MSE "," SHUFFLED ",", optimizer, NULL);

  return small_trainer (keys);
}

/* Another trainer of the same experiment, which was elsewhere before, takes over. */
static void
check_taking_over (NnTrainer *one, NnTrainer *other)
{
  g_autoptr (NnTrainerState) state = nn_trainer_save (one);

  nn_trainer_restore (other, state);
  small_trainer_assert_same (one, other);
  g_assert_cmpfloat (nn_trainer_evaluate (one), ==, nn_trainer_evaluate (other));
  for (int i = 0; i < 10; i++) {
    small_trainer_steps (one, 1);
    small_trainer_steps (other, 1);
    small_trainer_assert_same (one, other);
  }
}

static void
test_another_goes_on_with_each_optimizer (gconstpointer data)
{
  const NnOptimizerType type = (NnOptimizerType) GPOINTER_TO_UINT (data);

  for (guint n_before = 0; n_before < 10; n_before++) {
    g_autoptr (NnTrainer) one = new_for_optimizer (type);
    g_autoptr (NnTrainer) other = new_for_optimizer (type);

    small_trainer_steps (one, n_before);
    small_trainer_steps (other, 3);
    check_taking_over (one, other);
  }
}

static void
test_another_goes_on (gconstpointer experiment)
{
  for (guint n_before = 0; n_before < 10; n_before++) {
    g_autoptr (NnTrainer) one = small_trainer (experiment);
    g_autoptr (NnTrainer) other = small_trainer (experiment);

    small_trainer_steps (one, n_before);
    small_trainer_steps (other, 3);
    check_taking_over (one, other);
  }
}

/* Going back and again: what the first time gave, whatever was done in between. */
static void
test_goes_back_to_what_was (gconstpointer experiment)
{
  g_autoptr (NnTrainer) trainer = small_trainer (experiment);
  g_autoptr (NnTrainerState) state = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: w + a a=1", NULL);
  float losses[12];

  small_trainer_steps (trainer, 6);
  state = nn_trainer_save (trainer);
  for (int round = 0; round < 4; round++) {
    for (gsize i = 0; i < G_N_ELEMENTS (losses); i++) {
      small_trainer_steps (trainer, 1);
      if (round == 0)
        losses[i] = nn_trainer_get_loss (trainer);
      g_assert_cmpfloat (nn_trainer_get_loss (trainer), ==, losses[i]);
    }
    small_trainer_nudge (trainer, nudge);
    for (int i = 0; i < 5 * round; i++) /* into the middle of a step, too */
      g_assert_true (nn_trainer_advance (trainer, NULL));
    nn_trainer_restore (trainer, state);
    g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 6);
  }
}

static void
test_phases_make_a_step (gconstpointer experiment)
{
  const gboolean walks = strstr (experiment, "every example") != NULL;
  g_autoptr (NnTrainer) stepped = small_trainer (experiment);
  g_autoptr (NnTrainer) walked = small_trainer (experiment);

  for (guint step = 1; step <= 9; step++) {
    gsize n_times[NN_PHASE_SECTION + 1] = { 0 };
    NnPhase phase;

    do {
      phase = nn_trainer_get_phase (walked);
      n_times[phase]++;
      g_assert_cmpuint (nn_trainer_get_n_steps (walked), ==, step - 1);
      g_assert_true (nn_trainer_advance (walked, NULL));
      if (phase < NN_PHASE_BACKWARD)
        g_assert_cmpint (nn_trainer_get_phase (walked), ==, phase + 1);
    } while (phase != NN_PHASE_SECTION);

    g_assert_cmpuint (n_times[NN_PHASE_FORWARD], >=, 1);
    g_assert_cmpuint (n_times[NN_PHASE_FORWARD], <=, walks ? 5 : 1);
    g_assert_cmpuint (n_times[NN_PHASE_BEFORE_BACKWARD], ==, n_times[NN_PHASE_FORWARD]);
    g_assert_cmpuint (n_times[NN_PHASE_BACKWARD], ==, n_times[NN_PHASE_FORWARD]);
    g_assert_cmpuint (n_times[NN_PHASE_OPTIMIZER], ==, 1);
    small_trainer_steps (stepped, 1);
    small_trainer_assert_same (stepped, walked);
  }
}

/* A second run, in between which another one is looked at from all sides. */
static void
test_same_experiment_same_bits (gconstpointer experiment)
{
  g_autoptr (NnTrainer) one = small_trainer (experiment);
  g_autoptr (NnTrainer) watched = small_trainer (experiment);
  const float first = nn_trainer_get_loss (one);

  for (int i = 0; i < 30; i++) {
    g_autoptr (NnFrame) frame = NULL;
    float next;

    small_trainer_steps (one, 1);
    next = nn_trainer_evaluate (watched);
    nn_trainer_evaluate_held_out (watched);
    frame = nn_frame_of_trainer (watched);
    nn_trainer_state_free (nn_trainer_save (watched));
    small_trainer_steps (watched, 1);
    if (!strstr (experiment, "every example")) /* where weights change within a step */
      g_assert_cmpfloat (nn_trainer_get_loss (watched), ==, next);
    small_trainer_assert_same (one, watched);
  }
  g_assert_cmpfloat (nn_trainer_get_loss (one), !=, first);
}

static void
test_reset_repeats_bits (gconstpointer experiment)
{
  g_autoptr (NnTrainer) trainer = small_trainer (experiment);
  g_autoptr (NnTrainer) fresh = small_trainer (experiment);

  for (int n_phases = 0; n_phases < 9; n_phases++) {
    small_trainer_steps (trainer, 2);
    for (int i = 0; i < n_phases; i++) /* in the middle of a step, too */
      g_assert_true (nn_trainer_advance (trainer, NULL));
    nn_trainer_reset (trainer);
    nn_trainer_reset (fresh);
    for (int i = 0; i < 7; i++) {
      small_trainer_assert_same (trainer, fresh);
      small_trainer_steps (trainer, 1);
      small_trainer_steps (fresh, 1);
    }
  }
}

/* w ← w − lr g with the rate that was set last; setting what is set changes no bit. */
static void
test_learning_rate_changes_between_steps (void)
{
  static const char keys[] = MSE ", 'optimizer': {'type': 'sgd', 'lr': 0.125}";
  static const double rates[] = { 0.125, 0.5, 0, 0.0625 };
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const gsize n = nn_network_get_architecture (network)->n_values;
  NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);

  for (gsize k = 0; k < G_N_ELEMENTS (rates); k++) {
    NnOptimizerSettings settings = *nn_optimizer_get_settings (optimizer);
    g_autofree float *before = g_memdup2 (nn_network_get_values (network), n * 4);
    g_autoptr (GArray) grads = NULL;

    settings.lr = rates[k];
    g_assert_true (nn_optimizer_set_settings (optimizer, &settings, NULL));
    small_trainer_steps (trainer, 1);
    grads = small_trainer_copy_grads (trainer);
    for (gsize i = 0; i < n; i++) {
      const double step = rates[k] * (double) g_array_index (grads, float, i);

      g_assert_cmpfloat (fabs ((double) nn_network_get_values (network)[i] -
                               ((double) before[i] - step)),
                         <=, 0x1p-24 * fabs ((double) before[i]) + 0x1p-24 * fabs (step));
    }
    g_assert_cmpfloat (g_array_index (grads, float, n - 1), !=, 0);
  }
}

static void
test_setting_the_same_rate_changes_no_bit (gconstpointer data)
{
  g_autoptr (NnTrainer) plain =
      new_for_optimizer ((NnOptimizerType) GPOINTER_TO_UINT (data));
  g_autoptr (NnTrainer) set =
      new_for_optimizer ((NnOptimizerType) GPOINTER_TO_UINT (data));
  NnOptimizer *optimizer = nn_trainer_get_optimizer (set);
  const NnOptimizerSettings settings = *nn_optimizer_get_settings (optimizer);

  for (int i = 0; i < 10; i++) {
    NnOptimizerSettings other = settings;

    other.lr *= 3;
    g_assert_true (nn_optimizer_set_settings (optimizer, &other, NULL));
    g_assert_true (nn_optimizer_set_settings (optimizer, &settings, NULL));
    small_trainer_steps (plain, 1);
    small_trainer_steps (set, 1);
    small_trainer_assert_same (plain, set);
  }
}

/* mean ((w x + b − y)²) over the rows behind those that are trained on. */
static void
test_held_out_loss_is_of_what_is_held_out (void)
{
  static const char keys[] =
      MOONS ", 'network': {'layers': [{'units': 1}]}, 'loss': {'type': 'mse'}," SHUFFLED;
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  const NnDataset *data = nn_trainer_get_dataset (trainer);
  const float *w = nn_network_get_values (nn_trainer_get_network (trainer));

  g_assert_cmpuint (data->n_training, ==, 18);
  for (int step = 0; step < 6; step++) {
    double sum = 0;

    for (gsize i = data->n_training; i < data->n_examples; i++) {
      float x[2];

      nn_dataset_read_inputs (data, i, x);
      const double out = (double) w[0] * (double) x[0] + (double) w[1] * (double) x[1];

      sum += pow (out + (double) w[2] - (double) *nn_dataset_get_targets (data, i), 2);
    }
    g_assert_cmpfloat_with_epsilon ((double) nn_trainer_evaluate_held_out (trainer),
                                    sum / 5, 1e-6);
    small_trainer_steps (trainer, 1);
  }
}

static void
test_nothing_held_out_has_no_loss (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (experiments[0]);

  g_assert_true (isnan (nn_trainer_evaluate_held_out (trainer)));
}

static void
add_for_each_experiment (const char *property, GTestDataFunc test)
{
  for (gsize i = 0; i < G_N_ELEMENTS (experiments); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/trainer-state/%" G_GSIZE_FORMAT "/%s", i, property);

    g_test_add_data_func (path, experiments[i], test);
  }
}

static void
add_for_each_optimizer (const char *property, GTestDataFunc test)
{
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/trainer-state/%s/%s", nn_optimizer_get_name (i), property);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_experiment ("another-goes-on", test_another_goes_on);
  add_for_each_experiment ("goes-back-to-what-was", test_goes_back_to_what_was);
  add_for_each_experiment ("phases-make-a-step", test_phases_make_a_step);
  add_for_each_experiment ("same-experiment-same-bits", test_same_experiment_same_bits);
  add_for_each_experiment ("reset-repeats-bits", test_reset_repeats_bits);
  add_for_each_optimizer ("another-goes-on", test_another_goes_on_with_each_optimizer);
  add_for_each_optimizer ("setting-the-same-rate-changes-no-bit",
                          test_setting_the_same_rate_changes_no_bit);
  g_test_add_func ("/nn/trainer-state/learning-rate-changes-between-steps",
                   test_learning_rate_changes_between_steps);
  g_test_add_func ("/nn/trainer-state/held-out-loss-is-of-what-is-held-out",
                   test_held_out_loss_is_of_what_is_held_out);
  g_test_add_func ("/nn/trainer-state/nothing-held-out-has-no-loss",
                   test_nothing_held_out_has_no_loss);
  return g_test_run ();
}
