/* nn-threads.c - sharing out what is large among the processors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-threads.h"

#include <omp.h>

#include "nn/kernels/nn-flush.h"

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
  void (*part) (gconstpointer data, gsize first, gsize end);
  gconstpointer data;
  gsize n;
  gsize grain;
  gboolean
      flush;  /* as the thread that asks does: other threads have modes of their own */
  gint begun; /* atomic: OpenMP's own handing over is invisible to ThreadSanitizer */
  gint done;  /* atomic */
} Job;

static void
do_share (Job *job, gsize index, gsize n_threads)
{
  const gsize n_grains = (job->n + job->grain - 1) / job->grain;
  const gsize first = index * n_grains / n_threads * job->grain;
  const gsize end = (index + 1) * n_grains / n_threads * job->grain;

  NN_FLUSH_SCOPE_ (job->flush);
  if (first < job->n)
    job->part (job->data, first, MIN (end, job->n));
}

/**
 * nn_threads_run:
 * @n: how many rows, columns or numbers there are
 * @grain: where they may be parted: at its multiples
 * @part: does those from first to before end; called in each thread at most once, and
 *   none of its calls may write what another reads
 *
 * Returns when all is done.
 */
__attribute__ ((no_sanitize ("thread"))) void
nn_threads_run (gsize n,
                gsize grain,
                void (*part) (gconstpointer data, gsize first, gsize end),
                gconstpointer data)
{
  const guint n_threads = nn_threads_get ();
  Job job = { .part = part, .data = data, .n = n, .grain = grain, .flush = nn_flushing_ };

  if (n_threads == 1 || n <= grain) {
    part (data, 0, n);
    return;
  }
  g_atomic_int_set (&job.begun, 1);
#pragma omp parallel num_threads(n_threads)
  if (g_atomic_int_get (&job.begun)) {
    do_share (&job, (gsize) omp_get_thread_num (), (gsize) omp_get_num_threads ());
    g_atomic_int_inc (&job.done);
  }
  g_atomic_int_get (&job.done);
}
