/* nn-kernels.c - choosing the best set of loops for this processor
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-kernels.h"

#include "nn/kernels/nn-kernel-set.h"
#include "nn/kernels/nn-threads.h"

static const NnKernels *
choose (void)
{
#ifdef __x86_64__
  __builtin_cpu_init ();
  if (NN_VECTOR_BITS >= 512 && __builtin_cpu_supports ("avx512f") &&
      __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512bw") &&
      __builtin_cpu_supports ("avx512vl"))
    return &nn_kernels_avx512;
  if (NN_VECTOR_BITS >= 256 && __builtin_cpu_supports ("avx2") &&
      __builtin_cpu_supports ("fma"))
    return &nn_kernels_avx2;
#endif
  return &nn_kernels_base;
}

/**
 * nn_kernels_get:
 *
 * Returns: the same set for the life of the process, so results do not depend on
 *   when this is called first
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

typedef struct {
  const float *values;
  gint found; /* atomic: some number is not finite */
} Search;

static void
search_part (gconstpointer data, gsize first, gsize end)
{
  Search *search = *(Search *const *) data;

  if (!nn_kernels_get ()->all_finite (search->values + first, end - first))
    g_atomic_int_set (&search->found, 1);
}

/**
 * nn_kernels_all_finite:
 *
 * As all_finite of the set, on all processors if there are many @values.
 */
gboolean
nn_kernels_all_finite (const float *values, gsize n)
{
  Search search = { values, 0 };
  Search *const pointer = &search;

  nn_threads_run_floats (n, search_part, &pointer);
  return !g_atomic_int_get (&search.found);
}
