/* test-nn-optimizer-state.c - what an optimizer remembers when weights are changed by hand
 *
 * SPDX-License-Identifier: MIT
 *
 * tests/golden/semantics.py asks PyTorch the same.
 */

#include <math.h>
#include <string.h>

#include "nn/nudge/nn-apply.h"
#include "nn/optim/nn-optimizer.h"
#include "nn/tensor/nn-grad-mode.h"

/* One weight, one bias, and an optimizer whose gradients the test sets. */
typedef struct {
  NnNetwork *network;     /* (owned) */
  NnOptimizer *optimizer; /* (owned) */
} Pair;

static void
pair_init (Pair *self, const NnOptimizerSettings *settings, float weight)
{
  static const NnLayerSpec layer = { "fc1", 1, NN_ACTIVATION_IDENTITY };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (1, &layer, 1);

  self->network = nn_network_new (architecture);
  NN_NO_GRAD ()
  {
    nn_network_write_values (self->network)[0] = weight;
  }
  self->optimizer = nn_optimizer_new (self->network, settings);
}

static void
pair_clear (Pair *self)
{
  nn_optimizer_free (self->optimizer);
  nn_network_free (self->network);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
set_weight (Pair *self, float weight)
{
  NN_NO_GRAD ()
  {
    *nn_tensor_write (nn_network_get_parameter (self->network, 0), NULL) = weight;
  }
}

/* Returns: the weight after a step with this gradient of it, and none of the bias */
static float
step_with (Pair *self, float gradient)
{
  const float grads[] = { gradient, 0 };
  const gboolean present[] = { TRUE, FALSE };

  nn_network_set_grads (self->network, grads, present);
  nn_optimizer_step (self->optimizer);
  return nn_network_get_values (self->network)[0];
}

static NnOptimizerSettings
settings_of (NnOptimizerType type)
{
  NnOptimizerSettings settings = nn_optimizer_get_default (type);

  settings.lr = 0.5;
  return settings;
}

static void
test_momentum_begins_as_the_gradient (void)
{
  NnOptimizerSettings settings = settings_of (NN_OPTIMIZER_SGD);
  g_auto (Pair) plain, nesterov;

  settings.momentum = 0.5;
  pair_init (&plain, &settings, 1);
  g_assert_cmpfloat (step_with (&plain, 2), ==, 1 - 0.5f * 2);
  g_assert_cmpfloat (step_with (&plain, 4), ==, 0 - 0.5f * (0.5f * 2 + 4));

  settings.nesterov = TRUE;
  pair_init (&nesterov, &settings, 1);
  g_assert_cmpfloat (step_with (&nesterov, 2), ==, 1 - 0.5f * (2 + 0.5f * 2));
}

static void
test_decay_is_of_the_changed_weight (void)
{
  NnOptimizerSettings settings = settings_of (NN_OPTIMIZER_SGD);
  g_auto (Pair) pair;

  settings.weight_decay = 0.25;
  pair_init (&pair, &settings, 1);
  set_weight (&pair, 8);
  g_assert_cmpfloat (step_with (&pair, 2), ==, 8 - 0.5f * (2 + 0.25f * 8));
}

/* Unless its state is zeroed with it. */
static void
test_momentum_drags_a_zeroed_weight (void)
{
  NnOptimizerSettings settings = settings_of (NN_OPTIMIZER_SGD);
  g_auto (Pair) pair;

  settings.momentum = 0.5;
  pair_init (&pair, &settings, 1);
  step_with (&pair, 2);
  set_weight (&pair, 0);
  g_assert_cmpfloat (step_with (&pair, 0), ==, -0.5f * (0.5f * 2));
  set_weight (&pair, 0);
  nn_optimizer_zero_state (pair.optimizer, 0);
  g_assert_cmpfloat (step_with (&pair, 0), ==, 0.0f);
}

/* A first step of Adam is lr m̂ / (√v̂ + eps) = lr g / (|g| + eps), whenever it comes. */
static void
test_parameters_count_their_own_steps (void)
{
  const float grads[] = { 2, 2 };
  const gboolean both[] = { TRUE, TRUE };
  NnOptimizerSettings settings = settings_of (NN_OPTIMIZER_ADAM);
  g_auto (Pair) pair;
  float bias;

  settings.eps = 2;
  pair_init (&pair, &settings, 1);
  g_assert_cmpfloat_with_epsilon (step_with (&pair, 2), 1 - 0.5f * 2 / (2 + 2), 1e-6f);
  step_with (&pair, 2);
  nn_network_set_grads (pair.network, grads, both);
  nn_optimizer_step (pair.optimizer);
  bias = nn_network_get_values (pair.network)[1];
  g_assert_cmpfloat_with_epsilon (bias, 0 - 0.5f * 2 / (2 + 2), 1e-6f);
}

static void
test_change_leaves_the_state_alone (gconstpointer type)
{
  NnOptimizerSettings settings = settings_of (GPOINTER_TO_UINT (type));
  g_autofree void *before = NULL;
  g_autofree void *after = NULL;
  g_auto (Pair) pair;
  gsize size;

  pair_init (&pair, &settings, 1);
  step_with (&pair, 2);
  size = nn_optimizer_get_state_size (pair.optimizer);
  before = g_malloc (size);
  after = g_malloc (size);
  nn_optimizer_save_state (pair.optimizer, before);
  set_weight (&pair, 9);
  nn_optimizer_save_state (pair.optimizer, after);
  g_assert_cmpmem (after, size, before, size);
}

/* A nudge may ask for it: then the next step is as the first, even where the count of
 * steps matters. */
static void
test_zeroed_memory_begins_anew (gconstpointer type)
{
  const NnNudgeSpec spec = { .target = "fc1.weight",
                             .expression = "1",
                             .time.when = NN_WHEN_MANUAL,
                             .memory = NN_MEMORY_ZERO };
  g_autoptr (NnNudge) nudge = nn_nudge_make (&spec, NULL);
  NnOptimizerSettings settings = settings_of (GPOINTER_TO_UINT (type));
  g_auto (Pair) pair, fresh;
  float scratch[2];
  NnNudgeContext context = { .scratch = scratch };

  settings.weight_decay = 0.125;
  if (settings.type == NN_OPTIMIZER_SGD || settings.type == NN_OPTIMIZER_RMSPROP)
    settings.momentum = 0.5;
  pair_init (&pair, &settings, 1);
  pair_init (&fresh, &settings, 1);
  for (int i = 1; i < 4; i++)
    step_with (&pair, (float) (i * i) - 5.5f);
  context.network = pair.network;
  context.optimizer = pair.optimizer;
  g_assert_true (nn_nudge_apply (nudge, &context, NULL, NULL));
  g_assert_cmpfloat (step_with (&pair, 0.25f), ==, step_with (&fresh, 0.25f));
  g_assert_cmpfloat (step_with (&pair, 3), ==, step_with (&fresh, 3));
}

/* Its gradient is there, and the optimizer asks for nothing else. */
static void
test_frozen_after_backward_is_updated_once (void)
{
  NnOptimizerSettings settings = settings_of (NN_OPTIMIZER_SGD);
  g_auto (Pair) pair;

  pair_init (&pair, &settings, 1);
  nn_tensor_set_requires_grad (nn_network_get_parameter (pair.network, 0), FALSE);
  g_assert_cmpfloat (step_with (&pair, 2), ==, 1 - 0.5f * 2);
}

static void
test_adamw_decays_past_the_moments (void)
{
  NnOptimizerSettings settings = settings_of (NN_OPTIMIZER_ADAMW);
  g_auto (Pair) adamw, adam;

  settings.weight_decay = 0.25;
  pair_init (&adamw, &settings, 4);
  g_assert_cmpfloat (step_with (&adamw, 0), ==, 4 * (1 - 0.5f * 0.25f));
  g_assert_cmpfloat (nn_optimizer_get_moment (adamw.optimizer, 0)[0], ==, 0.0f);

  settings.type = NN_OPTIMIZER_ADAM;
  pair_init (&adam, &settings, 4);
  g_assert_cmpfloat_with_epsilon (step_with (&adam, 0), 4 - 0.5f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (nn_optimizer_get_moment (adam.optimizer, 0)[0], 0.1f,
                                  1e-6f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/optimizer-state/" name, test)
  add ("momentum-begins-as-the-gradient", test_momentum_begins_as_the_gradient);
  add ("decay-is-of-the-changed-weight", test_decay_is_of_the_changed_weight);
  add ("momentum-drags-a-zeroed-weight", test_momentum_drags_a_zeroed_weight);
  add ("parameters-count-their-own-steps", test_parameters_count_their_own_steps);
  add ("adamw-decays-past-the-moments", test_adamw_decays_past_the_moments);
  add ("frozen-after-backward-is-updated-once",
       test_frozen_after_backward_is_updated_once);
  for (guint type = 0; type < NN_N_OPTIMIZERS; type++) {
    const char *name = nn_optimizer_get_name (type);
    g_autofree char *alone =
        g_strdup_printf ("/nn/optimizer-state/change-leaves-%s-alone", name);
    g_autofree char *anew =
        g_strdup_printf ("/nn/optimizer-state/zeroed-memory-of-%s-begins-anew", name);

    g_test_add_data_func (alone, GUINT_TO_POINTER (type),
                          test_change_leaves_the_state_alone);
    g_test_add_data_func (anew, GUINT_TO_POINTER (type), test_zeroed_memory_begins_anew);
  }
  return g_test_run ();
}
