/* nn-pool.c - threads that help with what is large, when they are free
 *
 * SPDX-License-Identifier: MIT
 *
 * Helpers begin when they are first wanted, and stay to the end of the process. One that
 * has nothing to do looks out for the next job for a while, as products follow each other
 * closely, and then sleeps.
 *
 * All that threads share is atomic, and in one order for all (seq_cst). A helper counts
 * itself in before it looks which job there is; who asks takes the job away before it
 * looks whether anybody is in. So a job is there as long as a helper has it.
 */

#include "nn/kernels/nn-pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "nn/kernels/nn-flush.h"

#define MOST_HELPERS 63
/* How often a helper looks for a job before it sleeps: 120 microseconds where this was
 * measured. With a tenth of that, two threads gave a network of 784-512-512-10 a tenth
 * less, for a helper fell asleep between the products of one step. */
#define LOOKS 5000

typedef struct {
  NnPoolPart part;
  gconstpointer data;
  gsize n;
  gsize grain;
  gsize n_parts;
  gboolean flush; /* as who asks does: threads have modes of their own */
  guint n_helpers;
  atomic_size_t next; /* the first part that nobody has taken */
} Job;

static struct {
  pthread_mutex_t user; /* held by who is helped */
  pthread_mutex_t lock; /* of who sleeps */
  pthread_cond_t wake;
  guint n_helpers; /* begun; guarded by user */
  _Atomic (Job *) job;
  atomic_uint n_jobs;     /* begun so far */
  atomic_uint n_in;       /* helpers that may have a job */
  atomic_uint n_sleeping; /* or about to */
} pool = { .user = PTHREAD_MUTEX_INITIALIZER,
           .lock = PTHREAD_MUTEX_INITIALIZER,
           .wake = PTHREAD_COND_INITIALIZER };

static inline void
relax (void)
{
#ifdef __SSE2__
  __builtin_ia32_pause ();
#endif
}

static void
take_parts (Job *job)
{
  const gsize n_grains = (job->n + job->grain - 1) / job->grain;
  gsize index;

  while ((index = job->next++) < job->n_parts) {
    const gsize first = index * n_grains / job->n_parts * job->grain;
    const gsize end = (index + 1) * n_grains / job->n_parts * job->grain;

    if (first < end)
      job->part (job->data, first, MIN (end, job->n));
  }
}

static void
help_once (guint number)
{
  Job *job;

  pool.n_in++;
  job = pool.job;
  if (job && number < job->n_helpers) {
    if (nn_flushing_ != job->flush)
      nn_flush_set_ (job->flush);
    take_parts (job);
  }
  pool.n_in--;
}

/* Returns: the number of a job that is not @seen; by then it may be over. */
static guint
wait_for_job (guint seen)
{
  for (guint looks = 0; looks < LOOKS; looks++) {
    if (pool.n_jobs != seen)
      return pool.n_jobs;
    relax ();
  }
  pthread_mutex_lock (&pool.lock);
  pool.n_sleeping++;
  while (pool.n_jobs == seen)
    pthread_cond_wait (&pool.wake, &pool.lock);
  pool.n_sleeping--;
  pthread_mutex_unlock (&pool.lock);
  return pool.n_jobs;
}

static void *
help (void *data)
{
  guint seen = 0;

  for (;;) {
    seen = wait_for_job (seen);
    help_once (GPOINTER_TO_UINT (data));
  }
  return NULL;
}

/* As many as the system gives: without any, who asks works alone. */
static void
begin_helpers (guint n_helpers)
{
  while (pool.n_helpers < n_helpers) {
    pthread_t thread;

    if (pthread_create (&thread, NULL, help, GUINT_TO_POINTER (pool.n_helpers)) != 0)
      return;
    pthread_detach (thread);
    pool.n_helpers++;
  }
}

static void
run_helped (Job *job)
{
  pool.job = job;
  pool.n_jobs++;
  if (pool.n_sleeping > 0) {
    pthread_mutex_lock (&pool.lock);
    pthread_cond_broadcast (&pool.wake);
    pthread_mutex_unlock (&pool.lock);
  }
  take_parts (job);
  pool.job = NULL;
  for (guint looks = 0; pool.n_in > 0; looks++)
    if (looks < LOOKS)
      relax ();
    else
      sched_yield (); /* a helper may need this processor to finish its part */
}

/**
 * nn_pool_run:
 * @n_threads: at most, with the one that asks
 * @n: how many rows, columns or numbers there are
 * @grain: where they may be parted: at its multiples
 * @part: does those from first to before end; none of its calls may write what another
 *   reads
 *
 * Returns when all is done. Each element is computed by one thread as any other would, so
 * the result shows neither how many there are nor who took what.
 */
void
nn_pool_run (guint n_threads, gsize n, gsize grain, NnPoolPart part, gconstpointer data)
{
  Job job = { .part = part,
              .data = data,
              .n = n,
              .grain = grain,
              .n_parts = n_threads, /* with more, each packs what it reads again */
              .flush = nn_flushing_,
              .n_helpers = MIN (n_threads - 1, MOST_HELPERS) };

  if (n_threads < 2 || n <= grain || pthread_mutex_trylock (&pool.user) != 0) {
    part (data, 0, n);
    return;
  }
  begin_helpers (job.n_helpers);
  run_helped (&job);
  pthread_mutex_unlock (&pool.user);
}
