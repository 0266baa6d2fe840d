/* nn-activation-leaky-relu.c - relu with a slope below 0, as torch.nn.LeakyReLU
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

#define SLOPE 0.01f

static inline NnVector
apply (NnVector x)
{
  return vector_select (x > 0, x, x * SLOPE);
}

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return vector_select (y > 0, dy, dy * SLOPE);
}

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_leaky_relu) = {
  .sentence = N_ ("the input if it is above 0, else a hundredth of it"),
  .torch = "F.leaky_relu",
  .keeps_positives = TRUE,
  ACTIVATION_LOOPS,
};
