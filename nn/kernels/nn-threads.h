/* nn-threads.h - how many threads compute, and loops shared among them
 *
 * SPDX-License-Identifier: MIT
 *
 * A step of a small network never comes here. Each element is computed by one thread as
 * any other would, so the number of threads shows in no result.
 */

#pragma once

#include "nn/kernels/nn-pool.h"

G_BEGIN_DECLS

/* Floats that a loop over them must have to gain from a second thread. */
#define NN_THREADS_MIN_FLOATS (1u << 16)

void nn_threads_set (guint n_threads);
guint nn_threads_get (void);
void nn_threads_run_loops (const NnPoolLoop *loops, gsize n_loops);
void nn_threads_run (gsize n, gsize grain, NnPoolPart part, gconstpointer data);
void nn_threads_run_floats (gsize n, NnPoolPart part, gconstpointer data);

G_END_DECLS
