/* nn-grad-state.h - what a thread knows about recording; private to nn/tensor
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/tensor/nn-tensor.h"

G_BEGIN_DECLS

typedef struct {
  gboolean disabled;  /* this is a gradient-free section */
  guint flag_changes; /* how often a leaf began or ceased to require a gradient */
  NnTape
      *armed; /* (nullable) tapes whose backward may still come, linked by next_armed */
} NnGradState;

extern _Thread_local NnGradState nn_grad_state;

G_END_DECLS
