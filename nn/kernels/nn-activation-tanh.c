/* nn-activation-tanh.c - the hyperbolic tangent
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static inline NnVector
apply (NnVector x)
{
  return vector_tanh (x);
}

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return dy * (1 - y * y);
}

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_tanh) = {
  .sentence = N_ ("the hyperbolic tangent: from −1 to 1"),
  .torch = "torch.tanh",
  ACTIVATION_LOOPS,
};
