/* nn-activation.h - the activations, by name
 *
 * SPDX-License-Identifier: MIT
 *
 * Names and arithmetic are PyTorch's. The arithmetic itself is in
 * nn/kernels/activations.inc; in a layer it is nn_dense ().
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  NN_ACTIVATION_IDENTITY,
  NN_ACTIVATION_RELU,
  NN_ACTIVATION_LEAKY_RELU, /* slope 0.01 below zero */
  NN_ACTIVATION_TANH,
  NN_ACTIVATION_SIGMOID,
  NN_ACTIVATION_GELU,     /* the exact one, with erf */
  NN_ACTIVATION_SOFTPLUS, /* beta 1, threshold 20 */
  NN_N_ACTIVATIONS,
} NnActivation;

const char *nn_activation_get_name (NnActivation activation);
gboolean nn_activation_find (const char *name, NnActivation *activation, GError **error);
gboolean nn_activation_needs_input (NnActivation activation);

G_END_DECLS
