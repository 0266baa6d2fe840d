/* nn-activation-relu.c - max (x, 0)
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/activation.inc"

#include <glib/gi18n.h>

static void
forward (const float *x, float *y, gsize n)
{
  map (vector_relu, x, y, n);
}

static void
backward (const float *saved, const float *dy, float *dx, gsize n)
{
  map_backward (vector_relu_backward, saved, dy, dx, n);
}

const NnActivationKind NN_IN_THIS_SET (nn_activation_relu) = {
  .sentence = N_ ("0 below 0, and what comes in above"),
  .torch = "torch.relu",
  .keeps_positives = TRUE,
  .is_positive = TRUE,
  .forward = forward,
  .backward = backward,
};
