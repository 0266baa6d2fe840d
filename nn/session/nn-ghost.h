/* nn-ghost.h - the same run without nudges, trained alongside
 *
 * SPDX-License-Identifier: MIT
 *
 * The same initial weights, data, shuffles and edits, with a trainer and a thread of its
 * own. It trains as fast as it can up to the step of the run, and then waits. For one
 * thread, the session's; none of these functions waits for a step of the ghost except
 * nn_ghost_free (), which joins its thread.
 */

#pragma once

#include "nn/experiment/nn-log.h"
#include "nn/run/nn-history.h"

G_BEGIN_DECLS

/* Bytes for checkpoints just before edits: if an edit is undone, the ghost goes on
 * from there. */
#define NN_GHOST_BUDGET (16 * 1024 * 1024)

typedef struct _NnGhost NnGhost;

/* Called on the ghost's thread, when it has losses that nn_ghost_follow () has not
 * returned yet. */
typedef void (*NnGhostNews) (gpointer data);

NnGhost *nn_ghost_new (const NnExperiment *experiment,
                       NnGhostNews news,
                       gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void nn_ghost_free (NnGhost *self);

void nn_ghost_set_log (NnGhost *self, NnLog *log);
NnHistory *nn_ghost_follow (NnGhost *self, guint64 step, gboolean *finished);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnGhost, nn_ghost_free)

G_END_DECLS
