/* nn-threads.h - sharing out what is large among the processors
 *
 * SPDX-License-Identifier: MIT
 *
 * The threads are OpenMP's, which oneDNN's are too: a pool of another kind would meet
 * those still looking for work. A step of a small network never comes here. Each element
 * is computed by one thread as any other would, so the number of threads shows in no
 * result.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_threads_set (guint n_threads);
guint nn_threads_get (void);
void nn_threads_run (gsize n,
                     gsize grain,
                     void (*part) (gconstpointer data, gsize first, gsize end),
                     gconstpointer data);

G_END_DECLS
