/* test-nn-optimizer.c - the optimizers do what PyTorch's do
 *
 * SPDX-License-Identifier: MIT
 *
 * Recorded values are in tests/golden/optimizers.json; its README says how close
 * is equal.
 */

#include "nn/optim/nn-optimizer.h"

#include <math.h>
#include <string.h>

#include "busy-settings.h"
#include "nn/base/nn-error.h"
#include "nn/kernels/nn-kernel-set.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-grad.h"
#include "tests/nn/counting-malloc.h"
#include "tests/nn/nn-golden.h"

#define N_VALUES     19
#define N_PARAMETERS 4

/* The network 4-3-1 of zeros. */
static NnNetwork *
new_network (void)
{
  const NnLayerSpec layers[] = {
    { "fc1", 3, NN_ACTIVATION_RELU },
    { "fc2", 1, NN_ACTIVATION_IDENTITY },
  };
  g_autoptr (NnArchitecture) architecture =
      nn_architecture_new (4, layers, G_N_ELEMENTS (layers));

  g_assert_cmpuint (architecture->n_values, ==, N_VALUES);
  g_assert_cmpuint (architecture->n_parameters, ==, N_PARAMETERS);
  return nn_network_new (architecture);
}

static void
set_values (NnNetwork *network, const float *values)
{
  NN_NO_GRAD ()
  memcpy (nn_network_write_values (network), values, N_VALUES * sizeof (float));
}

/* Gives each parameter a gradient, but for the one called none, or -1. */
static void
set_grads (NnNetwork *network, const float *grads, gssize none)
{
  const NnArchitecture *architecture = nn_network_get_architecture (network);

  nn_network_clear_grads (network);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];

    if ((gssize) i != none)
      memcpy (nn_tensor_accumulate_grad (nn_network_get_parameter (network, i)),
              grads + shape->offset, shape->n_values * sizeof (float));
  }
}

/* Some numbers from -1 to 1, the same for the same seed. */
static void
fill (float *values, gsize n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (rand, -1, 1);
}

static void
set_random_grads (NnNetwork *network, guint32 seed, gssize none)
{
  float grads[N_VALUES];

  fill (grads, N_VALUES, seed);
  set_grads (network, grads, none);
}

static void
read_number (const json_t *object, const char *key, double *value)
{
  const json_t *number = json_object_get (object, key);

  if (number)
    *value = json_number_value (number);
}

static void
read_settings (const json_t *object, NnOptimizerSettings *settings)
{
  const json_t *betas = json_object_get (object, "betas");

  read_number (object, "lr", &settings->lr);
  read_number (object, "weight_decay", &settings->weight_decay);
  read_number (object, "momentum", &settings->momentum);
  read_number (object, "eps", &settings->eps);
  read_number (object, "alpha", &settings->alpha);
  read_number (object, "lr_decay", &settings->lr_decay);
  read_number (object, "initial_accumulator_value", &settings->initial_accumulator_value);
  settings->nesterov |= json_is_true (json_object_get (object, "nesterov"));
  settings->centered |= json_is_true (json_object_get (object, "centered"));
  if (betas) {
    settings->beta1 = json_number_value (json_array_get (betas, 0));
    settings->beta2 = json_number_value (json_array_get (betas, 1));
  }
}

static float *
read_floats (const json_t *array)
{
  gsize n;
  float *floats = golden_array (array, &n);

  g_assert_cmpuint (n, ==, N_VALUES);
  return floats;
}

/* Equal to the bit where PyTorch's own kernels round as ours do; elsewhere nearly. */
static void
assert_pytorchs (const float *values, const json_t *expected, const char *what)
{
  const gboolean exact = strcmp (nn_kernels_get ()->name, "base") != 0;
  g_autofree float *floats = read_floats (expected);

  for (gsize i = 0; i < N_VALUES; i++) {
    const float tolerance = exact ? 0 : 2e-6f * fabsf (floats[i]) + 1e-6f;

    if (!(fabsf (values[i] - floats[i]) <= tolerance))
      g_error ("%s, value %" G_GSIZE_FORMAT ": %.9g, but PyTorch has %.9g", what, i,
               (double) values[i], (double) floats[i]);
  }
}

static gssize
find_none (json_t *record, gint64 step)
{
  json_int_t parameter, from, to;

  if (json_unpack (record, "{s{sIsIsI}}", "none", "parameter", &parameter, "from", &from,
                   "to", &to) != 0)
    return -1;
  return from <= step && step <= to ? (gssize) parameter : -1;
}

static void
compare_case (const json_t *root, json_t *record, NnOptimizerType type)
{
  const json_t *gradients = json_object_get (root, "gradients");
  const json_t *values = json_object_get (record, "values");
  const gint64 n_steps = json_integer_value (json_object_get (record, "steps"));
  const gint64 every = json_integer_value (json_object_get (record, "every"));
  g_autofree float *initial = read_floats (json_object_get (root, "initial"));
  g_autofree char *text = json_dumps (json_object_get (record, "settings"), 0);
  g_autoptr (NnNetwork) network = new_network ();
  NnOptimizerSettings settings = nn_optimizer_get_default (type);

  read_settings (json_object_get (record, "settings"), &settings);
  set_values (network, initial);

  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

  for (gint64 step = 1; step <= n_steps; step++) {
    const gsize row = (gsize) (step - 1) % json_array_size (gradients);
    g_autofree float *grads = read_floats (json_array_get (gradients, row));
    g_autofree char *what = g_strdup_printf ("%s %s, step %" G_GINT64_FORMAT,
                                             nn_optimizer_get_name (type), text, step);

    if (step == 16) {
      read_settings (json_object_get (record, "change"), &settings);
      g_assert_true (nn_optimizer_set_settings (optimizer, &settings, NULL));
    }
    set_grads (network, grads, find_none (record, step));
    nn_optimizer_step (optimizer);
    if (step % every == 0)
      assert_pytorchs (nn_network_get_values (network),
                       json_array_get (values, (gsize) (step / every - 1)), what);
  }
  g_assert_cmpuint (json_array_size (values), ==, n_steps / every);
}

/* What the weight 1 becomes in steps by the gradient 0.5: for an optimizer that PyTorch
 * does not have. The one of sgd, 1 − 0.5 lr n, shows the way. */
static const struct {
  NnOptimizerType type;
  float weights[3];
} by_hand[] = {
  { NN_OPTIMIZER_SGD, { 0.9995f, 0.999f, 0.9985f } },
};

static gboolean
is_by_hand (NnOptimizerType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (by_hand); i++)
    if (by_hand[i].type == type)
      return TRUE;
  return FALSE;
}

static void
test_steps_as_pytorch (gconstpointer data)
{
  const NnOptimizerType type = GPOINTER_TO_UINT (data);
  json_t *root = golden_load ("optimizers.json");
  const json_t *cases = json_object_get (root, "cases");
  guint n_compared = 0;

  for (gsize i = 0; i < json_array_size (cases); i++) {
    json_t *record = json_array_get (cases, i);
    const char *name = json_string_value (json_object_get (record, "optimizer"));

    if (strcmp (name, nn_optimizer_get_name (type)) != 0)
      continue;
    compare_case (root, record, type);
    n_compared++;
  }
  if (n_compared == 0 && is_by_hand (type))
    g_test_skip ("PyTorch has no such optimizer: see steps-by-hand");
  else
    g_assert_cmpuint (n_compared, >=, 3);
  json_decref (root);
}

static void
test_steps_by_hand (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (by_hand); i++) {
    const NnOptimizerSettings settings = nn_optimizer_get_default (by_hand[i].type);
    g_autoptr (NnNetwork) network = new_network ();
    g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
    float ones[N_VALUES], halves[N_VALUES];

    for (gsize k = 0; k < N_VALUES; k++) {
      ones[k] = 1;
      halves[k] = 0.5f;
    }
    set_values (network, ones);
    set_grads (network, halves, -1);
    for (gsize n = 0; n < G_N_ELEMENTS (by_hand[i].weights); n++) {
      nn_optimizer_step (optimizer);
      for (gsize k = 0; k < N_VALUES; k++)
        g_assert_cmpfloat_with_epsilon (nn_network_get_values (network)[k],
                                        by_hand[i].weights[n], 1e-6f);
    }
  }
}

/* m = 0.1 · 0.5, v = 0.001 · 0.25, and both corrections undo that: w falls by lr · 0.5 /
 * (√0.25 + ε). */
static void
test_adam_by_hand (void)
{
  const NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  float ones[N_VALUES], halves[N_VALUES];

  for (gsize i = 0; i < N_VALUES; i++) {
    ones[i] = 1;
    halves[i] = 0.5f;
  }
  set_values (network, ones);
  set_grads (network, halves, -1);
  nn_optimizer_step (optimizer);
  for (gsize i = 0; i < N_VALUES; i++) {
    g_assert_cmpfloat_with_epsilon (nn_optimizer_get_moment (optimizer, 0)[i], 0.05f,
                                    1e-8f);
    g_assert_cmpfloat_with_epsilon (nn_optimizer_get_moment (optimizer, 1)[i], 0.00025f,
                                    1e-10f);
    g_assert_cmpfloat_with_epsilon (nn_network_get_values (network)[i], 0.999f, 1e-7f);
  }
}

/* A parameter without a gradient keeps its values, state and version. */
static void
test_no_gradient_no_step (gconstpointer data)
{
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  const gsize skipped = 2;
  g_autoptr (NnNetwork) network = new_network ();
  const NnParameterShape *shape =
      &nn_network_get_architecture (network)->parameters[skipped];
  const gsize n_bytes = shape->n_values * sizeof (float);
  const NnTensor *parameter = nn_network_get_parameter (network, skipped);
  float initial[N_VALUES], moments[NN_OPTIMIZER_MAX_MOMENTS][N_VALUES];

  fill (initial, N_VALUES, 1);
  set_values (network, initial);

  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  guint version;

  for (guint step = 0; step < 5; step++) {
    set_random_grads (network, step, -1);
    nn_optimizer_step (optimizer);
  }
  version = nn_tensor_get_version (parameter);
  memcpy (initial, nn_network_get_values (network), sizeof initial);
  for (gsize k = 0; k < nn_optimizer_get_n_moments (optimizer); k++)
    memcpy (moments[k], nn_optimizer_get_moment (optimizer, k), sizeof moments[k]);
  for (guint step = 0; step < 5; step++) {
    set_random_grads (network, step, (gssize) skipped);
    nn_optimizer_step (optimizer);
  }

  g_assert_cmpuint (nn_tensor_get_version (parameter), ==, version);
  g_assert_cmpmem (nn_tensor_get_values (parameter), n_bytes, initial + shape->offset,
                   n_bytes);
  for (gsize k = 0; k < nn_optimizer_get_n_moments (optimizer); k++)
    g_assert_cmpmem (nn_optimizer_get_moment (optimizer, k) + shape->offset, n_bytes,
                     moments[k] + shape->offset, n_bytes);
  g_assert_cmpfloat (nn_network_get_values (network)[0], !=, initial[0]);
}

/* Zero is a gradient: momentum and decay still move the weight. */
static void
test_zero_gradient_is_a_step (gconstpointer data)
{
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  const float zeros[N_VALUES] = { 0 };
  g_autoptr (NnNetwork) network = new_network ();
  float before[N_VALUES];

  fill (before, N_VALUES, 1);
  set_values (network, before);

  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

  set_grads (network, zeros, -1);
  nn_optimizer_step (optimizer);
  for (gsize i = 0; i < N_VALUES; i++)
    g_assert_cmpfloat (nn_network_get_values (network)[i], !=, before[i]);
}

static void
test_frozen_never_changes (gconstpointer data)
{
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  g_autoptr (NnNetwork) network = new_network ();
  NnTensor *frozen = nn_network_get_parameter (network, 0);
  const gsize n_bytes = nn_tensor_get_size (frozen) * sizeof (float);
  float initial[N_VALUES];

  fill (initial, N_VALUES, 1);
  set_values (network, initial);
  nn_tensor_set_requires_grad (frozen, FALSE);

  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

  for (guint step = 0; step < 100; step++) {
    set_random_grads (network, step, 0);
    nn_optimizer_step (optimizer);
  }
  g_assert_cmpmem (nn_tensor_get_values (frozen), n_bytes, initial, n_bytes);
}

/* As PyTorch: frozen between backward and step, it still has its gradient. */
static void
test_frozen_too_late_is_stepped (void)
{
  const NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

  set_random_grads (network, 1, -1);
  nn_tensor_set_requires_grad (nn_network_get_parameter (network, 0), FALSE);
  nn_optimizer_step (optimizer);
  g_assert_cmpfloat (nn_network_get_values (network)[0], !=, 0);
}

static void
test_step_is_one_change_anywhere (void)
{
  const NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

  set_random_grads (network, 1, -1);
  NN_ENABLE_GRAD ()
  {
    nn_optimizer_step (optimizer);
    g_assert_true (nn_grad_mode_is_enabled ());
  }
  for (gsize i = 0; i < N_PARAMETERS; i++)
    g_assert_cmpuint (nn_tensor_get_version (nn_network_get_parameter (network, i)), ==,
                      1);
}

/* A parameter's gradient is where the network's are, and none is not zeros. */
static void
test_gradients_are_flat (void)
{
  g_autoptr (NnNetwork) network = new_network ();
  float grads[N_VALUES];

  fill (grads, N_VALUES, 1);
  set_grads (network, grads, -1);
  g_assert_cmpmem (nn_network_get_grads (network), sizeof grads, grads, sizeof grads);
  g_assert_true (nn_network_has_all_grads (network));
  set_grads (network, grads, 3);
  g_assert_false (nn_network_has_all_grads (network));
  g_assert_null (nn_tensor_get_grad (nn_network_get_parameter (network, 3)));
  g_assert_cmpfloat (*nn_tensor_accumulate_grad (nn_network_get_parameter (network, 3)),
                     ==, 0);
}

/* Steps on, with a parameter left out now and then. */
static void
run (NnNetwork *network, NnOptimizer *optimizer, guint from, guint to)
{
  for (guint step = from; step < to; step++) {
    set_random_grads (network, step, step % 50 == 7 ? 1 : -1);
    nn_optimizer_step (optimizer);
  }
}

static void
test_restored_state_goes_on (gconstpointer data)
{
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  g_autoptr (NnOptimizer) other = NULL;
  g_autofree guint8 *state = g_malloc (nn_optimizer_get_state_size (optimizer));
  float saved[N_VALUES], expected[N_VALUES];

  for (guint saved_at = 5; saved_at < 150; saved_at += 29) {
    run (network, optimizer, 0, saved_at);
    nn_optimizer_save_state (optimizer, state);
    memcpy (saved, nn_network_get_values (network), sizeof saved);
    run (network, optimizer, saved_at, saved_at + 100);
    memcpy (expected, nn_network_get_values (network), sizeof expected);

    /* Into the optimizer that went on, and into one that has done nothing. */
    set_values (network, saved);
    nn_optimizer_restore_state (optimizer, state);
    run (network, optimizer, saved_at, saved_at + 100);
    g_assert_cmpmem (nn_network_get_values (network), sizeof expected, expected,
                     sizeof expected);
    g_clear_pointer (&other, nn_optimizer_free);
    other = nn_optimizer_new (network, &settings);
    g_assert_cmpuint (nn_optimizer_get_state_size (other), ==,
                      nn_optimizer_get_state_size (optimizer));
    set_values (network, saved);
    nn_optimizer_restore_state (other, state);
    run (network, other, saved_at, saved_at + 100);
    g_assert_cmpmem (nn_network_get_values (network), sizeof expected, expected,
                     sizeof expected);
    g_assert_true (isfinite (expected[0]) && expected[0] != saved[0]);
  }
}

static void
test_zeroed_state_is_new (gconstpointer data)
{
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  g_autoptr (NnOptimizer) fresh = nn_optimizer_new (network, &settings);
  const gsize size = nn_optimizer_get_state_size (optimizer);
  g_autofree guint8 *state = g_malloc (size);
  g_autofree guint8 *fresh_state = g_malloc (size);
  float moment[N_VALUES];

  run (network, optimizer, 0, 20);
  memcpy (moment, nn_optimizer_get_moment (optimizer, 0), sizeof moment);
  nn_optimizer_zero_state (optimizer, 1);

  /* That parameter's alone: values 12 to 14. */
  for (gsize i = 0; i < N_VALUES; i++) {
    const float *zeroed = i >= 12 && i < 15 ? nn_optimizer_get_moment (fresh, 0) : moment;

    g_assert_cmpfloat (nn_optimizer_get_moment (optimizer, 0)[i], ==, zeroed[i]);
    g_assert_cmpfloat (moment[i], !=, nn_optimizer_get_moment (fresh, 0)[i]);
  }
  for (gsize i = 0; i < N_PARAMETERS; i++)
    nn_optimizer_zero_state (optimizer, i);
  nn_optimizer_save_state (optimizer, state);
  nn_optimizer_save_state (fresh, fresh_state);
  g_assert_cmpmem (state, size, fresh_state, size);
}

/* Sets the weights and runs one step; the result in stepped. */
static void
step_from (NnNetwork *network, NnOptimizer *optimizer, const float *from, float *stepped)
{
  set_values (network, from);
  run (network, optimizer, 20, 21);
  memcpy (stepped, nn_network_get_values (network), N_VALUES * sizeof (float));
}

/* A zeroed parameter's next step is a first one, while the others go on. */
static void
test_zeroed_counts_anew (gconstpointer data)
{
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  const gsize zeroed = 12 * sizeof (float);
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  g_autoptr (NnOptimizer) fresh = nn_optimizer_new (network, &settings);
  g_autofree guint8 *state = g_malloc (nn_optimizer_get_state_size (optimizer));
  float before[N_VALUES], first[N_VALUES], next[N_VALUES], stepped[N_VALUES];

  run (network, optimizer, 8, 20); /* every parameter in every step */
  memcpy (before, nn_network_get_values (network), sizeof before);
  nn_optimizer_save_state (optimizer, state);
  step_from (network, fresh, before, first);
  step_from (network, optimizer, before, next);
  for (gsize i = 0; i < N_VALUES; i++)
    g_assert_true (first[i] != next[i] || nn_optimizer_get_moment (fresh, 0)[i] !=
                                              nn_optimizer_get_moment (optimizer, 0)[i]);

  nn_optimizer_restore_state (optimizer, state);
  nn_optimizer_zero_state (optimizer, 0);
  step_from (network, optimizer, before, stepped);
  g_assert_cmpmem (stepped, zeroed, first, zeroed);
  g_assert_cmpmem (stepped + 12, sizeof stepped - zeroed, next + 12,
                   sizeof next - zeroed);
}

static void
test_bad_settings_are_refused (void)
{
  static const struct {
    NnOptimizerType type;
    gsize offset;
    double value;
    const char *message; /* (nullable) if it is to be taken */
  } cases[] = {
#define FIELD(type, field)                                                               \
  NN_OPTIMIZER_##type, G_STRUCT_OFFSET (NnOptimizerSettings, field)
    { FIELD (SGD, lr), -1, "lr is -1; give a number from 0 to 3.4e38" },
    { FIELD (ADAGRAD, lr), NAN, "lr is nan; *" },
    { FIELD (ADAM, lr), INFINITY, "lr is inf; *" },
    { FIELD (ADAM, lr), 1e300, "lr is 1e+300; *" },
    { FIELD (ADAM, lr), 0, NULL },
    { FIELD (RMSPROP, weight_decay), -0.5, "weight_decay is -0.5; *" },
    { FIELD (SGD, momentum), -0.5, "momentum is -0.5; *" },
    { FIELD (RMSPROP, momentum), -0.5, "momentum is -0.5; *" },
    { FIELD (ADAM, momentum), -0.5, NULL },
    { FIELD (ADAM, beta1), 1, "betas[0] is 1; give a number from 0 and below 1" },
    { FIELD (ADAMW, beta2), -0.1, "betas[1] is -0.1; *" },
    { FIELD (ADAMW, beta2), 0, NULL },
    { FIELD (SGD, beta1), 1, NULL },
    { FIELD (ADAM, eps), -1e-8, "eps is -1e-08; *" },
    { FIELD (SGD, eps), -1, NULL },
    { FIELD (RMSPROP, alpha), -1, "alpha is -1; *" },
    { FIELD (ADAGRAD, lr_decay), -1, "lr_decay is -1; *" },
    { FIELD (ADAGRAD, initial_accumulator_value), -1, "initial_accumulator_value is *" },
#undef FIELD
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    NnOptimizerSettings settings = nn_optimizer_get_default (cases[i].type);
    g_autoptr (GError) error = NULL;

    G_STRUCT_MEMBER (double, &settings, cases[i].offset) = cases[i].value;
    if (cases[i].message == NULL) {
      g_assert_true (nn_optimizer_check (&settings, &error));
      g_assert_no_error (error);
    } else {
      g_assert_false (nn_optimizer_check (&settings, &error));
      g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("'%s' is not '%s'", error->message, cases[i].message);
    }
  }
}

static void
test_nesterov_needs_momentum (void)
{
  NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  settings.nesterov = TRUE;
  g_assert_false (nn_optimizer_check (&settings, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_true (g_str_has_prefix (error->message, "nesterov "));
  settings.momentum = 0.1;
  g_assert_true (nn_optimizer_check (&settings, NULL));
}

static void
test_refused_settings_change_nothing (void)
{
  const NnOptimizerSettings settings = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);
  NnOptimizerSettings bad = settings;
  g_autoptr (NnNetwork) network = new_network ();
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);
  g_autoptr (GError) error = NULL;

  bad.lr = -1;
  g_assert_false (nn_optimizer_set_settings (optimizer, &bad, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_clear_error (&error);
  bad = nn_optimizer_get_default (NN_OPTIMIZER_ADAMW);
  g_assert_false (nn_optimizer_set_settings (optimizer, &bad, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpint (nn_optimizer_get_settings (optimizer)->type, ==, NN_OPTIMIZER_ADAM);
  g_assert_cmpfloat (nn_optimizer_get_settings (optimizer)->lr, ==, settings.lr);
}

static void
test_names_are_found (void)
{
  static const gsize n_moments[NN_N_OPTIMIZERS] = {
    [NN_OPTIMIZER_SGD] = 1,     [NN_OPTIMIZER_ADAM] = 2,    [NN_OPTIMIZER_ADAMW] = 2,
    [NN_OPTIMIZER_RMSPROP] = 3, [NN_OPTIMIZER_ADAGRAD] = 1,
  };
  g_autoptr (GError) error = NULL;
  NnOptimizerType type = NN_OPTIMIZER_SGD;

  for (guint i = 0; i < NN_N_OPTIMIZERS; i++) {
    const NnOptimizerSettings settings = nn_optimizer_get_default (i);
    g_autoptr (NnNetwork) network = new_network ();

    g_assert_true (nn_optimizer_find (nn_optimizer_get_name (i), &type, NULL));
    g_assert_cmpuint (type, ==, i);
    g_assert_cmpuint (settings.type, ==, i);

    g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

    if (n_moments[i] > 0)
      g_assert_cmpuint (nn_optimizer_get_n_moments (optimizer), ==, n_moments[i]);
  }
  g_assert_false (nn_optimizer_find ("Adam", &type, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "Adam"));
  g_assert_nonnull (strstr (error->message, "adagrad"));
}

static void
test_step_allocates_nothing (gconstpointer data)
{
#ifdef COUNTING_MALLOC
  const NnOptimizerSettings settings = busy_settings (GPOINTER_TO_UINT (data));
  g_autoptr (NnNetwork) network = new_network ();
  guint before = n_allocations;
  g_autoptr (NnOptimizer) optimizer = nn_optimizer_new (network, &settings);

  g_assert_cmpuint (n_allocations, >, before);
  for (guint step = 0; step < 1000; step++) {
    set_random_grads (network, step, step % 50 == 7 ? 1 : -1);
    before = n_allocations;
    nn_optimizer_step (optimizer);
    g_assert_cmpuint (n_allocations, ==, before);
  }
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

static void
add_for_each_type (const char *property, GTestDataFunc test)
{
  for (guint type = 0; type < NN_N_OPTIMIZERS; type++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/optimizer/%s/%s", nn_optimizer_get_name (type), property);

    g_test_add_data_func (path, GUINT_TO_POINTER (type), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_type ("steps-as-pytorch", test_steps_as_pytorch);
  add_for_each_type ("no-gradient-no-step", test_no_gradient_no_step);
  add_for_each_type ("zero-gradient-is-a-step", test_zero_gradient_is_a_step);
  add_for_each_type ("frozen-never-changes", test_frozen_never_changes);
  add_for_each_type ("restored-state-goes-on", test_restored_state_goes_on);
  add_for_each_type ("zeroed-state-is-new", test_zeroed_state_is_new);
  add_for_each_type ("zeroed-counts-anew", test_zeroed_counts_anew);
  add_for_each_type ("step-allocates-nothing", test_step_allocates_nothing);
  g_test_add_func ("/nn/optimizer/steps-by-hand", test_steps_by_hand);
  g_test_add_func ("/nn/optimizer/adam/by-hand", test_adam_by_hand);
  g_test_add_func ("/nn/optimizer/frozen-too-late-is-stepped",
                   test_frozen_too_late_is_stepped);
  g_test_add_func ("/nn/optimizer/step-is-one-change-anywhere",
                   test_step_is_one_change_anywhere);
  g_test_add_func ("/nn/optimizer/gradients-are-flat", test_gradients_are_flat);
  g_test_add_func ("/nn/optimizer/bad-settings-are-refused",
                   test_bad_settings_are_refused);
  g_test_add_func ("/nn/optimizer/nesterov-needs-momentum", test_nesterov_needs_momentum);
  g_test_add_func ("/nn/optimizer/refused-settings-change-nothing",
                   test_refused_settings_change_nothing);
  g_test_add_func ("/nn/optimizer/names-are-found", test_names_are_found);
  return g_test_run ();
}
