/* nn-dense.h - a dense layer as one operation
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

NnTensor *nn_dense (NnTape *tape,
                    NnTensor *x,
                    NnTensor *weight,
                    NnTensor *bias,
                    NnActivation activation);

G_END_DECLS
