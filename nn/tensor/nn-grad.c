/* nn-grad.c - how a backward function stores the gradient of an input
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-grad.h"

#include <string.h>

/**
 * nn_tensor_accumulate_grad:
 *
 * Returns: (transfer none): (self's size) the gradient so far, or zeros, for a backward
 *   function to add ∂L/∂self to
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
