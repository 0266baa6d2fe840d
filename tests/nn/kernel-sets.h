/* kernel-sets.h - the sets of kernels that this processor can run
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/kernels/nn-kernel-set.h"

/* From the simplest; a processor that knows one knows those before it. */
static const NnKernels *const kernel_sets[] = {
  &nn_kernels_base,
#ifdef __x86_64__
  &nn_kernels_avx2,
  &nn_kernels_avx512,
#endif
};

static inline gsize
count_kernel_sets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kernel_sets); i++)
    if (kernel_sets[i] == nn_kernels_get ())
      return i + 1;
  g_assert_not_reached ();
}
