/* soak-sample.h - what a window that trains for a long time takes up, and whether it grows
 *
 * SPDX-License-Identifier: MIT
 *
 * Of files and threads there may be no more at the end than after the first third. Memory
 * may grow by what checkpoints may take, by the losses, which grow with the logarithm of the
 * steps, by as much again for frames that the run has left behind, and by a little for each
 * action, as the log has them all. Once so many steps are trained that checkpoints take what
 * they may, nothing but losses and log may grow.
 */

#pragma once

#include <malloc.h>
#include <time.h>

#include "nn/session/nn-ghost.h"
#include "tests/app/window-fixture.h"

#define N_SAMPLES      30          /* and one at the start */
#define SLACK_KIB      (32 * 1024) /* pictures, answers, texts */
#define ACTION_KIB     4           /* in the log, and the ghost's state before an edit */
#define FULL_STEPS     2e8         /* after so many, checkpoints take what they may */
#define SLACK_FULL_KIB (16 * 1024) /* once checkpoints are as many as may be */
#define SLACK_FILES    4           /* one that is written just now */
#define SLACK_THREADS  8           /* of GLib's pool, which come and go */
#define LEAST_RATE     0.5 /* of what it was: other programs use the caches, too */

typedef struct {
  double seconds;
  double n_steps;  /* trained so far, also those that were left */
  double n_frames; /* taken so far */
  double main_cpu; /* seconds */
  double other_cpu;
  gsize n_actions; /* done so far */
  gsize resident_kib;
  gsize heap_kib;   /* what is allocated */
  gsize losses_kib; /* of that, the newest frame's: of the run, its branches, its ghost */
  guint n_files;
  guint n_threads;
} Sample;

static inline guint
count_entries (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

static inline double
get_seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static inline gsize
get_losses_kib (const NnFrame *frame)
{
  gsize n_bytes = nn_history_get_size (frame->history);

  if (frame->ghost)
    n_bytes += nn_history_get_size (frame->ghost);
  for (gsize i = 0; i < frame->n_branches; i++)
    n_bytes += nn_history_get_size (frame->branches[i].history);
  return n_bytes / 1024;
}

/* Of this moment; what was done so far is the caller's to say. */
static inline Sample
measure (const NnFrame *frame)
{
  Sample sample = {
    .seconds = get_seconds (CLOCK_MONOTONIC),
    .losses_kib = get_losses_kib (frame),
    .main_cpu = get_seconds (CLOCK_THREAD_CPUTIME_ID),
    .resident_kib = fixture_get_resident_kib (),
    .n_files = count_entries ("/proc/self/fd"),
    .n_threads = count_entries ("/proc/self/task"),
  };
  const struct mallinfo2 heap = mallinfo2 ();

  sample.other_cpu = get_seconds (CLOCK_PROCESS_CPUTIME_ID) - sample.main_cpu;
  sample.heap_kib = (heap.uordblks + heap.hblkhd) / 1024;
  return sample;
}

static inline double
get_rate (const Sample *from, const Sample *to)
{
  return (to->n_steps - from->n_steps) / (to->other_cpu - from->other_cpu);
}

static inline void
print (const Sample *start, const Sample *from, const Sample *to)
{
  g_test_message ("%4.0f s: %.4g steps, %.3g for a second of the processor; "
                  "resident %zu KiB, heap %zu KiB, losses %zu KiB; %u files, %u threads; "
                  "main %.2f ms a frame of %.0f; %zu actions",
                  to->seconds - start->seconds, to->n_steps, get_rate (from, to),
                  to->resident_kib, to->heap_kib, to->losses_kib, to->n_files,
                  to->n_threads,
                  1e3 * (to->main_cpu - from->main_cpu) / (to->n_frames - from->n_frames),
                  to->n_frames - from->n_frames, to->n_actions);
}

/* What there is besides the losses and what is kept of the actions. */
static inline gssize
get_rest_kib (gsize kib, const Sample *sample)
{
  return (gssize) kib - (gssize) (sample->losses_kib + sample->n_actions * ACTION_KIB);
}

/* The least of a third of the samples: what is allocated goes up and down. */
static inline Sample
get_least (const Sample *samples, guint third)
{
  const guint first = 1 + third * N_SAMPLES / 3;
  Sample least = samples[first];

  for (guint i = first + 1; i < first + N_SAMPLES / 3; i++)
    if (get_rest_kib (samples[i].heap_kib, &samples[i]) <
        get_rest_kib (least.heap_kib, &least))
      least = samples[i];
  return least;
}

static inline void
assert_bounded (const Sample *start, const Sample *end)
{
  const gsize most_kib = (NN_TIMELINE_BUDGET + NN_GHOST_BUDGET) / 1024 +
                         2 * end->losses_kib + end->n_actions * ACTION_KIB + SLACK_KIB;

  g_assert_cmpuint (end->heap_kib, <=, start->heap_kib + most_kib);
  g_assert_cmpuint (end->resident_kib, <=, start->resident_kib + most_kib);
}

/* @samples: (N_SAMPLES + 1); the rate says something only if it @is_long */
static inline void
assert_flat (const Sample *samples, gboolean is_long)
{
  const Sample *warm = &samples[N_SAMPLES / 3];
  const Sample *later = &samples[2 * N_SAMPLES / 3];
  const Sample *end = &samples[N_SAMPLES];
  const Sample second = get_least (samples, 1);
  const Sample third = get_least (samples, 2);

  g_assert_cmpuint (end->n_files, <=, warm->n_files + SLACK_FILES);
  g_assert_cmpuint (end->n_threads, <=, warm->n_threads + SLACK_THREADS);
#ifndef __SANITIZE_ADDRESS__
  assert_bounded (samples, end);
  if (warm->n_steps >= FULL_STEPS) {
    g_assert_cmpint (get_rest_kib (third.heap_kib, &third), <=,
                     get_rest_kib (second.heap_kib, &second) + SLACK_FULL_KIB);
    g_assert_cmpint (get_rest_kib (third.resident_kib, &third), <=,
                     get_rest_kib (second.resident_kib, &second) + SLACK_FULL_KIB);
  }
#endif
  if (is_long)
    g_assert_cmpfloat (get_rate (later, end), >=, LEAST_RATE * get_rate (warm, later));
}
