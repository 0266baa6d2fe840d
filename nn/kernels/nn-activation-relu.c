/* nn-activation-relu.c - max (x, 0)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static inline NnVector
apply (NnVector x)
{
  return vector_relu (x);
}

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return vector_relu_backward (y, dy);
}

/* As the loops of layers undo it, one of which this becomes: 0 where y is NaN. */
static inline NnVector
undo (NnVector y, NnVector dy)
{
  return (NnVector) ((NnIntVector) dy & (y > 0));
}

#define UNDO undo

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_relu) = {
  .sentence = N_ ("the input if it is above 0, else 0"),
  .torch = "torch.relu",
  .keeps_positives = TRUE,
  .is_positive = TRUE,
  ACTIVATION_LOOPS,
};
