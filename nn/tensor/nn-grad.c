/* nn-grad.c - where a backward function puts a gradient
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-grad.h"

#include <string.h>

/**
 * nn_tensor_accumulate_grad:
 *
 * Returns: where a backward function adds ∂L/∂self; zeros the first time
 */
float *
nn_tensor_accumulate_grad (NnTensor *self)
{
  gboolean add;
  float *grad = nn_tensor_begin_grad (self, &add);

  if (!add)
    memset (grad, 0, self->size * sizeof (float));
  return grad;
}
