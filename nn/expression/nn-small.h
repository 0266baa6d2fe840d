/* nn-small.h - a fast path for simple update functions of a few weights
 *
 * SPDX-License-Identifier: MIT
 *
 * A training step of a network with a dozen weights takes a tenth of a microsecond, less
 * than nn-program.c takes to interpret a program. One or two additions, subtractions or
 * multiplications, such as w + a*w, are done here in a few instructions, with the same
 * bits. For the bound nudges of nn/nudge, and tested through nn-apply.h.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

#define NN_SMALL 8 /* weights at most */

typedef struct {
  gboolean is_w;
  float number; /* if not */
} NnSmallLeaf;

/* x op y, (x op y) op z, or x op (y op z). */
typedef struct {
  guint n_operations; /* 0: the program has no such form */
  gboolean right;     /* the third form */
  NnOp first;         /* the operation in parentheses */
  NnOp second;
  NnSmallLeaf leaves[3];
} NnSmall;

void nn_small_init (NnSmall *self, NnProgram program, float amount);
gboolean nn_small_run_among (const NnSmall *self,
                             const float *w,
                             gsize first,
                             gsize n,
                             float *result);
gboolean nn_small_run (const NnSmall *self, const float *w, gsize n, float *result);

G_END_DECLS
