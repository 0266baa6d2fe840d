/* nn-threads.c - sharing out what is large among the processors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-threads.h"

#include <omp.h>

#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/kernels/nn-pool.h"

static gint n_threads_wanted; /* atomic; 0: one for each processor */

/**
 * nn_threads_set:
 * @n_threads: 0 for one for each processor, as it is at first
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

  return n > 0 ? (guint) n : g_get_num_processors ();
}

typedef struct {
  NnPoolPart part;
  gconstpointer data;
  gsize n;
  gsize grain;
  gboolean
      flush;  /* as the thread that asks does: other threads have modes of their own */
  gint begun; /* atomic: OpenMP's own handing over is invisible to ThreadSanitizer */
  gint done;  /* atomic */
} Job;

static G_NO_INLINE void
do_share (Job *job, gsize index, gsize n_threads)
{
  gsize n_grains, first, end;

  g_assert (g_atomic_int_get (&job->begun));
  n_grains = (job->n + job->grain - 1) / job->grain;
  first = index * n_grains / n_threads * job->grain;
  end = (index + 1) * n_grains / n_threads * job->grain;
  nn_flush_set_ (job->flush); /* a thread begins with the mode of the one that made it */
  if (first < job->n)
    job->part (job->data, first, MIN (end, job->n));
  g_atomic_int_inc (&job->done);
}

/* What OpenMP itself writes and reads here, ThreadSanitizer must not see half of. */
static __attribute__ ((no_sanitize ("thread"))) void
share_out (Job *job, int n_threads)
{
#pragma omp parallel num_threads(n_threads)
  do_share (job, (gsize) omp_get_thread_num (), (gsize) omp_get_num_threads ());
}

static void
share_with_openmp (guint n_threads,
                   gsize n,
                   gsize grain,
                   NnPoolPart part,
                   gconstpointer data)
{
  Job job = { .part = part, .data = data, .n = n, .grain = grain, .flush = nn_flushing_ };

  g_atomic_int_set (&job.begun, 1);
  share_out (&job, (int) n_threads);
  g_assert (g_atomic_int_get (&job.done) > 0);
}

/**
 * nn_threads_run:
 * @n: how many rows, columns or numbers there are
 * @grain: where they may be parted: at its multiples
 * @part: does those from first to before end; none of its calls may write what another
 *   reads
 *
 * Returns when all is done.
 */
void
nn_threads_run (gsize n, gsize grain, NnPoolPart part, gconstpointer data)
{
  const guint n_threads = nn_threads_get ();

  if (n_threads == 1 || n <= grain)
    part (data, 0, n);
  else if (nn_kernels_get ()->packed_product)
    nn_pool_run (n_threads, n, grain, part, data);
  else
    share_with_openmp (n_threads, n, grain, part, data);
}
