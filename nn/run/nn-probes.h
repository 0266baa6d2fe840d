/* nn-probes.h - the inputs at which a network's activations are shown
 *
 * SPDX-License-Identifier: MIT
 *
 * One feature is shown as a graph over its range, several by the first examples.
 * Immutable, with one owner.
 */

#pragma once

#include "nn/data/nn-dataset.h"
#include "nn/model/nn-network.h"

G_BEGIN_DECLS

typedef struct _NnProbes NnProbes;

NnProbes *
nn_probes_new (const NnDataset *dataset, NnDataSource source) G_GNUC_WARN_UNUSED_RESULT;
void nn_probes_free (NnProbes *self);

gsize nn_probes_get_n (const NnProbes *self);
void nn_probes_compute_activations (const NnProbes *self,
                                    NnNetwork *network,
                                    NnTape *tape,
                                    float *activations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnProbes, nn_probes_free)

G_END_DECLS
