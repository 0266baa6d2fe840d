/* nn-dense.h - a chain of dense layers as one operation
 *
 * SPDX-License-Identifier: MIT
 *
 * nn.Linear, each followed by an activation, with one node on the tape for the
 * whole chain.
 *
 * Examples are columns, unlike in PyTorch: the input is (inputs, columns), the output
 * (units, columns), so that a vector register holds the same feature of several examples.
 * nn_kernels_get_columns () rounds a batch's size up to whole vectors; the columns beyond
 * its examples are padding, which must be finite and is otherwise ignored: a loss gives
 * it no gradient.
 */

#pragma once

#include "nn/kernels/nn-activation.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

#define NN_DENSE_MAX_LAYERS 10
#define NN_DENSE_MAX_INPUTS (2 * NN_DENSE_MAX_LAYERS + 1)

/* Encodes that a chain has a layer @i and what its activation is. */
#define NN_DENSE_BITS 4
#define NN_DENSE_CHAIN_ACTIVATION(i, activation)                                         \
  ((guint64) (activation) << (NN_DENSE_BITS * (i)) |                                     \
   (guint64) 1 << (NN_DENSE_BITS * NN_DENSE_MAX_LAYERS + (i)))

NnTensor *nn_dense_chain (NnTape *tape,
                          NnTensor *const *inputs,
                          gsize n_layers,
                          guint64 activations);
NnTensor *nn_dense (NnTape *tape,
                    NnTensor *x,
                    NnTensor *weight,
                    NnTensor *bias,
                    NnActivation activation);

G_END_DECLS
