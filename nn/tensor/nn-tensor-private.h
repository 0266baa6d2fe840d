/* nn-tensor-private.h - a tensor's inside, for the tape and the operations
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

struct _NnStorage {
  guint ref_count;
  gsize n_values;
  float *values; /* (owned) on a cache line's boundary */
};

struct _NnTensor {
  guint ref_count;
  guint version;  /* in-place changes so far, those through .data not counted */
  NnTensor *base; /* (owned) (nullable) of a view: whose changes its changes are */
  gsize rank;
  gsize shape[NN_TENSOR_MAX_RANK];
  gsize size;
  float *values;      /* inside storage */
  NnStorage *storage; /* (owned) */
  gboolean requires_grad;
  gboolean has_grad;       /* FALSE is PyTorch's None, whatever grad holds */
  gboolean grad_is_finite; /* known; FALSE says nothing */
  NnTensor *grad; /* (owned) (nullable) kept from step to step, so no step allocates */
  gconstpointer made_on; /* (not owned) (nullable) the tape that has it as a result */
  gsize node;            /* 1 + the index on the tape of what made it; 0 for a leaf */
  char *name;            /* (owned) (nullable) */
};

void nn_tensor_set_grad_storage (NnTensor *self, NnStorage *storage, gsize offset);

G_END_DECLS
