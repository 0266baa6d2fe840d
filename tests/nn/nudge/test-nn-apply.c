/* test-nn-apply.c - nudges of whole parameters and of parts, in a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-apply.h"

#include <math.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-flush.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/small-trainer.h"

#define N_VALUES 59 /* of NETWORK (1) with two features: 12 6 30 5 5 1 */
#define FC2      18 /* where fc2.weight, (5, 6), begins */

/* Applies @text to @trainer's network; NULL if it went well. */
static char *
apply (NnTrainer *trainer, const char *text, double *change)
{
  g_autoptr (NnNudge) nudge = small_nudge (text);
  g_autoptr (NnNoise) noise = nn_noise_new (1);
  g_autoptr (GError) error = NULL;
  float scratch[N_VALUES];
  const NnNudgeContext context = { .network = nn_trainer_get_network (trainer),
                                   .optimizer = nn_trainer_get_optimizer (trainer),
                                   .noise = noise,
                                   .step = nn_trainer_get_n_steps (trainer),
                                   .scratch = scratch };

  if (nn_nudge_apply (nudge, &context, change, &error))
    return NULL;
  return g_strdup (error->message);
}

static void
copy_values (NnTrainer *trainer, float *values)
{
  memcpy (values, nn_network_get_values (nn_trainer_get_network (trainer)), N_VALUES * 4);
}

/* Elements of the flat vector that are not what they were: "18 19 ". */
static char *
dup_changed (NnTrainer *trainer, const float *before)
{
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  GString *changed = g_string_new (NULL);

  for (int i = 0; i < N_VALUES; i++)
    if (values[i] != before[i])
      g_string_append_printf (changed, "%d ", i);
  return g_string_free (changed, FALSE);
}

static void
test_part_alone_changes (void)
{
  static const char *const cases[][2] = {
    { "fc2[1]: w + 1", "24 25 26 27 28 29 49 " },
    { "fc2.weight[1]: w + 1", "24 25 26 27 28 29 " },
    { "fc2.weight[:,5]: w + 1", "23 29 35 41 47 " },
    { "fc2.weight[1:3,:2]: w + 1", "24 25 30 31 " },
    { "fc2.weight[4,5; 0,0]: w + 1", "18 47 " },
    { "fc2.bias[1:3]: w + 1", "49 50 " },
    { "fc3.bias[:]: w + 1", "58 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnTrainer) trainer = small_trainer (MSE);
    g_autofree char *changed = NULL;
    float before[N_VALUES];

    copy_values (trainer, before);
    g_assert_null (apply (trainer, cases[i][0], NULL));
    changed = dup_changed (trainer, before);
    g_assert_cmpstr (changed, ==, cases[i][1]);
  }
}

/* What an update function sees of a part is the part: its statistics and its places. */
static void
test_part_is_seen_alone (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  float before[N_VALUES];

  copy_values (trainer, before);
  g_assert_null (apply (trainer, "fc2.weight[1:3,4:]: 10*i + j", NULL));
  g_assert_cmpfloat (values[FC2 + 6 + 4], ==, 14);
  g_assert_cmpfloat (values[FC2 + 6 + 5], ==, 15);
  g_assert_cmpfloat (values[FC2 + 12 + 4], ==, 24);
  g_assert_cmpfloat (values[FC2 + 12 + 5], ==, 25);
  g_assert_null (apply (trainer, "fc2.weight[1:3,4:]: max", NULL));
  g_assert_cmpfloat (values[FC2 + 6 + 4], ==, 25);
  g_assert_null (apply (trainer, "fc2.weight[0,1; 0,3]: min", NULL));
  g_assert_cmpfloat (values[FC2 + 1], ==, MIN (before[FC2 + 1], before[FC2 + 3]));
  g_assert_null (apply (trainer, "fc2.weight[3,2; 0,3]: 10*i + j", NULL));
  g_assert_cmpfloat (values[FC2 + 18 + 2], ==, 32);
  g_assert_cmpfloat (values[FC2 + 3], ==, 3);
}

/* The gradient is gathered too; here it is w's own, as an optimizer would see it. */
static void
test_gradient_of_a_part (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  g_autoptr (GArray) grads = NULL;
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));

  g_assert_null (apply (trainer, "fc2.weight[:,2]: g + 7", NULL));
  g_assert_cmpfloat (values[FC2 + 2], ==, 7);
  small_trainer_steps (trainer, 1);
  grads = small_trainer_copy_grads (trainer);
  g_assert_null (apply (trainer, "fc2.weight[:,2]: g", NULL));
  for (int i = 0; i < 5; i++)
    g_assert_cmpfloat (values[FC2 + 6 * i + 2], ==,
                       g_array_index (grads, float, FC2 + 6 * i + 2));
}

static void
test_refusal_names_the_element (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  g_autofree char *rows = apply (trainer, "fc2.weight[1:4,4:]: i == 2 ? 1/0 : w", NULL);
  g_autofree char *edges =
      apply (trainer, "fc2.weight[0,1; 3,4]: i == 3 ? log(-1) : w", NULL);
  g_autofree char *bias = apply (trainer, "fc2.bias[2:]: i == 3 ? 1/0 : w", NULL);

  g_assert_cmpstr (
      rows, ==,
      "fc2.weight [2, 4] would become infinite, from -0.38816592; no weight was changed");
  g_assert_cmpstr (edges, ==,
                   "fc2.weight [3, 4] would become not a number, from 0.40058059; no "
                   "weight was changed");
  g_assert_cmpstr (
      bias, ==,
      "fc2.bias [3] would become infinite, from -0.19464533; no weight was changed");
}

/* As an optimizer's last step may have left it. */
static void
test_refusal_of_what_is_infinite_already (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  g_autofree char *refusal = NULL;

  NN_NO_GRAD ()
  {
    nn_network_write_values (nn_trainer_get_network (trainer))[FC2] = INFINITY;
  }
  refusal = apply (trainer, "fc2.weight: w/2", NULL);
  g_assert_cmpstr (
      refusal, ==,
      "fc2.weight [0, 0] would become infinite, from infinite; no weight was changed");
}

static void
test_change_is_a_norm (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  double change = NAN;

  g_assert_null (apply (trainer, "fc2.weight: w + 3", &change));
  g_assert_cmpfloat_with_epsilon (change, 3 * sqrt (30), 1e-5);
  g_assert_null (apply (trainer, "fc2.weight[0,1; 3,4]: w - 2", &change));
  g_assert_cmpfloat_with_epsilon (change, 2 * sqrt (2), 1e-5);
  g_assert_null (apply (trainer, "*: w", &change));
  g_assert_cmpfloat (change, ==, 0);
}

/* A preview says what applying gives, random numbers included, and leaves all as it was. */
static void
test_preview_leaves_everything (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  NnNetwork *network = nn_trainer_get_network (trainer);
  g_autoptr (NnNudge) nudge = small_nudge ("fc2.weight[1:3]: w + a*noise a=0.5");
  g_autoptr (NnNoise) noise = nn_noise_new (1);
  float scratch[N_VALUES], before[N_VALUES], preview[N_VALUES], other[N_VALUES];
  const NnNudgeContext context = { .network = network,
                                   .noise = noise,
                                   .scratch = scratch };

  copy_values (trainer, before);
  memcpy (preview, before, sizeof before);
  memcpy (other, before, sizeof before);
  g_assert_true (nn_nudge_preview (nudge, 0.5f, &context, preview, NULL));
  g_assert_true (nn_nudge_preview (nudge, 0.25f, &context, other, NULL));
  g_assert_cmpmem (nn_network_get_values (network), sizeof before, before, sizeof before);
  g_assert_cmpfloat (preview[FC2 + 7], !=, before[FC2 + 7]);
  g_assert_cmpfloat (preview[FC2 + 7], !=, other[FC2 + 7]);
  g_assert_true (nn_nudge_apply (nudge, &context, NULL, NULL));
  g_assert_cmpmem (nn_network_get_values (network), sizeof before, preview,
                   sizeof preview);
}

/* ---- a few weights ----------------------------------------------------------------- */

/* 1-2-3-1: 13 weights, and of no parameter more than six. */
static NnNetwork *
network_new (void)
{
  const NnLayerSpec layers[] = {
    { .name = "fc1", .n_units = 2 },
    { .name = "fc2", .n_units = 3 },
    { .name = "fc3", .n_units = 1 },
  };
  g_autoptr (NnArchitecture) architecture =
      nn_architecture_new (1, layers, G_N_ELEMENTS (layers));

  return nn_network_new (architecture);
}

/* Of every size, zeros of both signs, subnormal and very large ones among them. */
static float
draw_weight (GRand *random)
{
  static const float odd[] = { 0, -0.0f, 1e-45f, -3e-39f, 1e-13f, -1e-12f, 3e38f, 1e20f };
  const guint kind = (guint) g_rand_int_range (random, 0, 20);

  return kind < G_N_ELEMENTS (odd) ? odd[kind]
                                   : (float) g_rand_double_range (random, -2, 2);
}

/* What is applied in a few instructions, while subnormal numbers are flushed, is what is
 * applied as any other is: that asks for the change. */
static void
test_few_weights_change_as_many (void)
{
  static const char *const texts[] = {
    "fc1.weight: w + a*w a=0.001",
    "fc2.weight: a*w a=0.01",
    "fc3.weight: w - a*w a=0.1",
    "*: w*0.5",
    "*.weight: 2*w + 1",
    "fc1: (w + a)*w a=-0.5",
    "fc2: 1 - (w - w)",
    "fc3: w*w*w",
    "fc1: 0.25",
    "fc2.bias: w + 1e-30",
    "fc1, fc3.bias: a*w - w a=1e20",
    "fc2.weight: w*1e-20*w",
  };
  g_autoptr (NnNetwork) network = network_new ();
  g_autoptr (NnNetwork) other = network_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint round = 0; round < 4000; round++) {
    g_autoptr (NnNudge) nudge = small_nudge (texts[round % G_N_ELEMENTS (texts)]);
    float scratch[17], *values, *others;
    NnNudgeContext context = { .network = network, .scratch = scratch };
    gboolean applied;
    double change;

    NN_NO_GRAD_FUNCTION ();
    values = nn_network_write_values (network);
    others = nn_network_write_values (other);
    for (guint i = 0; i < G_N_ELEMENTS (scratch); i++)
      values[i] = others[i] = draw_weight (random);
    NN_FLUSH_SUBNORMALS_FUNCTION ();
    applied = nn_nudge_apply (nudge, &context, NULL, NULL);
    context.network = other;
    g_assert_cmpint (nn_nudge_apply (nudge, &context, &change, NULL), ==, applied);
    g_assert_cmpmem (values, sizeof scratch, others, sizeof scratch);
  }
}

/* ---- several targets, and what has no value ---------------------------------------- */

static void
test_one_value_has_no_std (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  float before[N_VALUES];
  g_autofree char *refusal = NULL, *dim = NULL, *changed = NULL;

  copy_values (trainer, before);
  refusal = apply (trainer, "*: w + std", NULL);
  g_assert_cmpstr (refusal, ==,
                   "fc3.bias: one value has no std, which is over n − 1; no weight was "
                   "changed; else=skip changes the others");
  dim = apply (trainer, "fc1.bias: w - mean(w, dim=1)", NULL);
  g_assert_cmpstr (dim, ==,
                   "fc1.bias: it has no dim 1: it is one row; no weight was changed");
  changed = dup_changed (trainer, before);
  g_assert_cmpstr (changed, ==, "");
}

static void
test_skipped_parameters_stay (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  float before[N_VALUES];
  g_autofree char *changed = NULL;

  copy_values (trainer, before);
  g_assert_null (apply (trainer, "fc3: w + std else=skip", NULL));
  g_assert_null (apply (trainer, "fc1.bias, fc3: j == 2 ? 1/0 : w + 1 else=skip", NULL));
  changed = dup_changed (trainer, before);
  /* fc1.bias, and fc3.weight by the first and fc3.bias by the second alone. */
  g_assert_cmpstr (changed, ==, "12 13 14 15 16 17 53 54 55 56 57 58 ");
}

/* Of all elements together, also where one target's are all larger than another's. */
static void
test_global_rank_is_of_all_targets (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  float before[N_VALUES];
  g_autofree char *changed = NULL;
  const float *values;

  g_assert_null (apply (trainer, "fc1.weight: 2 + i", NULL));
  g_assert_null (apply (trainer, "fc2.bias: 1 + i/10", NULL));
  copy_values (trainer, before);
  g_assert_null (
      apply (trainer, "fc1.weight[::5], fc2.bias: global_rank < a ? 0 : w a=0.6", NULL));
  changed = dup_changed (trainer, before);
  values = nn_network_get_values (nn_trainer_get_network (trainer));
  /* 9 elements: the five biases, and of row 0 the first. */
  g_assert_cmpstr (changed, ==, "0 48 49 50 51 52 ");
  g_assert_cmpfloat (values[0], ==, 0);
  g_assert_cmpfloat (values[1], ==, 2);
}

/* ---- guards ------------------------------------------------------------------------ */

/* The gradients of step 4.
 * @text: (nullable): a nudge of a part before its backward pass */
static GArray *
copy_grads_of_step_4 (const char *text, const char *guard)
{
  g_autofree char *keys = g_strdup_printf (MSE ", 'guard': '%s'", guard);
  g_autoptr (NnTrainer) trainer = small_trainer (keys);

  if (text)
    small_trainer_add (trainer, text);
  small_trainer_steps (trainer, 3);
  while (nn_trainer_get_phase (trainer) != NN_PHASE_OPTIMIZER)
    g_assert_true (nn_trainer_advance (trainer, NULL));
  return small_trainer_copy_grads (trainer);
}

static void
test_part_is_shielded (void)
{
  static const char *const parts[] = {
    "fc2[1:3]: w*2 @ every 4 steps before backward",
    "fc2.weight[:,1]: w*2 @ every 4 steps before backward",
    "fc3.weight[0,1; 0,3]: w*2 @ every 4 steps before backward",
  };
  g_autoptr (GArray) plain = copy_grads_of_step_4 (NULL, "shield");

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (GArray) shielded = copy_grads_of_step_4 (parts[i], "shield");
    g_autoptr (GArray) open = copy_grads_of_step_4 (parts[i], "off");

    g_assert_cmpmem (plain->data, plain->len * 4, shielded->data, shielded->len * 4);
    g_assert_cmpint (memcmp (plain->data, open->data, plain->len * 4), !=, 0);
  }
}

static void
test_part_is_checked (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE ", 'guard': 'check'");
  g_autoptr (GError) error = NULL;

  small_trainer_add (trainer, "fc2.weight[0,1; 2,3]: w @ every step before backward");
  g_assert_false (nn_trainer_step (trainer, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "fc2.weight"));
}

/* ---- the optimizer's memory -------------------------------------------------------- */

/* Without relu, which may leave a neuron without gradients. */
static NnTrainer *
new_with_optimizer (gconstpointer data)
{
  g_autofree char *optimizer = small_dup_optimizer (GPOINTER_TO_UINT (data));
  g_autofree char *keys =
      g_strconcat (MOONS ", 'network': {'layers': [{'units': 6, 'activation': 'tanh'},"
                         " {'units': 5, 'activation': 'tanh'}, {'units': 1}]},"
                         " 'loss': {'type': 'mse'},",
                   optimizer, NULL);

  return small_trainer (keys);
}

/* The moments that are not what they were, as elements of the flat vector, each of which
 * must now be zero. */
static char *
dup_zeroed (NnTrainer *trainer, const float *before)
{
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);
  GString *zeroed = g_string_new (NULL);

  for (gsize k = 0; k < nn_optimizer_get_n_moments (optimizer); k++) {
    const float *moment = nn_optimizer_get_moment (optimizer, k);

    for (int i = 0; i < N_VALUES; i++) {
      if (moment[i] == before[k * N_VALUES + (gsize) i])
        continue;
      g_assert_cmpfloat (moment[i], ==, 0);
      if (k == 0)
        g_string_append_printf (zeroed, "%d ", i);
    }
  }
  return g_string_free (zeroed, FALSE);
}

static void
assert_zeroes (gconstpointer data, const char *text, const char *expected)
{
  g_autoptr (NnTrainer) trainer = new_with_optimizer (data);
  const NnOptimizer *optimizer = nn_trainer_get_optimizer (trainer);
  float before[NN_OPTIMIZER_MAX_MOMENTS * N_VALUES];
  g_autofree char *zeroed = NULL;

  small_trainer_steps (trainer, 5);
  for (gsize k = 0; k < nn_optimizer_get_n_moments (optimizer); k++)
    memcpy (before + k * N_VALUES, nn_optimizer_get_moment (optimizer, k), N_VALUES * 4);
  g_assert_null (apply (trainer, text, NULL));
  zeroed = dup_zeroed (trainer, before);
  g_assert_cmpstr (zeroed, ==, expected);
}

static void
test_memory_of_the_target_is_zeroed (gconstpointer data)
{
  assert_zeroes (data, "fc2: w", "");
  assert_zeroes (data, "fc2: w memory=keep", "");
  assert_zeroes (data, "fc2.bias: w memory=zero", "48 49 50 51 52 ");
  assert_zeroes (data, "fc2.weight[1,4:]: w memory=zero", "28 29 ");
  assert_zeroes (data, "fc2[1]: w memory=zero", "24 25 26 27 28 29 49 ");
  assert_zeroes (data, "fc2.weight[4,5; 0,0]: w memory=zero", "18 47 ");
  assert_zeroes (
      data, "fc3.bias: w memory=zero-all",
      "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 "
      "27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 "
      "51 52 53 54 55 56 57 58 ");
}

/* The count of steps goes with a whole parameter, also if ranges say so, but stays with
 * a part. */
static void
test_count_goes_with_the_whole (gconstpointer data)
{
  g_autoptr (NnTrainer) whole = new_with_optimizer (data);
  g_autoptr (NnTrainer) ranges = new_with_optimizer (data);
  g_autoptr (NnTrainer) state = new_with_optimizer (data);
  g_autoptr (NnTrainer) part = new_with_optimizer (data);
  const NnOptimizerType type = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;

  small_trainer_steps (whole, 5);
  small_trainer_steps (ranges, 5);
  small_trainer_steps (state, 5);
  small_trainer_steps (part, 5);
  g_assert_null (apply (whole, "fc2.weight: w memory=zero", NULL));
  g_assert_null (apply (ranges, "fc2.weight[0:5,:6]: w memory=zero", NULL));
  nn_optimizer_zero_state (nn_trainer_get_optimizer (state), 2);
  g_assert_null (apply (part, "fc2.weight[:3]: w memory=zero", NULL));
  g_assert_null (apply (part, "fc2.weight[3:]: w memory=zero", NULL));
  small_trainer_assert_same (whole, ranges);
  small_trainer_assert_same (whole, state);
  a = small_trainer_copy_run (whole);
  b = small_trainer_copy_run (part);
  g_assert_cmpint (g_bytes_equal (a, b), ==,
                   nn_optimizer_get_kind (type)->prepare_step == NULL);
}

/* Adagrad's moment begins with a number of its own. */
static void
test_adagrad_begins_again (void)
{
  g_autoptr (NnTrainer) trainer =
      small_trainer (MSE ", 'optimizer': {'type': 'adagrad',"
                         " 'initial_accumulator_value': 0.25}");
  const float *sums = nn_optimizer_get_moment (nn_trainer_get_optimizer (trainer), 0);

  small_trainer_steps (trainer, 5);
  g_assert_null (apply (trainer, "fc2.bias[1]: w memory=zero", NULL));
  g_assert_cmpfloat (sums[49], ==, 0.25f);
  g_assert_cmpfloat (sums[48], >, 0.25f);
}

/* A step that fails after a nudge within it has its memory back. */
static void
test_failed_step_remembers (void)
{
  static const char *const nudges[] = {
    "fc3.weight: (w + 1)*1e30 @ every example memory=zero",
    "fc3.weight: (w + 1)*1e30 @ every example before backward memory=zero-all",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nudges); i++) {
    g_autoptr (NnTrainer) trainer = small_trainer (MSE);
    g_autoptr (GBytes) before = NULL;
    g_autoptr (GBytes) after = NULL;

    small_trainer_steps (trainer, 3);
    before = small_trainer_copy_run (trainer);
    small_trainer_add (trainer, nudges[i]);
    g_assert_false (nn_trainer_step (trainer, NULL));
    after = small_trainer_copy_run (trainer);
    g_assert_true (g_bytes_equal (before, after));
  }
}

/* ---- before ------------------------------------------------------------------------ */

static void
test_pinned_weights_stay (gconstpointer data)
{
  g_autoptr (NnTrainer) trainer = new_with_optimizer (data);
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  float before[N_VALUES];

  small_trainer_steps (trainer, 2);
  copy_values (trainer, before);
  small_trainer_add (trainer, "fc2.weight[1:3]: pin");
  small_trainer_add (trainer, "fc3: pin");
  for (int step = 0; step < 20; step++) {
    small_trainer_steps (trainer, 1);
    g_assert_cmpmem (values + FC2 + 6, 12 * 4, before + FC2 + 6, 12 * 4);
    g_assert_cmpmem (values + 53, 6 * 4, before + 53, 6 * 4);
    g_assert_cmpfloat (values[FC2], !=, before[FC2]);
  }
}

static char *
nudge_by_hand (NnTrainer *trainer, const char *text)
{
  g_autoptr (NnNudge) nudge = small_nudge (text);
  const NnLanding *landings;
  gsize n;

  small_trainer_nudge (trainer, nudge);
  landings = nn_trainer_get_landings (trainer, &n);
  return g_strdup (landings[n - 1].refusal);
}

/* Unless another nudge that stands has them kept. */
static void
test_before_by_hand_is_refused (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  g_autofree char *at_once = nudge_by_hand (trainer, "*: pin");
  g_autofree char *later = NULL;
  float before[N_VALUES];

  small_trainer_steps (trainer, 3);
  later = nudge_by_hand (trainer, "*: pin");
  g_assert_cmpstr (later, ==, at_once);
  g_assert_cmpstr (later, ==,
                   "the values from before the optimizer are kept only for repeating "
                   "nudges: let this one repeat; no weight was changed");
  small_trainer_add (trainer, "fc1.bias[0]: pin");
  copy_values (trainer, before);
  small_trainer_steps (trainer, 1);
  g_assert_null (nudge_by_hand (trainer, "*: pin"));
  g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (trainer)),
                   sizeof before, before, sizeof before);
}

/* They are part of a saved run. */
static void
test_state_has_what_was_before (void)
{
  g_autoptr (NnTrainer) one = small_trainer (MSE);
  g_autoptr (NnTrainer) other = small_trainer (MSE);
  g_autoptr (NnTrainerState) state = NULL;

  small_trainer_add (one, "fc1.bias[0]: pin");
  small_trainer_add (other, "fc1.bias[0]: pin");
  small_trainer_steps (one, 4);
  state = nn_trainer_save (one);
  small_trainer_steps (other, 7);
  nn_trainer_restore (other, state);
  g_assert_null (nudge_by_hand (one, "*: w + before"));
  g_assert_null (nudge_by_hand (other, "*: w + before"));
  small_trainer_assert_same (one, other);
}

/* Within a step, before its optimizer, that is the present value. */
static void
test_before_within_a_step (void)
{
  g_autoptr (NnTrainer) plain = small_trainer (MSE);
  g_autoptr (NnTrainer) pinned = small_trainer (MSE);

  small_trainer_add (pinned, "*: pin @ every step before backward");
  small_trainer_steps (plain, 10);
  small_trainer_steps (pinned, 10);
  small_trainer_assert_same (plain, pinned);
}

/* w0 is what the run began with, also after a reset. */
static void
test_initial_values (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  float initial[N_VALUES];

  copy_values (trainer, initial);
  for (int round = 0; round < 2; round++) {
    small_trainer_steps (trainer, 5);
    g_assert_null (nudge_by_hand (trainer, "*: blend a=1"));
    g_assert_cmpmem (nn_network_get_values (nn_trainer_get_network (trainer)),
                     sizeof initial, initial, sizeof initial);
    nn_trainer_reset (trainer);
  }
}

static void
add_for_optimizers (const char *name, GTestDataFunc test)
{
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/apply/%s/%s", name, nn_optimizer_get_name (i));

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/apply/part-alone-changes", test_part_alone_changes);
  g_test_add_func ("/nn/apply/part-is-seen-alone", test_part_is_seen_alone);
  g_test_add_func ("/nn/apply/gradient-of-a-part", test_gradient_of_a_part);
  g_test_add_func ("/nn/apply/refusal-names-the-element", test_refusal_names_the_element);
  g_test_add_func ("/nn/apply/refusal-of-what-is-infinite-already",
                   test_refusal_of_what_is_infinite_already);
  g_test_add_func ("/nn/apply/change-is-a-norm", test_change_is_a_norm);
  g_test_add_func ("/nn/apply/preview-leaves-everything", test_preview_leaves_everything);
  g_test_add_func ("/nn/apply/few-weights-change-as-many",
                   test_few_weights_change_as_many);
  g_test_add_func ("/nn/apply/one-value-has-no-std", test_one_value_has_no_std);
  g_test_add_func ("/nn/apply/skipped-parameters-stay", test_skipped_parameters_stay);
  g_test_add_func ("/nn/apply/global-rank-is-of-all-targets",
                   test_global_rank_is_of_all_targets);
  g_test_add_func ("/nn/apply/part-is-shielded", test_part_is_shielded);
  g_test_add_func ("/nn/apply/part-is-checked", test_part_is_checked);
  add_for_optimizers ("memory-of-the-target-is-zeroed",
                      test_memory_of_the_target_is_zeroed);
  add_for_optimizers ("count-goes-with-the-whole", test_count_goes_with_the_whole);
  g_test_add_func ("/nn/apply/adagrad-begins-again", test_adagrad_begins_again);
  g_test_add_func ("/nn/apply/failed-step-remembers", test_failed_step_remembers);
  add_for_optimizers ("pinned-weights-stay", test_pinned_weights_stay);
  g_test_add_func ("/nn/apply/before-by-hand-is-refused", test_before_by_hand_is_refused);
  g_test_add_func ("/nn/apply/state-has-what-was-before", test_state_has_what_was_before);
  g_test_add_func ("/nn/apply/before-within-a-step", test_before_within_a_step);
  g_test_add_func ("/nn/apply/initial-values", test_initial_values);
  return g_test_run ();
}
