/* nn-dense.h - a chain of dense layers as one operation
 *
 * SPDX-License-Identifier: MIT
 *
 * Examples are columns: the input is (inputs, columns) and the output (units,
 * columns), so that neighbouring examples are neighbours in memory and one vector
 * of the processor holds several. nn_kernels_get_columns () says how many columns
 * a batch takes; those beyond its examples must be finite and are otherwise
 * ignored: a loss gives them no gradient.
 */

#pragma once

#include "nn/kernels/nn-activation.h"
#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

#define NN_DENSE_MAX_LAYERS 10
#define NN_DENSE_MAX_INPUTS (2 * NN_DENSE_MAX_LAYERS + 1)

/* The activation of a chain's layer @i, and that there are i + 1 layers at least. */
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
