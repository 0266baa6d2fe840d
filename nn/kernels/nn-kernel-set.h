/* nn-kernel-set.h - the sets of loops that there are
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

extern const NnKernels nn_kernels_base;
#ifdef __x86_64__
extern const NnKernels nn_kernels_avx2;
extern const NnKernels nn_kernels_avx512;
#endif

G_END_DECLS
