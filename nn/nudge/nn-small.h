/* nn-small.h - one or two sums or products of a few weights
 *
 * SPDX-License-Identifier: MIT
 *
 * Of a network with a dozen weights a training step takes a tenth of a microsecond. A
 * program run by nn-program.c takes longer than that; what most nudges do, w + a*w, is
 * done here in a few instructions, with the same bits. Private to this folder, and tested
 * through nn-apply.h.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

#define NN_SMALL 8 /* weights at most */

typedef struct {
  gboolean is_w;
  float number; /* else */
} NnSmallLeaf;

/* (x op y) op z, or x op (y op z); of one operation x op y. */
typedef struct {
  guint n_operations; /* 0: there is no such form */
  gboolean right;     /* the second kind */
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
