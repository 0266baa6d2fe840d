/* nn-activation-identity.c - no activation: what comes in goes out
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static inline NnVector
apply (NnVector x)
{
  return x;
}

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return dy;
}

#define UNDONE TRUE /* before it begins */

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_identity) = {
  .sentence = N_ ("the input, unchanged"),
  .keeps_positives = TRUE,
  .keeps_negatives = TRUE,
  ACTIVATION_LOOPS,
};
