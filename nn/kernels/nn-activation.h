/* nn-activation.h - the activations, by name
 *
 * SPDX-License-Identifier: MIT
 *
 * Names and arithmetic are PyTorch's. Which there are is in activations.inc, and what
 * each does in its file; in a layer it is nn_dense ().
 */

#pragma once

#include "nn/kernels/nn-activation-kind.h"

G_BEGIN_DECLS

const char *nn_activation_get_name (NnActivation activation);
const char *nn_activation_get_sentence (NnActivation activation);
const char *nn_activation_get_torch (NnActivation activation);
gboolean nn_activation_find (const char *name, NnActivation *activation, GError **error);
gboolean nn_activation_needs_input (NnActivation activation);
gboolean nn_activation_keeps (NnActivation activation, gboolean positives_alone);
gboolean nn_activation_is_positive (NnActivation activation);

G_END_DECLS
