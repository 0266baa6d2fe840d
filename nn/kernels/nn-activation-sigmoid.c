/* nn-activation-sigmoid.c - 1 / (1 + e⁻ˣ)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return dy * (1 - y) * y;
}

static void
forward (const float *x, float *y, gsize n)
{
  map (vector_sigmoid, x, y, n);
}

static void
backward (const float *saved, const float *dy, float *dx, gsize n)
{
  map_backward (differentiate, saved, dy, dx, n);
}

const NnActivationKind NN_IN_THIS_SET (nn_activation_sigmoid) = {
  .sentence = N_ ("1 / (1 + e⁻ˣ): from 0 to 1"),
  .torch = "torch.sigmoid",
  .is_positive = TRUE,
  .forward = forward,
  .backward = backward,
};
