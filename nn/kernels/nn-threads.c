/* nn-threads.c - how many threads compute, and loops shared among them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-threads.h"

#include "nn/kernels/nn-processors.h"

#define FLOATS_GRAIN 1024 /* no two threads write to one cache line */

static gint n_threads_wanted; /* atomic; 0: one for each processor */

/**
 * nn_threads_set:
 * @n_threads: 0 for one for each processor that the process may use, as it is at first
 *
 * Not while a product is computed: nn-gemm.c asks for the number more than once.
 */
void
nn_threads_set (guint n_threads)
{
  g_atomic_int_set (&n_threads_wanted, (gint) n_threads);
}

guint
nn_threads_get (void)
{
  const gint n = g_atomic_int_get (&n_threads_wanted);

  return n > 0 ? (guint) n : nn_processors_count ();
}

/**
 * nn_threads_run_loops:
 *
 * As nn_pool_run (), on as many threads as nn_threads_get () says.
 */
void
nn_threads_run_loops (const NnPoolLoop *loops, gsize n_loops)
{
  nn_pool_run (nn_threads_get (), loops, n_loops);
}

/**
 * nn_threads_run:
 *
 * One loop.
 */
void
nn_threads_run (gsize n, gsize grain, NnPoolPart part, gconstpointer data)
{
  if (n <= grain)
    part (data, 0, n);
  else
    nn_threads_run_loops (&(NnPoolLoop){ part, data, n, grain }, 1);
}

/**
 * nn_threads_run_floats:
 * @n: how many floats each array has
 *
 * A loop over arrays of float, which does little with each: on one thread if they are few.
 */
void
nn_threads_run_floats (gsize n, NnPoolPart part, gconstpointer data)
{
  if (n < NN_THREADS_MIN_FLOATS)
    part (data, 0, n);
  else
    nn_threads_run (n, FLOATS_GRAIN, part, data);
}
