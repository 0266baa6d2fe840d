/* nn-tensor-private.h - the fields of a tensor, for the tape and the operations
 *
 * SPDX-License-Identifier: MIT
 *
 * And for nn/model/nn-network.c, whose tensors have their gradients in one vector.
 */

#pragma once

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

struct _NnStorage {
  guint ref_count;
  /* counts changes of all values at once; part of every tensor's version */
  guint version;
  gsize n_values;
  float *values; /* (owned) aligned to a cache line */
};

/* Whether there is a gradient. */
typedef enum {
  NN_GRAD_NONE, /* PyTorch's None; what is in its memory is undefined */
  NN_GRAD_THERE,
  NN_GRAD_FINITE, /* there, and known to have only finite values */
} NnGradStatus;

struct _NnTensor {
  guint ref_count;
  guint version;  /* counts in-place changes, except those through nn_tensor_data () */
  NnTensor *base; /* (owned) (nullable) of a view: whose version its changes count in */
  gsize rank;
  gsize shape[NN_TENSOR_MAX_RANK];
  gsize size;
  float *values;      /* inside storage */
  NnStorage *storage; /* (owned) */
  gboolean requires_grad;
  NnTensor *grad; /* (owned) (nullable) allocated once and kept; see grad_status */

  /* An NnGradStatus: &own_grad_status, or an element of the array that a network has for
   * all of its parameters. */
  guint8 *grad_status;
  guint8 own_grad_status;

  gconstpointer made_on; /* (not owned) (nullable) the tape whose result this is */
  gsize node;            /* 1 + the index of the node that made it; 0 for a leaf */
  char *name;            /* (owned) (nullable) */
};

void nn_tensor_set_grad_storage (NnTensor *self,
                                 NnStorage *storage,
                                 gsize offset,
                                 guint8 *status);

G_END_DECLS
