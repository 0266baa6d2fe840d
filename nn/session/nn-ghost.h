/* nn-ghost.h - the same run without nudges, trained alongside
 *
 * SPDX-License-Identifier: MIT
 *
 * The same initial weights, data, order and edits, on a thread of its own with a trainer
 * of its own. It follows the run, catches up as fast as it can, and then waits. One
 * thread, the session's worker, calls these functions; none of them waits for a step of
 * the ghost's, but nn_ghost_free, which joins.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/run/nn-history.h"

G_BEGIN_DECLS

/* Bytes that states from before edits may take, from which the ghost goes on if one is
 * undone. */
#define NN_GHOST_BUDGET (16 * 1024 * 1024)

typedef struct _NnGhost NnGhost;

/* Called on the ghost's thread, when there is more to be seen than the last time. */
typedef void (*NnGhostNews) (gpointer data);

NnGhost *nn_ghost_new (const NnExperiment *experiment,
                       NnGhostNews news,
                       gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void nn_ghost_free (NnGhost *self);

void nn_ghost_set_log (NnGhost *self, NnLog *log);
NnHistory *nn_ghost_follow (NnGhost *self, guint64 step, gboolean *finished);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnGhost, nn_ghost_free)

G_END_DECLS
