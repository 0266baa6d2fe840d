/* test-nn-trainer-nudges.c - nudges in the middle of a step, and steps that fail
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/run/nn-trainer.h"

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/model/nn-loss.h"
#include "nn/nudge/nn-apply.h"
#include "tests/nn/small-trainer.h"

/* Every activation, so that each one's backward reads what a nudge changed. */
#define DEEP                                                                             \
  MOONS ", 'network': {'layers': [{'units': 6, 'activation': 'tanh'},"                   \
        " {'units': 5, 'activation': 'gelu'}, {'units': 4, 'activation': 'leaky_relu'}," \
        " {'units': 5, 'activation': 'softplus'},"                                       \
        " {'units': 6, 'activation': 'sigmoid'}, {'units': 9, 'activation': 'relu'},"    \
        " {'units': 1}]}, 'loss': {'type': 'mse'}," SHUFFLED

/* ---- before backward --------------------------------------------------------------- */

/* Walks on until the optimizer's turn in step @step. */
static void
walk_to_optimizer (NnTrainer *trainer, guint step)
{
  small_trainer_steps (trainer, step - 1 - (guint) nn_trainer_get_n_steps (trainer));
  while (nn_trainer_get_phase (trainer) != NN_PHASE_OPTIMIZER)
    g_assert_true (nn_trainer_advance (trainer, NULL));
}

/* Whether the gradients of step 4, with @nudges before its backward pass, are to the bit
 * those of a step without them. */
static gboolean
section_leaves_gradients (const char *guard, const char *const *nudges)
{
  g_autofree char *keys = g_strdup_printf ("%s, 'guard': '%s'", DEEP, guard);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autoptr (NnTrainer) nudged = small_trainer (keys);
  g_autoptr (GArray) expected = NULL;
  g_autoptr (GArray) grads = NULL;
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;

  for (; *nudges; nudges++)
    small_trainer_add (nudged, *nudges);
  walk_to_optimizer (plain, 4);
  walk_to_optimizer (nudged, 4);
  expected = small_trainer_copy_grads (plain);
  grads = small_trainer_copy_grads (nudged);
  a = small_trainer_copy_run (plain);
  b = small_trainer_copy_run (nudged);
  g_assert_false (g_bytes_equal (a, b)); /* the nudges did land */
  g_assert_cmpfloat (g_array_index (expected, float, 0), !=, 0);
  return memcmp (grads->data, expected->data, grads->len * sizeof (float)) == 0;
}

static const char *const sections[][3] = {
  { "*: w + a*w @ step 4 before backward a=0.5" },
  { "fc4.weight: 0-w @ step 4 before backward" },
  { "*.bias: w + a @ step 4 before backward a=1" },
  { "fc1: w*2 @ every 2 steps before backward",
    "fc1: w/2 + a @ every 2 steps before backward a=0.25" },
  { "*: w*2 @ step 4 before backward", "*.weight: 0-w @ step 4 before backward" },
};

static void
test_shield_keeps_gradients (void)
{
  /* Every second step: an earlier step's nudge would change this one's gradients. */
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (i != 3)
      g_assert_true (section_leaves_gradients ("shield", sections[i]));
  g_assert_false (section_leaves_gradients ("shield", sections[3]));
}

/* Off, backward reads what is there: the weights, but no bias. */
static void
test_off_lets_them_change (void)
{
  g_assert_false (section_leaves_gradients ("off", sections[0]));
  g_assert_false (section_leaves_gradients ("off", sections[1]));
  g_assert_true (section_leaves_gradients ("off", sections[2]));
  g_assert_false (section_leaves_gradients ("off", sections[4]));
}

/* Nudges land at once, and the next step is one of the weights as they then are: as if
 * applied by hand behind backward. They take turns, on layers of several sizes. */
static void
test_shielded_nudge_lands (void)
{
  static const char keys[] = DEEP ", 'optimizer': {'type': 'sgd', 'lr': 0.5}";
  static const char *const texts[] = {
    "fc7: w*2 @ every 2 steps before backward",
    "fc6: w - a*w @ every 3 steps before backward a=0.5",
    "*: w + a*w @ every 5 steps before backward a=0.25",
  };
  g_autoptr (NnTrainer) trainer = small_trainer (keys);
  g_autoptr (NnTrainer) manual = small_trainer (keys);
  const NnNudge *nudges[G_N_ELEMENTS (texts)];
  float scratch[256];

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    nudges[i] = small_trainer_add (trainer, texts[i]);
  for (guint step = 1; step <= 30; step++) {
    walk_to_optimizer (manual, step);
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      if (step % nudges[i]->time.interval == 0)
        g_assert_true (
            nn_nudge_apply (nudges[i],
                            &(NnNudgeContext){ .network = nn_trainer_get_network (manual),
                                               .scratch = scratch },
                            NULL, NULL));
    small_trainer_steps (manual, 1);
    small_trainer_steps (trainer, 1);
    small_trainer_assert_same (trainer, manual);
  }
}

/* PyTorch's rule: a weight that the layer below needs may not change, and the step that
 * finds out has not happened. Once the nudge is gone the run goes on as without it. */
static void
test_check_refuses_the_step (void)
{
  g_autoptr (NnTrainer) plain = small_trainer (DEEP ", 'guard': 'check'");
  g_autoptr (NnTrainer) nudged = small_trainer (DEEP ", 'guard': 'check'");
  g_autoptr (GBytes) before = NULL;

  small_trainer_add (nudged, "fc4.weight: w*2 @ every 4 steps before backward");
  small_trainer_steps (plain, 3);
  small_trainer_steps (nudged, 3);
  before = small_trainer_copy_run (plain);
  for (int attempt = 0; attempt < 2; attempt++) {
    g_autoptr (GBytes) after = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_false (nn_trainer_step (nudged, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, "step 4: fc4.weight"));
    g_assert_nonnull (strstr (error->message, "softplus"));
    g_assert_nonnull (strstr (error->message, "at version"));
    after = small_trainer_copy_run (nudged);
    g_assert_true (g_bytes_equal (before, after));
    g_assert_cmpint (nn_trainer_get_phase (nudged), ==, NN_PHASE_FORWARD);
  }
  g_assert_false (nn_trainer_step (nudged, NULL));
  small_trainer_remove_first (nudged);
  small_trainer_steps (plain, 7);
  small_trainer_steps (nudged, 7);
  small_trainer_assert_same (plain, nudged);
}

/* A bias is read by no backward pass, nor is the first layer's weight, as data want
 * no gradient. */
static void
test_check_lets_pass_what_is_not_needed (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (DEEP ", 'guard': 'check'");

  small_trainer_add (trainer, "*.bias: w + a @ every step before backward a=0.1");
  small_trainer_add (trainer, "fc1.weight: w/2 @ every step before backward");
  small_trainer_steps (trainer, 10);
}

/* ---- no effect --------------------------------------------------------------------- */

/* One that does nothing, whenever, and one that is refused each time leave the same bits. */
static void
check_no_effect (const char *keys, const char *when, gboolean alone)
{
  g_autoptr (NnTrainer) nudged = small_trainer (keys);
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autofree char *nothing = g_strdup_printf ("*: w + a*w @ %s a=0", when);
  g_autofree char *refused = g_strdup_printf ("*: w / (w - w) @ %s", when);

  small_trainer_add (nudged, nothing);
  if (!alone)
    small_trainer_add (plain, refused);
  for (int i = 0; i < 20; i++) {
    small_trainer_steps (nudged, 1);
    small_trainer_steps (plain, 1);
    small_trainer_assert_same (nudged, plain);
  }
}

static void
test_zero_effect_leaves_all_bits (void)
{
  static const char *const whens[] = { "every step", "every 3 steps", "step 5",
                                       "every epoch" };

  for (gsize i = 0; i < G_N_ELEMENTS (whens); i++) {
    g_autofree char *before = g_strconcat (whens[i], " before backward", NULL);

    check_no_effect (DEEP, whens[i], TRUE);
    check_no_effect (DEEP, before, TRUE);
    check_no_effect (DEEP ", 'guard': 'off'", before, TRUE);
  }
}

/* Walking a batch adds its gradients up in another order than taking it whole. So there
 * the other run is walked too, or a batch is one example. */
static void
test_zero_effect_on_every_example_leaves_all_bits (void)
{
  static const char ones[] = MOONS
      "," NETWORK (1) ", 'loss': {'type': 'mse'}, 'batch': {'size': 1, 'shuffle': true}";

  check_no_effect (DEEP, "every example", FALSE);
  check_no_effect (DEEP, "every example before backward", FALSE);
  check_no_effect (ones, "every example", TRUE);
  check_no_effect (ones, "every example before backward", TRUE);
}

/* ---- every example ----------------------------------------------------------------- */

#define SMALL_BATCH                                                                      \
  "'data': {'source': 'uniform', 'examples': 3, 'features': 2}," NETWORK (               \
      1) ", 'loss': {'type': 'squared_sum', 'target': 5},"                               \
         " 'optimizer': {'type': 'sgd', 'lr': 0.05}"

/* Example @index alone, in the least number of columns. */
static NnTensor *
new_example (const NnDataset *data, gsize index)
{
  NnTensor *x = nn_tensor_new (2, (const gsize[]){ 2, 4 });

  for (gsize i = 0; i < 8; i++)
    nn_tensor_write (x, NULL)[i] = data->table->inputs[2 * index + i / 4];
  return x;
}

/* One step: forward, @before_backward, backward and @section for each example, a third
 * of its gradient each, and then the optimizer.
 *
 * Returns: the mean of the examples' losses */
static float
step_manually (NnTrainer *trainer, const NnNudge *before_backward, const NnNudge *section)
{
  const NnLoss loss = { .type = NN_LOSS_SQUARED_SUM, .target = 5 };
  NnNetwork *network = nn_trainer_get_network (trainer);
  float scratch[64];
  double sum = 0;

  nn_network_clear_grads (network);
  for (gsize i = 0; i < 3; i++) {
    g_autoptr (NnTensor) x = new_example (nn_trainer_get_dataset (trainer), i);
    g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
    NnTensor *out = nn_network_forward (network, tape, x, NULL);
    NnTensor *result = nn_loss_forward (&loss, tape, out, NULL, 1);

    sum += (double) *nn_tensor_get_values (result);
    if (before_backward)
      g_assert_true (nn_nudge_apply (
          before_backward, &(NnNudgeContext){ .network = network, .scratch = scratch },
          NULL, NULL));
    g_assert_true (nn_tape_backward (tape, result, 1 / 3.0f, NULL));
    if (section)
      g_assert_true (nn_nudge_apply (
          section, &(NnNudgeContext){ .network = network, .scratch = scratch }, NULL,
          NULL));
  }
  nn_optimizer_step (nn_trainer_get_optimizer (trainer));
  return (float) (sum / 3);
}

static void
check_walking (const char *before_backward_text, const char *section_text)
{
  g_autoptr (NnTrainer) trainer = small_trainer (SMALL_BATCH);
  g_autoptr (NnTrainer) manual = small_trainer (SMALL_BATCH);
  const gsize n_values =
      nn_network_get_architecture (nn_trainer_get_network (trainer))->n_values;
  const NnNudge *before_backward =
      before_backward_text ? small_trainer_add (trainer, before_backward_text) : NULL;
  const NnNudge *section =
      section_text ? small_trainer_add (trainer, section_text) : NULL;

  g_assert_cmpuint (n_values, <=, 64);
  for (int i = 0; i < 5; i++) {
    g_autoptr (GArray) grads = NULL;
    g_autoptr (GArray) expected = NULL;
    const float loss = step_manually (manual, before_backward, section);

    small_trainer_steps (trainer, 1);
    g_assert_cmpfloat (nn_trainer_get_loss (trainer), ==, loss);
    grads = small_trainer_copy_grads (trainer);
    expected = small_trainer_copy_grads (manual);
    g_assert_cmpfloat (g_array_index (expected, float, 0), !=, 0);
    g_assert_cmpmem (grads->data, n_values * 4, expected->data, n_values * 4);
    g_assert_cmpmem (
        nn_network_get_values (nn_trainer_get_network (trainer)), n_values * 4,
        nn_network_get_values (nn_trainer_get_network (manual)), n_values * 4);
  }
}

static void
test_every_example_is_the_mean_of_single_losses (void)
{
  check_walking (NULL, "*: w + a*w @ every example a=0");
  check_walking (NULL, "fc2: w + a*w @ every example a=0.1");
  check_walking ("fc3: w - a*w @ every example before backward a=0.1", NULL);
  check_walking ("*: w - a*w @ every example before backward a=0.1",
                 "fc1.bias: w + a @ every example a=0.1");
}

/* The mean of single errors is the batch's mean error, but for rounding. */
static void
test_every_example_of_a_mean_is_the_batch (void)
{
  g_autoptr (NnTrainer) whole = small_trainer (DEEP);
  g_autoptr (NnTrainer) walked = small_trainer (DEEP);

  small_trainer_add (walked, "*: w + a*w @ every example a=0");
  for (guint step = 1; step <= 8; step++) {
    g_autoptr (GArray) a = NULL;
    g_autoptr (GArray) b = NULL;

    small_trainer_steps (whole, 1);
    small_trainer_steps (walked, 1);
    g_assert_cmpfloat_with_epsilon (nn_trainer_get_loss (whole),
                                    nn_trainer_get_loss (walked), 1e-4f);
    a = small_trainer_copy_grads (whole);
    b = small_trainer_copy_grads (walked);
    for (guint i = 0; step == 1 && i < a->len; i++)
      g_assert_cmpfloat_with_epsilon (g_array_index (a, float, i),
                                      g_array_index (b, float, i), 1e-6f);
  }
}

/* A nudge once a step, before backward, lands before the first example's only. */
static void
test_once_a_step_is_once_a_batch (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (DEEP);
  const NnLanding *landings;
  gsize n;

  small_trainer_add (trainer, "fc1: w + a @ every step before backward a=0.1");
  small_trainer_add (trainer, "fc2: w + a @ every example before backward a=0.01");
  small_trainer_add (trainer, "fc3: w + a @ every example a=0.01");
  small_trainer_add (trainer, "fc4: w + a @ every epoch a=0.01");
  small_trainer_steps (trainer, 8);
  landings = nn_trainer_get_landings (trainer, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (landings[0].n_times, ==, 8);
  g_assert_cmpuint (landings[1].n_times, ==, 36);
  g_assert_cmpuint (landings[2].n_times, ==, 36);
  g_assert_cmpuint (landings[3].n_times, ==, 2);
}

/* ---- what is not finite ------------------------------------------------------------ */

/* Step 4 fails with @text in it, saying what and where, and has not happened: without the
 * nudge the run goes on as if there had never been one. */
static void
check_failure (const char *keys, const char *text, const char *const *said)
{
  g_autoptr (NnTrainer) plain = small_trainer (keys);
  g_autoptr (NnTrainer) nudged = small_trainer (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  const float loss = (small_trainer_steps (plain, 3), nn_trainer_get_loss (plain));

  small_trainer_steps (nudged, 3);
  before = small_trainer_copy_run (nudged);
  small_trainer_add (nudged, text);
  g_assert_false (nn_trainer_step (nudged, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "step 4: "));
  for (; *said; said++)
    g_assert_nonnull (strstr (error->message, *said));
  after = small_trainer_copy_run (nudged);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpfloat (nn_trainer_get_loss (nudged), ==, loss);
  g_assert_cmpint (nn_trainer_get_phase (nudged), ==, NN_PHASE_FORWARD);

  small_trainer_remove_first (nudged);
  small_trainer_steps (plain, 7);
  small_trainer_steps (nudged, 7);
  small_trainer_assert_same (plain, nudged);
}

/* Of a large layer, with so many columns that its products are of the packed kind. */
#define LARGE                                                                            \
  "'data': {'source': 'uniform', 'examples': 64, 'features': 256}, 'network':"           \
  " {'layers': [{'name': 'fc1', 'units': 192, 'activation': 'relu'}, {'name': 'fc2',"    \
  " 'units': 192}, {'name': 'fc3', 'units': 1}]}, 'loss': {'type': 'squared_sum'}"

static void
test_gradient_that_is_not_finite_stops_before_the_step (void)
{
  static const char *const said[] = { "backward pass", "gradient of fc5.bias", NULL };

  check_failure (DEEP ", 'guard': 'off'", "*.weight: w*1e30 @ every step before backward",
                 said);
  check_failure (LARGE ", 'guard': 'off'",
                 "fc2.weight: w*3e38 @ every step before backward",
                 (const char *const[]){ "backward pass", "gradient of fc1.bias", NULL });
}

/* An example's nudge makes the next example's loss infinite: what it did to the weights
 * is undone with the rest of the step. */
static void
test_loss_that_is_not_finite_undoes_the_examples (void)
{
  static const char *const said[] = { "forward pass", "loss that is not finite;", NULL };

  check_failure (DEEP, "fc7.weight: w*1e30 @ every example", said);
  check_failure (DEEP, "fc7.weight: w*1e30 @ every example before backward", said);
  check_failure (
      MSE "," SHUFFLED, "*: w*1e20 @ every example",
      (const char *const[]){ "forward pass", "from the outputs of fc3 on", NULL });
}

static gpointer
fail_a_step (gpointer trainer)
{
  g_autoptr (GError) error = NULL;

  nn_trainer_step (trainer, &error);
  g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
  return NULL;
}

/* A session's worker trains, and who joins it frees what it trained. */
static void
test_failed_run_is_freed_by_another_thread (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (DEEP);

  small_trainer_add (trainer, "fc7.weight: w*1e30 @ every example");
  g_thread_join (g_thread_new ("worker", fail_a_step, trainer));
}

/* A loss that is infinite though every output is finite is the loss's alone. */
static void
test_loss_names_the_layer (void)
{
  static const char keys[] =
      "'data': {'source': 'inline', 'inputs': [[1, 1]], 'targets': [[1]]}, 'network':"
      " {'layers': [{'units': 2}, {'units': 2}, {'units': 1}],"
      " 'init': {'type': 'constant', 'value': %s}}, 'loss': {'type': 'mse'}";
  static const struct {
    const char *value, *said;
  } cases[] = {
    { "1e25", "step 1: the forward pass gave a loss that is not finite, from the "
              "outputs of fc2 on; the weights are those after step 0" },
    { "1e9", "step 1: the forward pass gave a loss that is not finite; the weights are "
             "those after step 0" },
    { "3e38", "step 1: the forward pass gave a loss that is not finite, from the "
              "outputs of fc1 on; the weights are those after step 0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) text = g_string_new (keys);
    g_autoptr (NnTrainer) trainer = NULL;
    g_autoptr (GError) error = NULL;

    g_string_replace (text, "%s", cases[i].value, 0);
    trainer = small_trainer (text->str);
    g_assert_false (nn_trainer_step (trainer, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
    g_assert_cmpstr (error->message, ==, cases[i].said);
  }
}

/* A bias of one value has no std; at every other time the weights have none that is finite. */
static void
test_refusals_and_skips_are_counted (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  const NnLanding *landings;
  gsize n;

  small_trainer_add (trainer, "fc3: w + 0.001*std else=skip");
  small_trainer_add (trainer, "fc1: w + 0/(n - 2*floor(n/2))");
  small_trainer_steps (trainer, 9);
  landings = nn_trainer_get_landings (trainer, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (landings[0].n_times, ==, 9);
  g_assert_cmpuint (landings[0].n_skipped, ==, 9);
  g_assert_cmpuint (landings[0].n_refused, ==, 0);
  g_assert_nonnull (landings[0].skipped);
  g_assert_cmpuint (landings[1].n_times, ==, 5);
  g_assert_cmpuint (landings[1].n_skipped, ==, 0);
  g_assert_cmpuint (landings[1].n_refused, ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/trainer-nudges/shield-keeps-gradients",
                   test_shield_keeps_gradients);
  g_test_add_func ("/nn/trainer-nudges/off-lets-them-change", test_off_lets_them_change);
  g_test_add_func ("/nn/trainer-nudges/shielded-nudge-lands", test_shielded_nudge_lands);
  g_test_add_func ("/nn/trainer-nudges/check-refuses-the-step",
                   test_check_refuses_the_step);
  g_test_add_func ("/nn/trainer-nudges/check-lets-pass-what-is-not-needed",
                   test_check_lets_pass_what_is_not_needed);
  g_test_add_func ("/nn/trainer-nudges/zero-effect-leaves-all-bits",
                   test_zero_effect_leaves_all_bits);
  g_test_add_func ("/nn/trainer-nudges/zero-effect-on-every-example-leaves-all-bits",
                   test_zero_effect_on_every_example_leaves_all_bits);
  g_test_add_func ("/nn/trainer-nudges/every-example-is-the-mean-of-single-losses",
                   test_every_example_is_the_mean_of_single_losses);
  g_test_add_func ("/nn/trainer-nudges/every-example-of-a-mean-is-the-batch",
                   test_every_example_of_a_mean_is_the_batch);
  g_test_add_func ("/nn/trainer-nudges/once-a-step-is-once-a-batch",
                   test_once_a_step_is_once_a_batch);
  g_test_add_func ("/nn/trainer-nudges/gradient-that-is-not-finite-stops-before-the-step",
                   test_gradient_that_is_not_finite_stops_before_the_step);
  g_test_add_func ("/nn/trainer-nudges/loss-that-is-not-finite-undoes-the-examples",
                   test_loss_that_is_not_finite_undoes_the_examples);
  g_test_add_func ("/nn/trainer-nudges/failed-run-is-freed-by-another-thread",
                   test_failed_run_is_freed_by_another_thread);
  g_test_add_func ("/nn/trainer-nudges/loss-names-the-layer", test_loss_names_the_layer);
  g_test_add_func ("/nn/trainer-nudges/refusals-and-skips-are-counted",
                   test_refusals_and_skips_are_counted);
  return g_test_run ();
}
