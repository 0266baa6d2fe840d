/* nn-activation-sigmoid.c - 1 / (1 + e⁻ˣ)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static inline NnVector
apply (NnVector x)
{
  return vector_sigmoid (x);
}

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return dy * (1 - y) * y;
}

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_sigmoid) = {
  .sentence = N_ ("1 / (1 + e⁻ˣ): from 0 to 1"),
  .torch = "torch.sigmoid",
  .is_positive = TRUE,
  ACTIVATION_LOOPS,
};
