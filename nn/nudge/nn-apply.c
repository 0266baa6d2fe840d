/* nn-apply.c - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-apply.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/nn-error.h"
#include "nn/nudge/nn-aim.h"
#include "nn/tensor/nn-grad-mode.h"

/**
 * nn_nudge_check_target:
 *
 * Returns: FALSE if @architecture has no such layer, neuron or input, as
 *   nn_aim_begin () says
 */
gboolean
nn_nudge_check_target (const NnNudge *nudge,
                       const NnArchitecture *architecture,
                       GError **error)
{
  NnAim aim;

  return nn_aim_begin (&aim, &nudge->target, architecture, error);
}

static gboolean
fail_not_finite (const NnArea *area, const float *values, GError **error)
{
  const NnParameterShape *parameter = area->parameter;
  g_autofree char *column = NULL;
  gsize element = 0;
  gsize place;

  while (isfinite (values[element]))
    element++;
  place = nn_area_get_place (area, element);
  if (parameter->rank == 2)
    column = g_strdup_printf (", %" G_GSIZE_FORMAT, place % parameter->shape[1]);
  g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
               "%s [%" G_GSIZE_FORMAT "%s] would become %s; no weight was changed",
               parameter->name, place / parameter->shape[1], column ? column : "",
               isnan (values[element]) ? "not a number" : "infinite");
  return FALSE;
}

/* One area's new values, side by side, which are found finite or refused. */
static gboolean
compute (const NnNudge *nudge,
         float amount,
         const NnNudgeContext *context,
         const NnArea *area,
         float *result,
         GError **error)
{
  const gsize n_arrays = nn_expression_get_n_arrays (nudge->expression);
  const float *values =
      nn_network_get_values (context->network) + area->parameter->offset;
  NnOperands operands = {
    .n = area->n,
    .w = values,
    .amount = amount,
    .step = context->step,
    .first_row = area->first_row,
    .first_column = area->first_column,
    .n_columns = area->n_columns,
    .edges = area->edges,
  };

  if (!area->whole) {
    nn_area_gather (area, values, result);
    operands.w = result;
  }
  if (n_arrays > 0) {
    operands.room = nn_noise_reserve (context->noise, n_arrays, area->n, error);
    if (operands.room == NULL)
      return FALSE;
    operands.random = nn_noise_get_random (context->noise);
  }
  nn_expression_evaluate (nudge->expression, &operands, result);
  return nn_kernels_get ()->all_finite (result, area->n) ||
         fail_not_finite (area, result, error);
}

/* Every area's new values, each from its parameter's offset on into the scratch. If that
 * fails, nothing was drawn. */
static gboolean
compute_all (const NnNudge *nudge,
             float amount,
             const NnNudgeContext *context,
             NnAim aim,
             GError **error)
{
  const gboolean draws = nn_expression_uses_random (nudge->expression);
  NnArea area;

  g_return_val_if_fail (context->noise != NULL || !draws, FALSE);

  if (draws)
    nn_noise_mark (context->noise);
  while (nn_aim_next (&aim, &area))
    if (!compute (nudge, amount, context, &area,
                  context->scratch + area.parameter->offset, error)) {
      if (draws)
        nn_noise_go_back (context->noise);
      return FALSE;
    }
  return TRUE;
}

/* Σ (new − old)² */
static double
get_squared_change (const NnArea *area, const float *values, const float *parameter)
{
  double sum = 0;

  for (gsize i = 0; i < area->n; i++) {
    const gsize place = area->whole ? i : nn_area_get_place (area, i);
    const double difference = (double) values[i] - (double) parameter[place];

    sum += difference * difference;
  }
  return sum;
}

/* Returns: the norm of the change */
static double
measure_change (const NnNudgeContext *context, NnAim aim)
{
  double sum = 0;
  NnArea area;

  while (nn_aim_next (&aim, &area)) {
    const gsize offset = area.parameter->offset;

    sum += get_squared_change (&area, context->scratch + offset,
                               nn_network_get_values (context->network) + offset);
  }
  return sqrt (sum);
}

static void
store_all (const NnNudgeContext *context, NnAim aim)
{
  NnArea area;

  while (nn_aim_next (&aim, &area))
    nn_area_scatter (
        &area, context->scratch + area.parameter->offset,
        nn_tensor_write (nn_network_get_parameter (context->network, area.index), NULL));
}

/* The optimizer's memory of a part is forgotten element by element; the count of steps
 * is the whole parameter's and stays. */
static void
zero_area (NnOptimizer *optimizer, const NnArea *area)
{
  const gsize n_side_by_side = area->edges ? 1 : area->n_columns;

  if (area->whole)
    nn_optimizer_zero_state (optimizer, area->index);
  else
    for (gsize i = 0; i < area->n; i += n_side_by_side)
      nn_optimizer_zero_moments (optimizer,
                                 area->parameter->offset + nn_area_get_place (area, i),
                                 n_side_by_side);
}

static void
zero_memory (NnMemory memory, NnOptimizer *optimizer, NnAim aim)
{
  NnArea area;

  if (memory == NN_MEMORY_ZERO_ALL)
    for (gsize i = 0; i < aim.architecture->n_parameters; i++)
      nn_optimizer_zero_state (optimizer, i);
  else if (memory == NN_MEMORY_ZERO)
    while (nn_aim_next (&aim, &area))
      zero_area (optimizer, &area);
}

/**
 * nn_nudge_apply:
 * @change: (out) (optional): the norm of the change over all of the target, which is
 *   computed only if it is asked for
 *
 * Assigns the update function's result to the target, and does to the optimizer's
 * memory what the nudge says.
 *
 * Returns: FALSE, with no byte changed and nothing drawn, if the target does not exist
 *   (NN_ERROR_UNKNOWN, NN_ERROR_SHAPE), a value would not be finite (NN_ERROR_NOT_FINITE),
 *   or there is no memory for so many random numbers (NN_ERROR_SHAPE)
 */
gboolean
nn_nudge_apply (const NnNudge *nudge,
                const NnNudgeContext *context,
                double *change,
                GError **error)
{
  NnAim aim;

  g_return_val_if_fail (context->optimizer || nudge->memory == NN_MEMORY_KEEP, FALSE);

  NN_NO_GRAD_FUNCTION ();
  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_aim_begin (&aim, &nudge->target, nn_network_get_architecture (context->network),
                     error) ||
      !compute_all (nudge, nudge->amount, context, aim, error))
    return FALSE;
  if (change)
    *change = measure_change (context, aim);
  store_all (context, aim);
  if (nudge->memory != NN_MEMORY_KEEP)
    zero_memory (nudge->memory, context->optimizer, aim);
  return TRUE;
}

/**
 * nn_nudge_preview:
 * @amount: in place of the nudge's own
 * @values: (n_values) in/out: a copy of the network's; where the target is, what those
 *   would become
 *
 * What nn_nudge_apply () would do, done to a copy. The network, the optimizer and the
 * stream of random numbers stay as they are, so applying the nudge next gives these very
 * values.
 *
 * Returns: FALSE, with @values as they were, where nn_nudge_apply () would refuse
 */
gboolean
nn_nudge_preview (const NnNudge *nudge,
                  float amount,
                  const NnNudgeContext *context,
                  float *values,
                  GError **error)
{
  NnAim aim;
  NnArea area;

  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_aim_begin (&aim, &nudge->target, nn_network_get_architecture (context->network),
                     error) ||
      !compute_all (nudge, amount, context, aim, error))
    return FALSE;
  if (nn_expression_uses_random (nudge->expression))
    nn_noise_go_back (context->noise);
  while (nn_aim_next (&aim, &area))
    nn_area_scatter (&area, context->scratch + area.parameter->offset,
                     values + area.parameter->offset);
  return TRUE;
}
