/* test-nn-pool.c - loops that several threads share
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-pool.h"

#include <string.h>
#include <time.h>

#define MOST 1000

/* How often each element was computed. A part may be any thread's. */
typedef struct {
  gint times[MOST];
  gsize grain;
} Counts;

static void
count_part (gconstpointer data, gsize first, gsize end)
{
  Counts *counts = *(Counts *const *) data;

  g_assert_cmpuint (first % counts->grain, ==, 0);
  for (gsize i = first; i < end; i++)
    counts->times[i]++;
}

static void
check_job (guint n_threads, gsize n, gsize grain)
{
  Counts counts = { .grain = grain };
  Counts *pointer = &counts;

  nn_pool_run (n_threads, &(NnPoolLoop){ count_part, &pointer, n, grain }, 1);
  for (gsize i = 0; i < MOST; i++)
    g_assert_cmpint (counts.times[i], ==, i < n);
}

static void
test_computes_each_element_once (void)
{
  static const gsize sizes[] = { 0, 1, 5, 6, 7, 48, 131, MOST };

  for (guint n_threads = 1; n_threads <= 5; n_threads++)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
      check_job (n_threads, sizes[i], 1);
      check_job (n_threads, sizes[i], 6);
      check_job (n_threads, sizes[i], 2 * MOST);
    }
}

/* Loops of several sizes in one job, as many as one takes; of one there is nothing to do. */
static void
test_several_loops (void)
{
  for (guint n_threads = 1; n_threads <= 5; n_threads++) {
    Counts counts[NN_POOL_MAX_LOOPS] = { 0 };
    Counts *pointers[NN_POOL_MAX_LOOPS];
    NnPoolLoop loops[NN_POOL_MAX_LOOPS];

    for (gsize i = 0; i < NN_POOL_MAX_LOOPS; i++) {
      counts[i].grain = 1 + i;
      pointers[i] = &counts[i];
      loops[i] = (NnPoolLoop){ count_part, &pointers[i], i * i * 15, 1 + i };
    }
    nn_pool_run (n_threads, loops, NN_POOL_MAX_LOOPS);
    for (gsize i = 0; i < NN_POOL_MAX_LOOPS; i++)
      for (gsize k = 0; k < MOST; k++)
        g_assert_cmpint (counts[i].times[k], ==, k < loops[i].n);
  }
}

static gpointer
run_jobs (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    check_job (2 + i % 3, MOST - i, 1 + i % 7);
  return NULL;
}

/* More than there are slots for jobs, so that some callers work alone. */
static void
test_serves_many_callers (void)
{
  GThread *callers[12];

  for (gsize i = 0; i < G_N_ELEMENTS (callers); i++)
    callers[i] = g_thread_new ("caller", run_jobs, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (callers); i++)
    g_thread_join (callers[i]);
}

/* A part that runs a job of its own. */
static void
nest_part (gconstpointer data, gsize first, gsize end)
{
  check_job (3, 100, 1);
}

static void
test_jobs_nest (void)
{
  nn_pool_run (3, &(NnPoolLoop){ nest_part, NULL, 12, 1 }, 1);
}

/* Elements that another thread than the test's computed. */
static gint n_by_others; /* atomic */

static void
see_thread_part (gconstpointer data, gsize first, gsize end)
{
  if (g_thread_self () != data)
    g_atomic_int_add (&n_by_others, (gint) (end - first));
  g_usleep (100);
}

static gint
count_by_others (gboolean brief)
{
  n_by_others = 0;
  nn_pool_run (
      3, &(NnPoolLoop){ see_thread_part, g_thread_self (), 120, 1, .brief = brief }, 1);
  return n_by_others;
}

/* Workers that sleep are left asleep; those that a job before has just woken take part. On
 * busy processors they may run late. */
static void
test_brief_job_leaves_sleepers (void)
{
  const gint64 latest = g_get_monotonic_time () + G_USEC_PER_SEC * 60;
  gboolean taken_part = FALSE;

  check_job (3, MOST, 1);
  g_usleep (G_USEC_PER_SEC / 10);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (count_by_others (TRUE), ==, 0);
  while (!taken_part && g_get_monotonic_time () < latest)
    taken_part = count_by_others (FALSE) > 0 && count_by_others (TRUE) > 0;
  g_assert_true (taken_part);
}

static double
get_cpu_seconds (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time), ==, 0);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

/* The processor's time, which does not depend on what else the machine does. */
static void
test_idle_workers_sleep (void)
{
  double before;

  check_job (5, MOST, 1);
  g_usleep (G_USEC_PER_SEC / 100);
  before = get_cpu_seconds ();
  g_usleep (G_USEC_PER_SEC / 5);
  g_assert_cmpfloat (get_cpu_seconds () - before, <, 0.02);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/pool/computes-each-element-once",
                   test_computes_each_element_once);
  g_test_add_func ("/nn/pool/several-loops", test_several_loops);
  g_test_add_func ("/nn/pool/serves-many-callers", test_serves_many_callers);
  g_test_add_func ("/nn/pool/jobs-nest", test_jobs_nest);
  g_test_add_func ("/nn/pool/brief-job-leaves-sleepers", test_brief_job_leaves_sleepers);
  g_test_add_func ("/nn/pool/idle-workers-sleep", test_idle_workers_sleep);
  return g_test_run ();
}
