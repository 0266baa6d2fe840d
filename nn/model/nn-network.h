/* nn-network.h - a multilayer perceptron: linear layers with activations
 *
 * SPDX-License-Identifier: MIT
 *
 * PyTorch's nn.Sequential of nn.Linear and activations. All parameters are in one flat
 * vector (see nn-architecture.h) and their gradients in another, laid out alike, so that
 * the whole network can be copied, compared or updated in one pass; each parameter is
 * also a tensor, a view of its part. One owner, one thread.
 */

#pragma once

#include "nn/model/nn-architecture.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

typedef struct _NnNetwork NnNetwork;

NnNetwork *nn_network_new (NnArchitecture *architecture) G_GNUC_WARN_UNUSED_RESULT;
void nn_network_free (NnNetwork *self);

NnTensor *
nn_network_forward (NnNetwork *self, NnTape *tape, NnTensor *x, NnTensor **activations);

NnArchitecture *nn_network_get_architecture (const NnNetwork *self);
NnTensor *nn_network_get_parameter (const NnNetwork *self, gsize index);
const float *nn_network_get_values (const NnNetwork *self);
float *nn_network_write_values (NnNetwork *self);
const float *nn_network_get_grads (const NnNetwork *self);
void nn_network_set_grads (NnNetwork *self, const float *grads, const gboolean *present);
gboolean nn_network_grads_are_finite (const NnNetwork *self);
gboolean nn_network_has_all_grads (const NnNetwork *self);
void nn_network_clear_grads (NnNetwork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnNetwork, nn_network_free)

G_END_DECLS
