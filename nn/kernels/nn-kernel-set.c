/* nn-kernel-set.c - one set of loops; compiled once for each instruction set
 *
 * SPDX-License-Identifier: MIT
 *
 * The build gives NN_KERNEL_SET, the name of the set, and the compiler's options
 * for its instructions. Here a multiply and an add may become one rounding
 * (-ffp-contract=fast), as in PyTorch's own kernels; nothing else is relaxed.
 */

#include "nn/kernels/nn-kernel-set.h"

#if defined(__AVX512F__)
#define NN_WIDTH 16
#elif defined(__AVX2__)
#define NN_WIDTH 8
#else
#define NN_WIDTH 4
#endif

/* NN_WIDTH floats, or as many integers of their size, anywhere in memory. */
typedef float NnVector
    __attribute__ ((vector_size (4 * NN_WIDTH), aligned (4), may_alias));
typedef gint32 NnIntVector
    __attribute__ ((vector_size (4 * NN_WIDTH), aligned (4), may_alias));

/* Each of these stands on the one before it, and the others on them. */
#include "nn/kernels/vector.inc"

#include "nn/kernels/math.inc"

#include "nn/kernels/activations.inc"
#include "nn/kernels/finite.inc"
#include "nn/kernels/losses.inc"

const NnKernels G_PASTE (nn_kernels_, NN_KERNEL_SET) = {
  .name = G_STRINGIFY (NN_KERNEL_SET),
  .vector_width = NN_WIDTH,
  .all_finite = all_finite,
  .activate = activate,
  .activate_backward = activate_backward,
  .exp = exp_of,
  .sum_squared_differences = sum_squared_differences,
  .cross_entropy = cross_entropy,
};
