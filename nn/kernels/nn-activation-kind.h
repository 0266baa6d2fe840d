/* nn-activation-kind.h - what there is to know of an activation, all in one row
 *
 * SPDX-License-Identifier: MIT
 *
 * One file, nn-activation-NAME.c, holds all of an activation: its formula and the
 * derivative's are neighbours there. It is compiled once for each instruction set, and
 * each time gives a whole row.
 */

#pragma once

#include "nn/kernels/nn-instruction-sets.h"

G_BEGIN_DECLS

typedef enum {
#define ROW(type, name) type,
#include "nn/kernels/activations.inc"
#undef ROW
  NN_N_ACTIVATIONS,
} NnActivation;

typedef struct _NnLayer NnLayer;

typedef struct {
  const char *sentence;
  const char *torch; /* (nullable) the function in a PyTorch program; NULL: none */

  /* Whether the derivative is computed from the input; if from the output alone, the
   * input need not be kept. */
  gboolean reads_input;

  gboolean keeps_positives; /* f (x) = x, to the bit, where x ≥ 0 … */
  gboolean keeps_negatives; /* … and where it is not */
  gboolean is_positive;     /* f (x) ≥ 0 for all x */

  /* y = f (x); y may be x. */
  void (*forward) (const float *x, float *y, gsize n);
  /* dx = dy f′(x), overwritten; dx may be dy. @saved is the input or the output. */
  void (*backward) (const float *saved, const float *dy, float *dx, gsize n);

  /* (nullable) A whole layer's passes, where a vector holds just the columns of a batch. */
  void (*narrow_forward) (const NnLayer *layer);
  void (*narrow_backward) (const NnLayer *layer); /* and then calls its gradients loop */
} NnActivationKind;

#define ROW(type, name)                                                                  \
  extern const NnActivationKind NN_IN_EACH_SET (nn_activation_##name);
#include "nn/kernels/activations.inc"
#undef ROW

G_END_DECLS
