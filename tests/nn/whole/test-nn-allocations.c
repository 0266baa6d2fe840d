/* test-nn-allocations.c - a training step in the steady state allocates nothing
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/whatif/nn-trial.h"

#include "nn/io/nn-experiment-demo.h"
#include "tests/nn/counting-malloc.h"
#include "tests/nn/small-edit.h"

#ifdef COUNTING_MALLOC
#include <malloc.h>
#endif

/* A few epochs, so that every shape of batch and every nudge has had its turn. */
#define WARM 40

static NnTrainer *
new_demo (const char *demo)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);

  return nn_trainer_new (experiment, NULL);
}

static void
check_steps (NnTrainer *trainer, guint n_steps)
{
#ifdef COUNTING_MALLOC
  guint before = n_allocations;

  /* The first step finds its memory: that the count sees. */
  small_trainer_steps (trainer, 1);
  g_assert_cmpuint (n_allocations, >, before);

  small_trainer_steps (trainer, WARM);
  before = n_allocations;
  small_trainer_steps (trainer, n_steps);
  g_assert_cmpuint (n_allocations, ==, before);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

static void
test_demo (gconstpointer demo)
{
  g_autoptr (NnTrainer) trainer = new_demo (demo);

  check_steps (trainer, 10000);
}

static void
test_experiment (gconstpointer keys)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);

  check_steps (trainer, 1000);
}

/* What the window shows of a step is no matter of allocating, either. */
static void
test_kept_change (gconstpointer keys)
{
  g_autoptr (NnTrainer) trainer = small_trainer (keys);

  nn_trainer_keep_change (trainer, TRUE);
  check_steps (trainer, 1000);
}

static void
test_optimizer (gconstpointer data)
{
  g_autofree char *optimizer = small_dup_optimizer (GPOINTER_TO_UINT (data));
  g_autofree char *keys = g_strconcat (MSE "," SHUFFLED ",", optimizer, NULL);

  test_experiment (keys);
}

static void
test_loss (gconstpointer data)
{
  const NnLossType loss = (NnLossType) GPOINTER_TO_UINT (data);
  g_autofree char *keys = g_strdup_printf (
      MOONS ", %s, 'loss': {'type': '%s'}," SHUFFLED,
      nn_loss_takes_classes (loss) ? NETWORK (2) : NETWORK (1), nn_loss_get_name (loss));

  test_experiment (keys);
}

/* What allocators keep aside, and GLib's slices by the clock, may differ by some blocks. */
#define CACHED_BYTES 4096

/* After a million steps as many bytes are in use as before, whatever the nudges do: a byte
 * lost at every hundredth would be seen. */
static void
check_flat (NnTrainer *trainer)
{
#ifdef COUNTING_MALLOC
  gsize before;

  small_trainer_steps (trainer, 10000);
  before = mallinfo2 ().uordblks;
  small_trainer_steps (trainer, 1000000);
  g_assert_cmpuint (mallinfo2 ().uordblks, <=, before + CACHED_BYTES);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

static void
test_memory_is_flat (void)
{
  g_autoptr (NnTrainer) trainer = new_demo ("seed");

  check_flat (trainer);
}

/* Refused each time, with a message in the log that replaces the one before. */
static void
test_memory_is_flat_with_refusals (void)
{
  g_autoptr (NnTrainer) trainer = new_demo ("seed");

  small_trainer_add (trainer, "fc1: w / (w - w) @ every 7 steps");
  small_trainer_add (trainer, "fc2: w + a*w @ every step before backward a=0");
  check_flat (trainer);
}

#ifdef COUNTING_MALLOC
/* As a sweep does that follows a run. */
static void
try_for_a_step (NnTrainer *trainer, NnTrial *trial, const NnNudge *nudge)
{
  small_trainer_steps (trainer, 1);
  nn_trial_begin (trial);
  for (gsize i = 0; i < 10; i++)
    nn_trial_try (trial, nudge, 0.1f * (float) i, NULL);
}
#endif

/* An edit allocates, and the epoch in the midst of which batches changed; steps after that
 * do not. */
static void
test_after_edits (gconstpointer keys)
{
#ifdef COUNTING_MALLOC
  g_autoptr (NnTrainer) trainer = small_trainer (MSE "," SHUFFLED);
  guint before;

  small_trainer_steps (trainer, 6);
  small_trainer_edit (trainer, keys);
  small_trainer_steps (trainer, WARM);
  before = n_allocations;
  small_trainer_steps (trainer, 1000);
  g_assert_cmpuint (n_allocations, ==, before);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

static void
test_trying (void)
{
#ifdef COUNTING_MALLOC
  g_autoptr (NnTrainer) trainer = small_trainer (MSE ", 'batch': {'size': 9}");
  g_autoptr (NnTrial) trial = nn_trial_new (trainer);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: w + a*noise a=0", NULL);
  guint before = n_allocations;

  try_for_a_step (trainer, trial, nudge);
  g_assert_cmpuint (n_allocations, >, before);
  for (int i = 0; i < WARM; i++)
    try_for_a_step (trainer, trial, nudge);
  before = n_allocations;
  for (int i = 0; i < 100; i++)
    try_for_a_step (trainer, trial, nudge);
  g_assert_cmpuint (n_allocations, ==, before);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

static const struct {
  const char *name;
  const char *keys;
} experiments[] = {
  { "smaller-last-batch", MSE ", 'batch': {'size': 5}" },
  { "shuffled-smaller-last-batch", MSE "," SHUFFLED },
  { "dataloader", MSE ", 'batch': {'size': 5, 'shuffle': 'dataloader'}" },
  { "every-example", MSE "," SHUFFLED ", 'nudges': ['*: w - a*w @ every example a=0.01',"
                         " '*: w + a*w @ every example before backward a=0.01']" },
  { "before-backward",
    MSE "," SHUFFLED ", 'nudges': ['*: w - a*w @ every step before backward a=0.01']" },
  { "before-backward-now-and-then",
    MSE "," SHUFFLED ", 'nudges': ['fc2: w - a*w @ every 2 steps before backward a=0.01',"
        " 'fc3: w - a*w @ every 3 steps before backward a=0.01',"
        " '*: w + a*w @ every epoch before backward a=0.01']" },
  { "random-nudges", MSE "," SHUFFLED ", 'nudges': ['*: w + a*noise a=0.001',"
                         " 'fc2: w + 0.01*(rand - rand)*noise @ every 3 steps before"
                         " backward']" },
  { "random-nudges-on-every-example",
    MSE "," SHUFFLED ", 'nudges': ['*: w + a*noise @ every example a=0.001',"
        " 'fc2: w + 0.01*(rand - rand) @ every example before backward']" },
  { "parts", MSE
    "," SHUFFLED ", 'nudges': ['fc2[1]: w + a*noise a=0.001',"
    " 'fc2.weight[:,2]: w - a*g a=0.01 memory=zero', 'fc3: pin',"
    " 'fc1.weight[0,1; 2,1]: blend', 'fc2: w + a*(fresh - shuffled) a=0.01',"
    " 'fc2.weight[:3]: prune @ every 3 steps before backward a=0.1 memory=zero-all']" },
  { "slow-copies",
    MSE "," SHUFFLED ", 'nudges': ['*: m = m + 0.1*(w - m); w = m @ every 3 steps',"
        " 'fc2.weight[1:3, ::2]: w + 0.1*(m - w)', 'fc1: ema',"
        " '*: perturb @ every 2 steps', '*: restore @ every 2 steps before backward']" },
  { "probabilities",
    "'data': {'source': 'inline', 'inputs': [[1], [2], [3]], 'targets': [[1, 0], [0, 1],"
    " [0.5, 0.5]]}," NETWORK (
        2) ", 'loss': {'type': 'cross_entropy'}, 'batch': {'size': 2}" },
  { "no-bias",
    MOONS "," WITHOUT_BIAS ", 'loss': {'type': 'mse'}," SHUFFLED
          ", 'nudges': ['*: w - a*w @ every 3 steps before backward a=0.01']" },
  { "no-guard", MSE "," SHUFFLED ", 'guard': 'off',"
                    " 'nudges': ['*: w - a*w @ every step before backward a=0.01']" },
};

static const char *const edits[] = {
  "'batch': {'size': 4}",
  "'batch': {'size': 7, 'shuffle': true}",
  "'data': {'source': 'moons', 'examples': 31}",
  "'loss': {'type': 'l1'}, 'optimizer': {'type': 'sgd'}",
  "'network': {'layers': [{'units': 9, 'activation': 'tanh'}, {'units': 1}]}",
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/nn/allocations/seed", "seed", test_demo);
  g_test_add_data_func ("/nn/allocations/seed-nudged", "seed-nudged", test_demo);
  g_test_add_data_func ("/nn/allocations/kept-change",
                        MSE "," SHUFFLED ", 'nudges': ['*: w + 1e-6 @ every example']",
                        test_kept_change);
  for (gsize i = 0; i < G_N_ELEMENTS (experiments); i++) {
    g_autofree char *path = g_strconcat ("/nn/allocations/", experiments[i].name, NULL);

    g_test_add_data_func (path, experiments[i].keys, test_experiment);
  }
  for (guint i = 0; i < NN_N_OPTIMIZERS; i++) {
    g_autofree char *path =
        g_strconcat ("/nn/allocations/", nn_optimizer_get_name (i), NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_optimizer);
  }
  for (guint i = 0; i < NN_N_LOSSES; i++) {
    g_autofree char *path = g_strconcat ("/nn/allocations/", nn_loss_get_name (i), NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_loss);
  }
  g_test_add_func ("/nn/allocations/memory-is-flat", test_memory_is_flat);
  g_test_add_func ("/nn/allocations/memory-is-flat-with-refusals",
                   test_memory_is_flat_with_refusals);
  g_test_add_func ("/nn/allocations/trying", test_trying);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/allocations/edited-%" G_GSIZE_FORMAT, i);

    g_test_add_data_func (path, edits[i], test_after_edits);
  }
  return g_test_run ();
}
