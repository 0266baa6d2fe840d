/* test-nn-allocations.c - a training step in the steady state allocates nothing
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/train/nn-trainer.h"

#include "counting-malloc.h"

static void
test_step_allocates_nothing (gconstpointer demo)
{
#ifdef COUNTING_MALLOC
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, NULL);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (experiment, NULL);
  guint before = n_allocations;
  gboolean done = TRUE;

  /* The first step finds its memory: that the count sees. */
  g_assert_true (nn_trainer_step (trainer, NULL));
  g_assert_cmpuint (n_allocations, >, before);

  before = n_allocations;
  for (int i = 0; i < 10000; i++)
    done &= nn_trainer_step (trainer, NULL);
  g_assert_cmpuint (n_allocations, ==, before);
  g_assert_true (done);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}


int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/nn/allocations/seed", "seed", test_step_allocates_nothing);
  g_test_add_data_func ("/nn/allocations/seed-nudged", "seed-nudged",
                        test_step_allocates_nothing);
  return g_test_run ();
}
