/* nn-grad.h - where a backward function puts a gradient
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to operations, as nn-tensor-private.h is.
 */

#pragma once

#include "nn/tensor/nn-tensor-private.h"

G_BEGIN_DECLS

float *nn_tensor_accumulate_grad (NnTensor *self);

/**
 * nn_tensor_begin_grad:
 * @add: (out): whether there is a gradient already, to be added to; otherwise it
 *   is not initialised, and is to be overwritten
 *
 * Returns: where a backward function puts ∂L/∂self
 */
static inline float *
nn_tensor_begin_grad (NnTensor *self, gboolean *add)
{
  if (G_UNLIKELY (self->grad == NULL))
    self->grad = nn_tensor_new (self->rank, self->shape);
  *add = *self->grad_status != NN_GRAD_NONE;
  *self->grad_status = NN_GRAD_THERE;
  return self->grad->values;
}

G_END_DECLS
