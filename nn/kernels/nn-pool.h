/* nn-pool.h - threads that help with what is large, when they are free
 *
 * SPDX-License-Identifier: MIT
 *
 * A job is cut into parts, and whoever is there takes the next one: the thread that asks,
 * and those of its helpers that the system lets run. So on a busy machine, where a
 * window or another run keeps a processor, nobody waits for a helper that has not begun.
 * One job at a time is helped with; who comes meanwhile does its job alone, as two runs
 * on two processors should.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*NnPoolPart) (gconstpointer data, gsize first, gsize end);

void
nn_pool_run (guint n_threads, gsize n, gsize grain, NnPoolPart part, gconstpointer data);

G_END_DECLS
