/* nn-ops.h - elementwise operations and sums that can be differentiated
 *
 * SPDX-License-Identifier: MIT
 *
 * Each computes its result at once and writes itself on the tape. Results belong
 * to the tape (nn_tape_record). A scalar has rank 0 and one value.
 *
 * The program has no use for them: tests make losses of them.
 */

#pragma once

#include "nn/tensor/nn-tape.h"

G_BEGIN_DECLS

NnTensor *nn_subtract_from (NnTape *tape, float minuend, NnTensor *x);
NnTensor *nn_square (NnTape *tape, NnTensor *x);
NnTensor *nn_sum (NnTape *tape, NnTensor *x);
NnTensor *nn_mean (NnTape *tape, NnTensor *x);

G_END_DECLS
