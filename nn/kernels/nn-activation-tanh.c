/* nn-activation-tanh.c - the hyperbolic tangent
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static inline NnVector
differentiate (NnVector y, NnVector dy)
{
  return dy * (1 - y * y);
}

static void
forward (const float *x, float *y, gsize n)
{
  map (vector_tanh, x, y, n);
}

static void
backward (const float *saved, const float *dy, float *dx, gsize n)
{
  map_backward (differentiate, saved, dy, dx, n);
}

const NnActivationKind NN_IN_THIS_SET (nn_activation_tanh) = {
  .sentence = N_ ("the hyperbolic tangent: from −1 to 1"),
  .torch = "torch.tanh",
  .forward = forward,
  .backward = backward,
};
