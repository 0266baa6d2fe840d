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

/* One step of each optimizer: what is the same for every value. Where PyTorch hands a
 * number to an operation on float32, it is that number, rounded. */
typedef struct {
  float lr;
  float weight_decay; /* here and below: 0 is none */
  float momentum;     /* 0: the buffer is neither read nor written */
  gboolean nesterov;
} NnSgdStep;

typedef struct {
  float beta1, rest1; /* rest: 1 − β */
  float beta2, rest2;
  float eps;
  float weight_decay;     /* adam: added to the gradient */
  float keep;             /* adamw: weights shrink to this much of themselves; else 1 */
  float step_size;        /* lr / (1 − β₁ᵗ) */
  float correction2_sqrt; /* √(1 − β₂ᵗ) */
} NnAdamStep;

typedef struct {
  float lr;
  float alpha, rest; /* rest: 1 − α */
  float eps;
  float weight_decay;
  float momentum;    /* 0: the buffer is neither read nor written */
  gboolean centered; /* FALSE: the mean is neither read nor written */
} NnRmspropStep;

typedef struct {
  float step_size; /* lr / (1 + (t − 1) lr_decay) */
  float eps;
  float weight_decay;
} NnAdagradStep;

typedef struct {
  const char *name;   /* "avx512", "avx2" or "base": for benchmarks and bug reports */
  gsize vector_width; /* floats to a vector */

  gboolean (*all_finite) (const float *values, gsize n);

  /* Each moves n weights w by their gradients g, and keeps the state up. */
  void (*sgd) (const NnSgdStep *step, float *w, const float *g, float *buffer, gsize n);
  void (*adam) (const NnAdamStep *step,
                float *w,
                const float *g,
                float *m,
                float *v,
                gsize n);
  void (*rmsprop) (const NnRmspropStep *step,
                   float *w,
                   const float *g,
                   float *square,
                   float *mean,
                   float *buffer,
                   gsize n);
  void (*adagrad) (const NnAdagradStep *step,
                   float *w,
                   const float *g,
                   float *sum,
                   gsize n);
} NnKernels;

const NnKernels *nn_kernels_get (void);

G_END_DECLS
