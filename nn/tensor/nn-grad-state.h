/* nn-grad-state.h - the thread-local grad mode and write hooks
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to this folder and to nn/model/nn-network.c, which changes all parameters at
 * once.
 */

#pragma once

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

typedef struct _NnWriteWatch NnWriteWatch;

/* A hook that is called before any tensor of this thread is changed in place: a tape that
 * saved its values may copy them (NN_GUARD_SHIELD). */
struct _NnWriteWatch {
  void (*before_write) (NnWriteWatch *self, const NnTensor *tensor);
  NnWriteWatch *next; /* (not owned) (nullable) */
};

typedef struct {
  gboolean disabled;     /* inside a gradient-free section */
  guint flag_changes;    /* revision of all requires_grad flags: counts their changes */
  NnWriteWatch *watches; /* (not owned) (nullable) a list */
} NnGradState;

extern _Thread_local NnGradState nn_grad_state;

/**
 * nn_grad_state_before_write:
 *
 * To be called before the values of @tensor are changed in place.
 */
static inline void
nn_grad_state_before_write (const NnTensor *tensor)
{
  for (NnWriteWatch *watch = nn_grad_state.watches; watch; watch = watch->next)
    watch->before_write (watch, tensor);
}

G_END_DECLS
