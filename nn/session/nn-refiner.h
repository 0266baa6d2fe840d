/* nn-refiner.h - finer maps of a network's outputs, while the run is paused
 *
 * SPDX-License-Identifier: MIT
 *
 * A frame's map of activations over a plane has as many points as can be computed for
 * every frame. While the run is paused, the number along each side is doubled again and
 * again up to NN_REFINER_SIDE. The maps are computed in pieces that take no longer than
 * the coarse map, so that no command waits long. One owner, on the session's thread.
 */

#pragma once

#include "nn/run/nn-trainer.h"
#include "nn/session/nn-frame.h"

G_BEGIN_DECLS

/* Points along a side of the finest map of a small network. */
#define NN_REFINER_SIDE 128

typedef struct _NnRefiner NnRefiner;

NnRefiner *nn_refiner_new (void) G_GNUC_WARN_UNUSED_RESULT;
void nn_refiner_free (NnRefiner *self);

gboolean
nn_refiner_is_missing (const NnRefiner *self, const NnTrainer *trainer, guint64 revision);
gboolean nn_refiner_work (NnRefiner *self, NnTrainer *trainer, guint64 revision);
void nn_refiner_write (const NnRefiner *self, NnFrame *frame, guint64 revision);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRefiner, nn_refiner_free)

G_END_DECLS
