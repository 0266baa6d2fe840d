/* nn-refiner.h - finer maps of what a network puts out, while its run rests
 *
 * SPDX-License-Identifier: MIT
 *
 * Over a plane a frame has as many points as can be computed for each. While the run is
 * paused, there is time for more: the sides double until they are fine, in pieces that each
 * take no longer than the coarse map, so that what the user does next never waits for them.
 * One owner, the session's thread.
 */

#pragma once

#include "nn/run/nn-trainer.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

#define NN_REFINER_SIDE 128 /* points of a fine side, where the network is small */

typedef struct _NnRefiner NnRefiner;

NnRefiner *nn_refiner_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_refiner_free (NnRefiner *self);

gboolean
nn_refiner_is_missing (const NnRefiner *self, const NnTrainer *trainer, guint64 revision);
gboolean nn_refiner_work (NnRefiner *self, NnTrainer *trainer, guint64 revision);
void nn_refiner_write (const NnRefiner *self, NnFrame *frame, guint64 revision);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRefiner, nn_refiner_free)

G_END_DECLS
