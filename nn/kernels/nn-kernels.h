/* nn-kernels.h - the inner loops, in the widest vectors this processor has
 *
 * SPDX-License-Identifier: MIT
 *
 * One set of loops, compiled for several instruction sets (see nn-kernel-set.c);
 * the best that the processor knows is chosen once. On processors other than
 * x86-64 there is one set. Arrays are row-major, do not overlap unless said so,
 * and need no alignment. Kernels know nothing of tensors, tapes or modes.
 */

#pragma once

#include <glib.h>

#include "nn/model/nn-architecture.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;   /* "avx512", "avx2" or "base": for benchmarks and bug reports */
  gsize vector_width; /* floats to a vector */

  gboolean (*all_finite) (const float *values, gsize n);

  /* In place: each block of 16 numbers in [0, 1) into 16 normal ones. The same bits in
   * every set. */
  void (*box_muller) (float *values, gsize n_blocks, float mean, float std);
} NnKernels;

const NnKernels *nn_kernels_get (void);

G_END_DECLS
