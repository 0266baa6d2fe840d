/* nn-activation-gelu.c - x Φ (x), the exact one
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

#define SQRT_HALF           0x1.6a09e6p-1f
#define NORMAL_DENSITY_AT_0 0x1.988454p-2f /* 1 / √(2π) */

/* Φ (x), as far as 1 + erf is not 0 in float32. */
static inline NnVector
normal (NnVector x)
{
  return 0.5f * (1 + vector_erf (x * SQRT_HALF));
}

/* x Φ (x); Hendrycks and Gimpel, Gaussian Error Linear Units, arXiv:1606.08415. */
static inline NnVector
apply (NnVector x)
{
  return x * normal (x);
}

static inline NnVector
differentiate (NnVector x, NnVector dy)
{
  const NnVector density = vector_exp (-0.5f * x * x) * NORMAL_DENSITY_AT_0;

  return dy * (normal (x) + x * density);
}

#include "nn/kernels/activation-loops.inc"

const NnActivationKind NN_IN_THIS_SET (nn_activation_gelu) = {
  .sentence = N_ ("x Φ (x): the input times the normal distribution function of it"),
  .torch = "F.gelu",
  .reads_input = TRUE,
  ACTIVATION_LOOPS,
};
