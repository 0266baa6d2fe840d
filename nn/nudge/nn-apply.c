/* nn-apply.c - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-apply.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-flush.h"
#include "nn/nn-error.h"
#include "nn/tensor/nn-grad-mode.h"

/* Whether parameter @index, a weight or a bias of some layer, is aimed at. */
static gboolean
aims_at (const NnNudge *nudge, const NnArchitecture *architecture, gsize index)
{
  const NnLayerShape *layer = &architecture->layers[index / 2];
  gboolean is_weight = index == layer->weight;

  if (strcmp (nudge->target.layer, "*") != 0 &&
      strcmp (nudge->target.layer, layer->name) != 0)
    return FALSE;
  return nudge->target.part == NN_PART_BOTH ||
         (nudge->target.part == NN_PART_WEIGHT) == is_weight;
}

/**
 * nn_nudge_check_target:
 *
 * Returns: FALSE if @architecture has no such layer (NN_ERROR_UNKNOWN, naming
 *   those that it has)
 */
gboolean
nn_nudge_check_target (const NnNudge *nudge,
                       const NnArchitecture *architecture,
                       GError **error)
{
  g_autoptr (GString) names = NULL;

  if (strcmp (nudge->target.layer, "*") == 0 ||
      nn_architecture_find_layer (architecture, nudge->target.layer) >= 0)
    return TRUE;

  names = g_string_new (NULL);
  for (gsize i = 0; i < architecture->n_layers; i++)
    g_string_append_printf (names, "%s, ", architecture->layers[i].name);
  g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN,
               "there is no layer '%s'; the layers are %s* (all)", nudge->target.layer,
               names->str);
  return FALSE;
}

static gboolean
check_finite (const NnParameterShape *parameter, const float *values, GError **error)
{
  for (gsize i = 0; i < parameter->n_values; i++) {
    g_autofree char *place = NULL;

    if (isfinite (values[i]))
      continue;
    if (parameter->rank == 2)
      place = g_strdup_printf ("[%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT "]",
                               i / parameter->shape[1], i % parameter->shape[1]);
    else
      place = g_strdup_printf ("[%" G_GSIZE_FORMAT "]", i);
    g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
                 "%s %s would become %s; no weight was changed", parameter->name, place,
                 isnan (values[i]) ? "not a number" : "infinite");
    return FALSE;
  }
  return TRUE;
}

/* One parameter's new values, which are found finite or refused. */
static gboolean
compute (const NnNudge *nudge,
         const NnParameterShape *parameter,
         const float *values,
         NnNoise *noise,
         float *result,
         GError **error)
{
  const gsize n_arrays = nn_expression_get_n_arrays (nudge->expression);
  NnOperands operands = { .n = parameter->n_values,
                          .w = values,
                          .amount = nudge->amount };

  if (n_arrays > 0) {
    operands.room = nn_noise_reserve (noise, n_arrays, parameter->n_values, error);
    if (operands.room == NULL)
      return FALSE;
    operands.random = nn_noise_get_random (noise);
  }
  nn_expression_evaluate (nudge->expression, &operands, result);
  return check_finite (parameter, result, error);
}

static gboolean
compute_all (const NnNudge *nudge,
             const NnNetwork *network,
             NnNoise *noise,
             float *results,
             GError **error)
{
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const float *values = nn_network_get_values (network);

  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];

    if (aims_at (nudge, architecture, i) &&
        !compute (nudge, parameter, values + parameter->offset, noise,
                  results + parameter->offset, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * nn_nudge_apply:
 * @noise: (nullable): what random numbers are drawn from; not needed if there are none
 * @scratch: (n_values of the network) overwritten
 *
 * Assigns the update function's result to the target, in a gradient-free
 * section: no gradient, moment or flag changes, and the weights' versions count
 * the change. All or nothing: every new value is computed and found finite
 * before the first is stored. Random numbers are drawn for one parameter after the
 * other, in the network's order.
 *
 * Returns: FALSE, with no byte changed and nothing drawn, if the target does not exist
 *   (NN_ERROR_UNKNOWN), a value would not be finite (NN_ERROR_NOT_FINITE), or there is no
 *   memory for so many random numbers (NN_ERROR_SHAPE)
 */
gboolean
nn_nudge_apply (const NnNudge *nudge,
                NnNetwork *network,
                NnNoise *noise,
                float *scratch,
                GError **error)
{
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const gboolean draws = nn_expression_uses_random (nudge->expression);

  g_return_val_if_fail (noise != NULL || !draws, FALSE);

  NN_NO_GRAD_FUNCTION ();
  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_nudge_check_target (nudge, architecture, error))
    return FALSE;
  if (draws)
    nn_noise_mark (noise);
  if (!compute_all (nudge, network, noise, scratch, error)) {
    if (draws)
      nn_noise_go_back (noise);
    return FALSE;
  }
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *parameter = &architecture->parameters[i];

    if (aims_at (nudge, architecture, i))
      memcpy (nn_tensor_write (nn_network_get_parameter (network, i), NULL),
              scratch + parameter->offset, parameter->n_values * sizeof (float));
  }
  return TRUE;
}
