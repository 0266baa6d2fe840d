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

/* A test @suite/SET/@property for each of them, whose data are its index. */
static inline void
add_for_each_set (const char *suite, const char *property, GTestDataFunc test)
{
  for (guint i = 0; i < count_kernel_sets (); i++) {
    g_autofree char *path =
        g_strconcat (suite, "/", kernel_sets[i]->name, "/", property, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}
