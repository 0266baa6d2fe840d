/* nn-dense-plan.h - the sizes, memory and gradient buffers of a chain of dense layers
 *
 * SPDX-License-Identifier: MIT
 *
 * Computed once, when nn_dense_chain () records a node, and read in every pass: where
 * each layer's output, its gradient and scratch memory are, and which kernels run.
 * Private to nn-dense.c; the tape owns it as the node's data.
 */

#pragma once

#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-dense.h"

G_BEGIN_DECLS

/* Indices into a node's inputs. */
#define NN_DENSE_X         0
#define NN_DENSE_WEIGHT(i) (1 + 2 * (i))
#define NN_DENSE_BIAS(i)   (2 + 2 * (i))

typedef struct {
  const NnKernels *kernels;
  gsize n_layers;
  /* leading layers in which neither input nor parameters need a gradient */
  gsize n_frozen;
  gboolean small; /* no layer is large */

  /* Small, every parameter and not x requires a gradient, and the gradients, like their
   * status bytes, are contiguous: all layers can write theirs in place in one call. */
  gboolean joined;
  gboolean overwritten; /* joined, and the last backward pass overwrote the gradients */

  gboolean large[NN_DENSE_MAX_LAYERS]; /* its products run on the thread pool */
  /* (nullable) gradients, if the tensors' own are apart */
  float *sums[NN_DENSE_MAX_LAYERS];
  float *scratch; /* for the products of large layers */
  NnLayer layers[NN_DENSE_MAX_LAYERS];
  float buffer[]; /* hidden outputs, sums and scratch: what the pointers above point to */
} NnDensePlan;

gsize nn_dense_count_frozen (NnTensor *const *inputs, gsize n_layers);
NnDensePlan *nn_dense_plan_new (const NnNode *node,
                                gsize n_layers,
                                guint64 activations) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
