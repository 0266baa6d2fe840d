/* nn-kernels.c - choosing the best set of loops for this processor
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-kernels.h"

#include "nn/kernels/nn-kernel-set.h"

static const NnKernels *
choose (void)
{
#ifdef __x86_64__
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
      __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl"))
    return &nn_kernels_avx512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return &nn_kernels_avx2;
#endif
  return &nn_kernels_base;
}

/**
 * nn_kernels_get:
 *
 * Returns: the same set for the life of the process, so results do not depend on
 *   when it was asked for
 */
const NnKernels *
nn_kernels_get (void)
{
  static const NnKernels *chosen;

  /* Two threads that race here choose alike. */
  if (g_atomic_pointer_get (&chosen) == NULL)
    g_atomic_pointer_set (&chosen, choose ());
  return g_atomic_pointer_get (&chosen);
}

/**
 * nn_kernels_get_columns:
 *
 * Returns: how many columns a batch of @n_examples takes: 4, 8, or a multiple of
 *   16, so that no kernel has a rest to deal with
 */
gsize
nn_kernels_get_columns (gsize n_examples)
{
  return n_examples <= 4 ? 4 : n_examples <= 8 ? 8 : (n_examples + 15) / 16 * 16;
}
