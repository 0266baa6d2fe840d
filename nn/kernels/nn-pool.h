/* nn-pool.h - a pool of threads that share large loops
 *
 * SPDX-License-Identifier: MIT
 *
 * A job is a loop, cut into parts that are taken one by one: by the calling thread,
 * and by those workers that the system lets run. So a worker that is late, or that has
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

void
nn_pool_run (guint n_threads, gsize n, gsize grain, NnPoolPart part, gconstpointer data);

G_END_DECLS
