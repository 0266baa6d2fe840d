/* nn-activation.c - the activations, by name
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-activation.h"

#include <glib/gi18n.h>

#include "nn/base/nn-names.h"
#include "nn/kernels/nn-kernels.h"

static const char *const names[] = {
#define ROW(type, name) [type] = #name,
#include "nn/kernels/activations.inc"
#undef ROW
};

const char *
nn_activation_get_name (NnActivation activation)
{
  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, NULL);

  return names[activation];
}

/**
 * nn_activation_get_sentence:
 *
 * Returns: what it does, in one line
 */
const char *
nn_activation_get_sentence (NnActivation activation)
{
  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, NULL);

  return nn_kernels_get ()->activations[activation]->sentence;
}

/**
 * nn_activation_get_torch:
 *
 * Returns: (nullable): the function in a PyTorch program; NULL: there is none to call
 */
const char *
nn_activation_get_torch (NnActivation activation)
{
  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, NULL);

  return nn_kernels_get ()->activations[activation]->torch;
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

  if (!nn_names_find (names, NN_N_ACTIVATIONS, N_ ("activation"), name, &index, error))
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
  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, FALSE);

  return nn_kernels_get ()->activations[activation]->reads_input;
}

/**
 * nn_activation_keeps:
 * @positives_alone: what comes in is never below 0
 *
 * Returns: whether what comes out is what comes in, to the bit
 */
gboolean
nn_activation_keeps (NnActivation activation, gboolean positives_alone)
{
  const NnActivationKind *kind;

  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, FALSE);

  kind = nn_kernels_get ()->activations[activation];
  return kind->keeps_positives && (positives_alone || kind->keeps_negatives);
}

/**
 * nn_activation_is_positive:
 *
 * Returns: whether what comes out is never below 0
 */
gboolean
nn_activation_is_positive (NnActivation activation)
{
  g_return_val_if_fail (activation < NN_N_ACTIVATIONS, FALSE);

  return nn_kernels_get ()->activations[activation]->is_positive;
}
