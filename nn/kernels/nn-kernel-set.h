/* nn-kernel-set.h - the sets of loops that there are
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/kernels/nn-instruction-sets.h"
#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

extern const NnKernels NN_IN_EACH_SET (nn_kernels);

G_END_DECLS
