/* nn-ops.h - the operations that can be differentiated
 *
 * SPDX-License-Identifier: MIT
 *
 * Each computes its result at once and writes itself on the tape. Results belong
 * to the tape (nn_tape_new_result). A scalar has rank 0 and one value.
 */

#pragma once

#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

NnTensor *nn_linear (NnTape *tape, NnTensor *x, NnTensor *weight, NnTensor *bias);
NnTensor *nn_relu (NnTape *tape, NnTensor *x);
NnTensor *nn_subtract_from (NnTape *tape, float minuend, NnTensor *x);
NnTensor *nn_square (NnTape *tape, NnTensor *x);
NnTensor *nn_sum (NnTape *tape, NnTensor *x);
NnTensor *nn_mean (NnTape *tape, NnTensor *x);

G_END_DECLS
