/* test-nn-allocations.c - a training step in the steady state allocates nothing
 *
 * SPDX-License-Identifier: MIT
 *
 * The C library's allocating functions are replaced by counting ones, for the
 * whole process. A sanitizer replaces them too, so there this test is skipped.
 */

#include "nn/train/nn-trainer.h"

#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__

static void
test_step_allocates_nothing (gconstpointer demo)
{
  g_test_skip ("the sanitizer has its own allocator");
}

#else

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

static _Thread_local guint n_allocations;

void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *old, size_t size)
{
  n_allocations++;
  return __libc_realloc (old, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  n_allocations++;
  return __libc_memalign (alignment, size);
}

int
posix_memalign (void **result, size_t alignment, size_t size)
{
  n_allocations++;
  *result = __libc_memalign (alignment, size);
  return *result ? 0 : 12; /* ENOMEM */
}

static void
test_step_allocates_nothing (gconstpointer demo)
{
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
}

#endif

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/nn/allocations/seed", "seed", test_step_allocates_nothing);
  g_test_add_data_func ("/nn/allocations/seed-nudged", "seed-nudged",
                        test_step_allocates_nothing);
  return g_test_run ();
}
