/* nn-grad.h - how a backward function stores the gradient of an input
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to operations and to nn/model/nn-network.c, as nn-tensor-private.h is.
 */

#pragma once

#include "nn/tensor/nn-tensor-private.h"

G_BEGIN_DECLS

float *nn_tensor_accumulate_grad (NnTensor *self);

/**
 * nn_tensor_begin_grad:
 * @add: (out): TRUE if there is a gradient, which the caller must add to; FALSE if the
 *   values are undefined, and the caller must overwrite all of them
 *
 * Marks @self as having a gradient. Faster than nn_tensor_accumulate_grad (): the first
 * gradient of a step needs no zeros.
 *
 * Returns: (transfer none): (self's size) where to store ∂L/∂self
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
