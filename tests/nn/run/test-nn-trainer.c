/* test-nn-trainer.c - the seed experiment against PyTorch, and the section's promises
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/small-trainer.h"

/* What PyTorch's own float32 keeps to float64 on these runs, rounded up; see
 * golden/README.md. */
#define TOLERANCE 5e-5

static NnTrainer *
new_trainer (const char *demo, guint32 seed, const char *nudge)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);

  experiment->seed = seed;
  if (nudge)
    g_assert_true (nn_experiment_add_nudge (experiment, nudge, NULL, NULL));
  return nn_trainer_new (experiment, NULL);
}

static void
assert_parameters (NnTrainer *trainer, const json_t *expected)
{
  NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];
    gsize n;
    g_autofree float *values = golden_floats (expected, parameter->name, &n);

    g_assert_cmpmem (nn_network_get_values (network) + parameter->offset,
                     parameter->n_values * sizeof (float), values, n * sizeof (float));
  }
}

static void
assert_gradients (NnTrainer *trainer, const json_t *expected)
{
  NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *grad = nn_tensor_get_grad (nn_network_get_parameter (network, i));
    gsize n;
    g_autofree float *values =
        golden_floats (expected, architecture->parameters[i].name, &n);

    g_assert_cmpuint (nn_tensor_get_size (grad), ==, n);
    for (gsize k = 0; k < n; k++)
      g_assert_cmpfloat_with_epsilon (nn_tensor_get_values (grad)[k], values[k],
                                      1e-6f * (1 + fabsf (values[k])));
  }
}

static void
check_run (const char *demo, const json_t *run)
{
  const guint32 seed = (guint32) json_integer_value (json_object_get (run, "seed"));
  const json_t *losses = json_object_get (run, "losses");
  g_autoptr (NnTrainer) trainer = new_trainer (demo, seed, NULL);
  const NnDataset *dataset = nn_trainer_get_dataset (trainer);
  double farthest = 0;
  gsize n;
  g_autofree float *features = golden_floats (run, "features", &n);

  assert_parameters (trainer, json_object_get (run, "initial"));
  g_assert_cmpmem (dataset->table->inputs, dataset->n_examples * sizeof (float), features,
                   n * sizeof (float));
  g_assert_cmpuint (json_array_size (losses), ==, 1000);
  for (gsize step = 0; step < 1000; step++) {
    double expected = json_number_value (json_array_get (losses, step));

    g_assert_true (nn_trainer_step (trainer, NULL));
    if (step == 0)
      assert_gradients (trainer, json_object_get (run, "gradients"));
    farthest = MAX (farthest, fabs ((double) nn_trainer_get_loss (trainer) - expected));
  }
  g_test_message ("%s, seed %u: farthest from PyTorch %.3g", demo, seed, farthest);
  g_assert_cmpfloat (farthest, <=, TOLERANCE);
}

static void
test_follows_pytorch (gconstpointer data)
{
  const char *demo = data;
  g_autofree char *file = g_strconcat (demo, ".json", NULL);
  json_t *root = golden_load (file);
  const json_t *runs = json_object_get (root, "runs");

  g_assert_cmpuint (json_array_size (runs), ==, 10);
  for (gsize i = 0; i < json_array_size (runs); i++)
    check_run (demo, json_array_get (runs, i));
  json_decref (root);
}

/* Everything a section must leave alone, as bytes. */
static GBytes *
copy_all_but_values (NnTrainer *trainer)
{
  NnNetwork *network = nn_trainer_get_network (trainer);
  const NnOptimizer *adam = nn_trainer_get_optimizer (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const guint n_bytes = (guint) (architecture->n_values * sizeof (float));
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *parameter = nn_network_get_parameter (network, i);
    const NnTensor *grad = nn_tensor_get_grad (parameter);
    const guint8 flags[] = { (guint8) nn_tensor_get_requires_grad (parameter),
                             (guint8) nn_tensor_is_leaf (parameter), grad != NULL };

    g_byte_array_append (bytes, flags, sizeof flags);
    if (grad)
      g_byte_array_append (bytes, (const guint8 *) nn_tensor_get_values (grad),
                           (guint) (nn_tensor_get_size (grad) * sizeof (float)));
  }
  g_byte_array_append (bytes, (const guint8 *) nn_optimizer_get_moment (adam, 0),
                       n_bytes);
  g_byte_array_append (bytes, (const guint8 *) nn_optimizer_get_moment (adam, 1),
                       n_bytes);
  return g_byte_array_free_to_bytes (bytes);
}

static void
nudge (NnTrainer *trainer, const char *target, const char *expression, float amount)
{
  g_autoptr (NnNudge) fresh = nn_nudge_make (&(NnNudgeSpec){ .target = target,
                                                             .expression = expression,
                                                             .amount = amount,
                                                             .time.when = NN_WHEN_MANUAL,
                                                             .time.interval = 1 },
                                             NULL);

  g_assert_nonnull (fresh);
  small_trainer_nudge (trainer, fresh);
}

static void
test_section_leaves_the_rest_alone (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer ("seed", 1, NULL);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  float value;

  for (int i = 0; i < 20; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));
  before = copy_all_but_values (trainer);
  value = *nn_network_get_values (nn_trainer_get_network (trainer));
  nudge (trainer, "*", "w + a*w", 0.5f);
  after = copy_all_but_values (trainer);

  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpfloat (*nn_network_get_values (nn_trainer_get_network (trainer)), ==,
                     value + 0.5f * value);
}

/* The next step differentiates the changed weights: a run whose weights were set
 * by hand to the same values has the same gradients, to the bit. */
static void
test_next_gradients_are_those_of_the_changed_weights (void)
{
  g_autoptr (NnTrainer) nudged = new_trainer ("seed", 1, NULL);
  g_autoptr (NnTrainer) plain = new_trainer ("seed", 1, NULL);
  NnNetwork *network = nn_trainer_get_network (plain);
  const NnTensor *a = NULL, *b = NULL;
  g_autoptr (NnNudge) half = nn_nudge_make (&(NnNudgeSpec){ .target = "fc2",
                                                            .expression = "w/2",
                                                            .amount = 0,
                                                            .time.when = NN_WHEN_MANUAL,
                                                            .time.interval = 1 },
                                            NULL);

  small_trainer_nudge (nudged, half);
  for (gsize i = 2; i <= 3; i++) {
    NnTensor *parameter = nn_network_get_parameter (network, i);
    g_autoptr (NnTensor) data = nn_tensor_data (parameter);
    float *values = nn_tensor_write (data, NULL);

    for (gsize k = 0; k < nn_tensor_get_size (data); k++)
      values[k] /= 2;
  }
  g_assert_true (nn_trainer_step (nudged, NULL));
  g_assert_true (nn_trainer_step (plain, NULL));
  for (gsize i = 0; i < 6; i++) {
    a = nn_tensor_get_grad (
        nn_network_get_parameter (nn_trainer_get_network (nudged), i));
    b = nn_tensor_get_grad (nn_network_get_parameter (network, i));
    g_assert_cmpmem (nn_tensor_get_values (a), nn_tensor_get_size (a) * sizeof (float),
                     nn_tensor_get_values (b), nn_tensor_get_size (b) * sizeof (float));
  }
}

static void
test_refused_nudge_changes_no_byte (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer ("seed", 1, NULL);
  NnNetwork *network = nn_trainer_get_network (trainer);
  float before[17];
  gsize n;
  const NnLanding *landings;
  float loss = nn_trainer_get_loss (trainer);

  memcpy (before, nn_network_get_values (network), sizeof before);
  /* fc1 alone would do; that fc3 would not be finite must stop all of it. */
  nudge (trainer, "*", "w / (w - w)", 0);
  nudge (trainer, "fc3.bias", "w * 3e38 * 3e38", 0);
  nudge (trainer, "fc9", "w", 0);
  g_assert_cmpmem (nn_network_get_values (network), sizeof before, before, sizeof before);
  g_assert_cmpfloat (nn_trainer_get_loss (trainer), ==, loss);

  landings = nn_trainer_get_landings (trainer, &n);
  g_assert_cmpuint (n, ==, 3);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (landings[i].n_times, ==, 0);
  g_assert_nonnull (strstr (landings[0].refusal, "fc1.weight [0, 0]"));
  g_assert_nonnull (strstr (landings[1].refusal, "infinite"));
  g_assert_nonnull (strstr (landings[2].refusal, "fc1, fc2, fc3"));
}

static void
test_zero_effect_leaves_the_run_alone (void)
{
  g_autoptr (NnTrainer) nudged = new_trainer ("seed", 4, "*: w + a*w a=0");
  g_autoptr (NnTrainer) plain = new_trainer ("seed", 4, NULL);

  for (int i = 0; i < 500; i++) {
    g_assert_true (nn_trainer_step (nudged, NULL));
    g_assert_true (nn_trainer_step (plain, NULL));
    nudge (nudged, "*", "a*w", 1);
  }
  g_assert_cmpmem (
      nn_network_get_values (nn_trainer_get_network (nudged)), 17 * sizeof (float),
      nn_network_get_values (nn_trainer_get_network (plain)), 17 * sizeof (float));
}

static void
test_landing_says_when_and_what (void)
{
  g_autoptr (NnTrainer) trainer =
      new_trainer ("seed", 1, "fc2.weight: 2*w @ every 10 steps");
  const NnLanding *landings;
  gsize n;

  for (int i = 0; i < 25; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));
  nudge (trainer, "fc3.weight", "w - a*w", 0.5f);
  landings = nn_trainer_get_landings (trainer, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (landings[0].standing);
  g_assert_cmpuint (landings[0].first, ==, 10);
  g_assert_cmpuint (landings[0].last, ==, 20);
  g_assert_cmpuint (landings[0].n_times, ==, 2);
  g_assert_false (landings[1].standing);
  g_assert_cmpuint (landings[1].first, ==, 25);
  g_assert_cmpfloat (landings[1].loss_after, ==, (double) nn_trainer_evaluate (trainer));
  g_assert_cmpfloat (landings[1].loss_after, !=, landings[1].loss_before);
  g_assert_cmpfloat (nn_trainer_get_loss (trainer), ==, (float) landings[1].loss_after);

  /* The loss that was announced is the one the next forward pass sees. */
  g_assert_true (nn_trainer_step (trainer, NULL));
  landings = nn_trainer_get_landings (trainer, &n);
  g_assert_cmpfloat ((double) nn_trainer_get_loss (trainer), ==, landings[1].loss_after);
}

static void
test_reset_repeats_bits (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer ("seed-nudged", 7, NULL);
  NnNetwork *network = nn_trainer_get_network (trainer);
  float first[17];

  for (int i = 0; i < 300; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));
  memcpy (first, nn_network_get_values (network), sizeof first);
  nudge (trainer, "*", "w + a", 1);
  nn_trainer_reset (trainer);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 0);
  for (int i = 0; i < 300; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));
  g_assert_cmpmem (nn_network_get_values (network), sizeof first, first, sizeof first);
}

static void
test_divergence_stops_before_the_step (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer ("seed", 1, NULL);
  NnNetwork *network = nn_trainer_get_network (trainer);
  g_autoptr (GError) error = NULL;
  float before[17];

  g_assert_true (nn_trainer_step (trainer, NULL));
  nudge (trainer, "*", "w * 1e19", 0);
  memcpy (before, nn_network_get_values (network), sizeof before);
  g_assert_false (nn_trainer_step (trainer, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "step 2"));
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 1);
  g_assert_cmpmem (nn_network_get_values (network), sizeof before, before, sizeof before);
}

static void
test_unknown_layer_and_demo_are_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("sead", &error);

  g_assert_null (experiment);
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "seed, seed-nudged"));
  g_clear_error (&error);

  experiment = nn_experiment_new_demo ("seed", NULL);
  g_assert_false (nn_experiment_add_nudge (experiment, "fc4: w", NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "fc4"));
}

/* A frame shows the run as it is, and keeps showing it when the run goes on. */
static void
test_frame_is_a_copy (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer ("seed", 1, NULL);
  g_autoptr (NnFrame) frame = NULL;
  float before[17];
  float first_loss;

  g_assert_true (nn_trainer_step (trainer, NULL));
  first_loss = nn_trainer_get_loss (trainer);
  nudge (trainer, "fc1", "w + a", 1);
  frame = nn_frame_of_trainer (trainer);
  memcpy (before, nn_network_get_values (nn_trainer_get_network (trainer)),
          sizeof before);
  for (int i = 0; i < 10; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));

  g_assert_cmpuint (frame->step, ==, 1);
  g_assert_cmpmem (frame->values, sizeof before, before, sizeof before);
  g_assert_cmpfloat (frame->step_loss, ==, (double) first_loss);
  g_assert_cmpuint (frame->n_landings, ==, 1);
  g_assert_true (frame->probes.kind == NN_PROBES_LINE);
  g_assert_cmpfloat (frame->activations[0], ==, 0.0f);
  g_assert_cmpfloat (frame->activations[frame->probes.n - 1], ==, 1.0f);
  /* fc1's first unit at x = 0 is relu (bias). */
  g_assert_cmpfloat (frame->activations[frame->probes.n], ==, fmaxf (before[2], 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/nn/trainer/seed-follows-pytorch", "seed", test_follows_pytorch);
  g_test_add_data_func ("/nn/trainer/seed-nudged-follows-pytorch", "seed-nudged",
                        test_follows_pytorch);
  g_test_add_func ("/nn/trainer/section-leaves-the-rest-alone",
                   test_section_leaves_the_rest_alone);
  g_test_add_func ("/nn/trainer/next-gradients-are-those-of-the-changed-weights",
                   test_next_gradients_are_those_of_the_changed_weights);
  g_test_add_func ("/nn/trainer/refused-nudge-changes-no-byte",
                   test_refused_nudge_changes_no_byte);
  g_test_add_func ("/nn/trainer/zero-effect-leaves-the-run-alone",
                   test_zero_effect_leaves_the_run_alone);
  g_test_add_func ("/nn/trainer/landing-says-when-and-what",
                   test_landing_says_when_and_what);
  g_test_add_func ("/nn/trainer/reset-repeats-bits", test_reset_repeats_bits);
  g_test_add_func ("/nn/trainer/divergence-stops-before-the-step",
                   test_divergence_stops_before_the_step);
  g_test_add_func ("/nn/trainer/unknown-layer-and-demo-are-refused",
                   test_unknown_layer_and_demo_are_refused);
  g_test_add_func ("/nn/trainer/frame-is-a-copy", test_frame_is_a_copy);
  return g_test_run ();
}
