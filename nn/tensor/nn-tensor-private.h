/* nn-tensor-private.h - a tensor's inside, for the tape and the operations
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

struct _NnStorage {
  guint ref_count;
  guint version; /* changes of all of it at once, each one of every tensor in it */
  gsize n_values;
  float *values; /* (owned) on a cache line's boundary */
};

/* What is known of a gradient. */
typedef enum {
  NN_GRAD_NONE, /* PyTorch's None, whatever is stored there */
  NN_GRAD_THERE,
  NN_GRAD_FINITE, /* all of it */
} NnGradStatus;

struct _NnTensor {
  guint ref_count;
  guint version;  /* in-place changes of it alone, those through .data not counted */
  NnTensor *base; /* (owned) (nullable) of a view: whose changes its changes are */
  gsize rank;
  gsize shape[NN_TENSOR_MAX_RANK];
  gsize size;
  float *values;      /* inside storage */
  NnStorage *storage; /* (owned) */
  gboolean requires_grad;
  NnTensor *grad; /* (owned) (nullable) kept from step to step, so no step allocates */
  guint8 *
      grad_status; /* an NnGradStatus: own_grad_status, or in an array of many tensors' */
  guint8 own_grad_status;
  gconstpointer made_on; /* (not owned) (nullable) the tape that has it as a result */
  gsize node;            /* 1 + the index on the tape of what made it; 0 for a leaf */
  char *name;            /* (owned) (nullable) */
};

void nn_tensor_set_grad_storage (NnTensor *self,
                                 NnStorage *storage,
                                 gsize offset,
                                 guint8 *status);

G_END_DECLS
