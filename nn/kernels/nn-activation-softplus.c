/* nn-activation-softplus.c - log (1 + eˣ), as torch.nn.Softplus with beta 1
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

#define THRESHOLD 20 /* above, e⁻ˣ is lost in rounding, and the line is taken */

static inline NnVector
apply (NnVector x)
{
  return vector_select (x > THRESHOLD, x, vector_log1p (vector_exp (x)));
}

static inline NnVector
differentiate (NnVector x, NnVector dy)
{
  const NnVector e = vector_exp (x);

  return vector_select (x > THRESHOLD, dy, dy * (e / (e + 1)));
}

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_softplus) = {
  .sentence = N_ ("log (1 + eˣ): a smooth relu"),
  .torch = "F.softplus",
  .reads_input = TRUE,
  .is_positive = TRUE,
  ACTIVATION_LOOPS,
};
