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

#include "nn/model/nn-activation.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;   /* "avx512", "avx2" or "base": for benchmarks and bug reports */
  gsize vector_width; /* floats to a vector */

  gboolean (*all_finite) (const float *values, gsize n);

  /* y = f (x); y may be x. */
  void (*activate) (NnActivation activation, const float *x, float *y, gsize n);
  /* dx = dy f′(x), overwritten; dx may be dy. Of x and y only one is read, x where
   * nn_activation_needs_input () says so; the other may be NULL. */
  void (*activate_backward) (NnActivation activation,
                             const float *x,
                             const float *y,
                             const float *dy,
                             float *dx,
                             gsize n);
  void (*exp) (const float *x, float *y, gsize n); /* y may be x */

  double (*sum_squared_differences) (const float *x, const float *y, gsize n);
  /* Σ −log softmax (out)[class] over the rows; @classes: (n_rows), each a whole number
   * from 0 and less than n_classes; @softmax: (n_rows, n_classes) out. */
  double (*cross_entropy) (const float *out,
                           const float *classes,
                           float *softmax,
                           gsize n_rows,
                           gsize n_classes);
} NnKernels;

const NnKernels *nn_kernels_get (void);

G_END_DECLS
