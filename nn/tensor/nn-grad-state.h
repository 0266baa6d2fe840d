/* nn-grad-state.h - what a thread knows about recording; private to nn/tensor
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

typedef struct _NnWriteWatch NnWriteWatch;

/* Whatever still needs the present values of tensors: it is called before any of them
 * changes. */
struct _NnWriteWatch {
  void (*before_write) (NnWriteWatch *self, const NnTensor *tensor);
  NnWriteWatch *next; /* (not owned) (nullable) the thread's others */
};

typedef struct {
  gboolean disabled;     /* this is a gradient-free section */
  guint flag_changes;    /* how often a leaf began or ceased to require a gradient */
  NnWriteWatch *watches; /* (not owned) (nullable) */
} NnGradState;

extern _Thread_local NnGradState nn_grad_state;

/**
 * nn_grad_state_before_write:
 *
 * To be called when the values of @tensor are about to be changed in place.
 */
static inline void
nn_grad_state_before_write (const NnTensor *tensor)
{
  for (NnWriteWatch *watch = nn_grad_state.watches; watch; watch = watch->next)
    watch->before_write (watch, tensor);
}

G_END_DECLS
