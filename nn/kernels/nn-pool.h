/* nn-pool.h - a pool of threads that share large loops
 *
 * SPDX-License-Identifier: MIT
 *
 * A job is one or a few loops, cut into parts that are taken one by one: by the calling
 * thread, and by those workers that the system lets run. So a worker that is late, or that has
 * lost its processor to another program, does less, and the caller waits only for a part
 * that has been begun. Several callers may have jobs at the same time; workers go where
 * the fewest are.
 *
 * Workers begin when they are first needed and stay to the end of the process. An idle
 * one spins for a tenth of a millisecond, as jobs follow each other closely while a large
 * network trains, and then sleeps.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Does the elements from @first to before @end. */
typedef void (*NnPoolPart) (gconstpointer data, gsize first, gsize end);

/* Loops of one job, all brief or none; no loop reads what another one writes. */
#define NN_POOL_MAX_LOOPS 8
/* Into so many parts a loop is cut at most. With more a late worker delays the others less;
 * with fewer, less is spent on taking them. */
#define NN_POOL_PARTS_PER_THREAD 4

typedef struct {
  NnPoolPart part; /* computes some elements; no call may write what another one reads */
  gconstpointer data;
  gsize n;        /* how many elements there are */
  gsize grain;    /* a part begins at a multiple of it */
  gboolean brief; /* not worth waking a thread for */
} NnPoolLoop;

void nn_pool_run (guint n_threads, const NnPoolLoop *loops, gsize n_loops);

G_END_DECLS
