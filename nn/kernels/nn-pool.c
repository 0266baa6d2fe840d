/* nn-pool.c - a pool of threads that share large loops
 *
 * SPDX-License-Identifier: MIT
 *
 * All that threads share is atomic, and in one order for all (seq_cst). A worker counts
 * itself in at a slot before it reads which job is there; the caller takes the job away
 * before it reads how many are in. So a job is valid as long as a worker has it.
 */

#include "nn/kernels/nn-pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "nn/kernels/nn-flush.h"

#define MAX_WORKERS 63
#define STACK       (1u << 20) /* bytes; a product takes 160 KiB */
#define MAX_JOBS    8          /* at a time; one more caller works alone */
/* How long to spin before sleeping. The jobs of one step of a 784-512-512-10 network
 * follow each other within 0.08 ms; waking a thread costs 0.01 ms and more. */
#define SPIN_US 100
/* A thread for which this much time passes between two reads of the clock was preempted
 * by another program, and stops spinning. */
#define PREEMPTED_US 50
#define SPINS        16 /* between two reads of the clock */

#define MAX_PARTS ((MAX_WORKERS + 1) * NN_POOL_PARTS_PER_THREAD)

/* A loop's parts are numbered after those of the loops before it. */
typedef struct {
  const NnPoolLoop *loops;
  gsize n_loops;
  gsize ends[NN_POOL_MAX_LOOPS]; /* of each loop's parts */
  gsize n_parts;                 /* the last one's end */
  guint n_threads;               /* that may compute at a time, for this job and others */
  guint max_workers;             /* for this job */
  gboolean brief;                /* only for workers that are awake */
  gboolean flush; /* the caller's mode of arithmetic; threads have modes of their own */
  atomic_uint n_taken;
  atomic_bool taken[NN_POOL_MAX_LOOPS * MAX_PARTS]; /* (n_parts) */
} Job;

/* One of the jobs that run. */
typedef struct {
  atomic_bool used;
  _Atomic (Job *) job;
  atomic_uint n_workers; /* that may have the job */
  atomic_bool waited_for;
} Slot;

static struct {
  pthread_mutex_t lock; /* of both conditions */
  pthread_cond_t wake;
  pthread_cond_t done;
  atomic_uint n_workers;
  atomic_uint n_callers;  /* that have a job */
  atomic_uint n_working;  /* workers that have one, or try to */
  atomic_uint n_jobs;     /* begun so far */
  atomic_uint n_sleeping; /* workers that sleep or are about to */
  Slot slots[MAX_JOBS];
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER,
           .wake = PTHREAD_COND_INITIALIZER,
           .done = PTHREAD_COND_INITIALIZER };

static inline void
relax (void)
{
#ifdef __SSE2__
  __builtin_ia32_pause ();
#endif
}

/* Spins until *@value is @wanted (@equal) or no longer is, but not for long.
 * Returns: whether it came to that */
static gboolean
spin (const atomic_uint *value, guint wanted, gboolean equal)
{
  const gint64 start = g_get_monotonic_time ();
  gint64 now = start, before;

  do {
    for (guint i = 0; i < SPINS; i++) {
      if ((*value == wanted) == equal)
        return TRUE;
      relax ();
    }
    before = now;
    now = g_get_monotonic_time ();
  } while (now - before < PREEMPTED_US && now - start < SPIN_US);
  return FALSE;
}

static gsize
count_grains (const NnPoolLoop *loop)
{
  return (loop->n + loop->grain - 1) / loop->grain;
}

static void
do_part (const NnPoolLoop *loop, gsize index, gsize n_parts)
{
  const gsize n_grains = count_grains (loop);
  const gsize first = index * n_grains / n_parts * loop->grain;
  const gsize end = (index + 1) * n_grains / n_parts * loop->grain;

  loop->part (loop->data, first, MIN (end, loop->n));
}

/* Of each loop those parts that are thread @owner's if all keep pace. */
static void
take_share (Job *job, gsize owner)
{
  gsize start = 0;

  for (gsize i = 0; i < job->n_loops; start = job->ends[i++]) {
    const gsize n = job->ends[i] - start;
    const gsize first = owner * n / job->n_threads;
    const gsize end = (owner + 1) * n / job->n_threads;

    for (gsize part = first; part < end && job->n_taken < job->n_parts; part++)
      if (!job->taken[start + part] &&
          !atomic_exchange (&job->taken[start + part], true)) {
        job->n_taken++;
        do_part (&job->loops[i], part, n);
      }
  }
}

/* First this thread's own parts, so that it finds in its cache what it wrote in the job
 * before; then what others have not begun. */
static void
take_parts (Job *job, gsize thread)
{
  for (gsize i = 0; i < job->n_threads && job->n_taken < job->n_parts; i++)
    take_share (job, (thread + i) % job->n_threads);
}

static void
leave (Slot *slot)
{
  if (--slot->n_workers > 0 || !slot->waited_for)
    return;
  pthread_mutex_lock (&pool.lock);
  pthread_cond_broadcast (&pool.done);
  pthread_mutex_unlock (&pool.lock);
}

/* Does parts of the job at @slot, unless enough threads compute.
 * Returns: whether there were any */
static gboolean
work_at (Slot *slot, gsize thread)
{
  const guint n_others = slot->n_workers++;
  const guint n_working = pool.n_working++;
  Job *job = slot->job;
  const gboolean works = job && n_others < job->max_workers &&
                         n_working + pool.n_callers < job->n_threads &&
                         job->n_taken < job->n_parts;

  if (works) {
    if (nn_flushing_ != job->flush)
      nn_flush_set_ (job->flush);
    take_parts (job, thread);
  }
  pool.n_working--;
  leave (slot);
  return works;
}

/* Tries the job with the fewest workers first, then the others. */
static gboolean
work_anywhere (gsize thread)
{
  guint best = 0;

  for (guint i = 1; i < MAX_JOBS; i++)
    if (pool.slots[i].job &&
        (!pool.slots[best].job || pool.slots[i].n_workers < pool.slots[best].n_workers))
      best = i;
  for (guint i = 0; i < MAX_JOBS; i++) {
    Slot *slot = &pool.slots[(best + i) % MAX_JOBS];

    if (slot->job && work_at (slot, thread))
      return TRUE;
  }
  return FALSE;
}

static void
sleep_until_job (guint seen)
{
  pthread_mutex_lock (&pool.lock);
  pool.n_sleeping++;
  while (pool.n_jobs == seen)
    pthread_cond_wait (&pool.wake, &pool.lock);
  pool.n_sleeping--;
  pthread_mutex_unlock (&pool.lock);
}

static void *
work (void *data)
{
  const gsize thread = GPOINTER_TO_SIZE (data);

  for (;;) {
    const guint seen = pool.n_jobs;

    if (!work_anywhere (thread) && !spin (&pool.n_jobs, seen, FALSE))
      sleep_until_job (seen);
  }
  return NULL;
}

/* Returns: whether the system gives one more */
static gboolean
begin_worker (gsize thread)
{
  pthread_attr_t attributes;
  pthread_t id;
  gboolean begun;

  pthread_attr_init (&attributes);
  /* Not what the user's limit says, which may be less than a product needs. */
  pthread_attr_setstacksize (&attributes, STACK);
  pthread_attr_setdetachstate (&attributes, PTHREAD_CREATE_DETACHED);
  begun = pthread_create (&id, &attributes, work, GSIZE_TO_POINTER (thread)) == 0;
  pthread_attr_destroy (&attributes);
  return begun;
}

/* As many as the system gives: without any, the caller works alone. */
static void
begin_workers (guint n_workers)
{
  if (pool.n_workers >= n_workers)
    return;
  pthread_mutex_lock (&pool.lock);
  while (pool.n_workers < n_workers && begin_worker (pool.n_workers + 1))
    pool.n_workers++;
  pthread_mutex_unlock (&pool.lock);
}

static Slot *
take_slot (void)
{
  for (Slot *slot = pool.slots; slot < pool.slots + MAX_JOBS; slot++) {
    bool unused = false;

    if (atomic_compare_exchange_strong (&slot->used, &unused, true)) {
      pool.n_callers++;
      return slot;
    }
  }
  return NULL;
}

static void
wake_workers (guint n)
{
  if (pool.n_sleeping == 0)
    return;
  pthread_mutex_lock (&pool.lock);
  for (guint i = 0; i < n && i < pool.n_sleeping; i++)
    pthread_cond_signal (&pool.wake);
  pthread_mutex_unlock (&pool.lock);
}

/* Parts that workers have begun may still be computed. */
static void
wait_for_workers (Slot *slot)
{
  if (spin (&slot->n_workers, 0, TRUE))
    return;
  pthread_mutex_lock (&pool.lock);
  slot->waited_for = true;
  while (slot->n_workers > 0)
    pthread_cond_wait (&pool.done, &pool.lock);
  slot->waited_for = false;
  pthread_mutex_unlock (&pool.lock);
}

static void
run_shared (Slot *slot, Job *job)
{
  if (!job->brief)
    begin_workers (MIN (job->n_threads - 1, MAX_WORKERS));
  slot->job = job;
  pool.n_jobs++;
  if (!job->brief)
    wake_workers (job->max_workers);
  take_parts (job, 0);
  slot->job = NULL;
  wait_for_workers (slot);
  pool.n_callers--;
  slot->used = false;
}

/* Cuts the loops into parts. Returns: for how many threads there are any */
static gsize
cut (Job *job)
{
  for (gsize i = 0; i < job->n_loops; i++) {
    const gsize n_grains = count_grains (&job->loops[i]);

    job->n_parts += MIN (n_grains, job->n_threads * (gsize) NN_POOL_PARTS_PER_THREAD);
    job->ends[i] = job->n_parts;
  }
  return MAX (job->n_parts, 1);
}

static void
run_alone (const NnPoolLoop *loops, gsize n_loops)
{
  for (gsize i = 0; i < n_loops; i++)
    loops[i].part (loops[i].data, 0, loops[i].n);
}

/**
 * nn_pool_run:
 * @n_threads: at most, with the caller's
 * @loops: up to %NN_POOL_MAX_LOOPS
 *
 * Returns when all is done. Each element is computed by one thread as any other would,
 * so the result shows neither how many threads there are nor which one took what.
 */
void
nn_pool_run (guint n_threads, const NnPoolLoop *loops, gsize n_loops)
{
  Job job = { .loops = loops,
              .n_loops = n_loops,
              .n_threads = MIN (n_threads, MAX_WORKERS + 1),
              .brief = n_loops > 0 && loops[0].brief,
              .flush = nn_flushing_ };
  Slot *slot;

  g_return_if_fail (n_loops <= NN_POOL_MAX_LOOPS);

  job.max_workers = (guint) MIN (job.n_threads, cut (&job)) - 1;
  if (job.brief && pool.n_sleeping == pool.n_workers)
    job.max_workers = 0;
  slot = job.max_workers > 0 ? take_slot () : NULL;
  if (slot)
    run_shared (slot, &job);
  else
    run_alone (loops, n_loops);
}
