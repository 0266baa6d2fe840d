/* nn-activation.c - the activations, by name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-activation.h"

#include "nn/base/nn-names.h"

static const char *const names[NN_N_ACTIVATIONS] = {
  [NN_ACTIVATION_IDENTITY] = "identity",     [NN_ACTIVATION_RELU] = "relu",
  [NN_ACTIVATION_LEAKY_RELU] = "leaky_relu", [NN_ACTIVATION_TANH] = "tanh",
  [NN_ACTIVATION_SIGMOID] = "sigmoid",       [NN_ACTIVATION_GELU] = "gelu",
  [NN_ACTIVATION_SOFTPLUS] = "softplus",
};

const char *
nn_activation_get_name (NnActivation activation)
{
  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, NULL);

  return names[activation];
}

/**
 * nn_activation_find:
 *
 * Returns: FALSE, with an error that lists the names there are, if @name is none
 */
gboolean
nn_activation_find (const char *name, NnActivation *activation, GError **error)
{
  guint index;

  if (!nn_names_find (names, NN_N_ACTIVATIONS, "activation", name, &index, error))
    return FALSE;
  *activation = index;
  return TRUE;
}

/**
 * nn_activation_needs_input:
 *
 * Returns: TRUE if the derivative is computed from the input; FALSE if from the
 *   output alone, so that the input need not be kept
 */
gboolean
nn_activation_needs_input (NnActivation activation)
{
  return activation == NN_ACTIVATION_GELU || activation == NN_ACTIVATION_SOFTPLUS;
}
