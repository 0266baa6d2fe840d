/* nn-threads.h - sharing out what is large among the processors
 *
 * SPDX-License-Identifier: MIT
 *
 * By our own pool where the large products are ours, too. Where they are oneDNN's, by
 * OpenMP, as its are: our pool would meet those threads still looking for work. A step of
 * a small network never comes here. Each element is computed by one thread as any other
 * would, so the number of threads shows in no result.
 */

#pragma once

#include "nn/kernels/nn-pool.h"

G_BEGIN_DECLS

void nn_threads_set (guint n_threads);
guint nn_threads_get (void);
void nn_threads_run (gsize n, gsize grain, NnPoolPart part, gconstpointer data);

G_END_DECLS
