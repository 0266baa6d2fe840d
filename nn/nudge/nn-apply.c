/* nn-apply.c - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-apply.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/nudge/nn-area.h"
#include "nn/tensor/nn-grad-mode.h"

/**
 * nn_nudge_check_target:
 *
 * Returns: FALSE if @architecture has no such layer, neuron or input, as
 *   nn_area_iter_init () says
 */
gboolean
nn_nudge_check_target (const NnNudge *nudge,
                       const NnArchitecture *architecture,
                       GError **error)
{
  NnAreaIter iter;

  return nn_area_iter_init (&iter, &nudge->target, architecture, error);
}

static gboolean
fail_not_finite (const NnArea *area, const float *values, GError **error)
{
  const NnParameterShape *parameter = area->parameter;
  g_autofree char *column = NULL;
  gsize element = 0;
  gsize index;

  while (isfinite (values[element]))
    element++;
  index = nn_area_get_flat_index (area, element);
  if (parameter->rank == 2)
    column = g_strdup_printf (", %" G_GSIZE_FORMAT, index % parameter->shape[1]);
  g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
               "%s [%" G_GSIZE_FORMAT "%s] would become %s; no weight was changed",
               parameter->name, index / parameter->shape[1], column ? column : "",
               isnan (values[element]) ? "not a number" : "infinite");
  return FALSE;
}

/* How many arrays have to be gathered, or filled with zeros, in the scratch. */
static gsize
count_gathered (NnNeeds needs, const NnArea *area, const float *grad)
{
  const gboolean gradless = (needs & NN_NEED_GRAD) && grad == NULL;

  if (area->whole)
    return gradless;
  return ((needs & NN_NEED_INITIAL) != 0) + ((needs & NN_NEED_GRAD) != 0) +
         ((needs & NN_NEED_BEFORE) != 0);
}

/* @parameter: (nullable) the parameter's values of some kind, NULL for zeros
 * @scratch: (in) (out): its unused part
 * Returns: (n of the area) its values, side by side */
static const float *
get_side_by_side (const NnArea *area, const float *parameter, float **scratch)
{
  float *values = *scratch;

  if (area->whole && parameter != NULL)
    return parameter;
  *scratch += area->n;
  if (parameter == NULL)
    memset (values, 0, area->n * sizeof *values);
  else
    nn_area_gather (area, parameter, values);
  return values;
}

/* The arrays that the update function reads, and scratch for its own. */
static gboolean
fill_arrays (NnOperands *operands,
             const NnNudge *nudge,
             const NnNudgeContext *context,
             const NnArea *area,
             GError **error)
{
  const NnNeeds needs = nn_expression_get_needs (nudge->expression);
  const gsize n_own = nn_expression_get_n_arrays (nudge->expression);
  const gsize offset = area->parameter->offset;
  const NnTensor *grad =
      nn_tensor_get_grad (nn_network_get_parameter (context->network, area->index));
  const float *grads = grad ? nn_tensor_get_values (grad) : NULL;
  const gsize n_arrays = n_own + count_gathered (needs, area, grads);
  float *scratch;

  g_return_val_if_fail (n_arrays == 0 || context->noise != NULL, FALSE);

  if (n_arrays > 0) {
    operands->scratch = nn_noise_reserve (context->noise, n_arrays, area->n, error);
    if (operands->scratch == NULL)
      return FALSE;
  }
  scratch = n_own > 0 ? operands->scratch + n_own * area->n : operands->scratch;
  if (needs & NN_NEED_INITIAL)
    operands->initial = get_side_by_side (area, context->initial + offset, &scratch);
  if (needs & NN_NEED_GRAD)
    operands->grad = get_side_by_side (area, grads, &scratch);
  if (needs & NN_NEED_BEFORE)
    operands->before = get_side_by_side (area, context->before + offset, &scratch);
  return TRUE;
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
  const NnArchitecture *architecture = nn_network_get_architecture (context->network);
  const NnLayerShape *layer = &architecture->layers[area->parameter->layer];
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
    .is_bias = area->parameter->rank == 1,
    .init = context->init,
    .fan_in = layer->n_inputs,
    .fan_out = layer->n_units,
    .random = context->noise ? nn_noise_get_random (context->noise) : NULL,
  };

  if (!area->whole) {
    nn_area_gather (area, values, result);
    operands.w = result;
  }
  if (!fill_arrays (&operands, nudge, context, area, error))
    return FALSE;
  nn_expression_evaluate (nudge->expression, &operands, result);
  return nn_kernels_get ()->all_finite (result, area->n) ||
         fail_not_finite (area, result, error);
}

/* Whether the context has what the nudge's update function reads. */
static gboolean
check_context (const NnNudge *nudge, const NnNudgeContext *context, GError **error)
{
  const NnNeeds needs = nn_expression_get_needs (nudge->expression);

  g_return_val_if_fail (context->noise != NULL || !(needs & NN_NEED_RANDOM), FALSE);
  g_return_val_if_fail (context->init != NULL || !(needs & NN_NEED_INIT), FALSE);
  g_return_val_if_fail (context->initial != NULL || !(needs & NN_NEED_INITIAL), FALSE);

  if (context->before != NULL || !(needs & NN_NEED_BEFORE))
    return TRUE;
  g_set_error_literal (error, NN_ERROR, NN_ERROR_UNKNOWN,
                       "the values from before the optimizer are kept only for nudges "
                       "that stand: repeat this one; no weight was changed");
  return FALSE;
}

/* Every area's new values, each from its parameter's offset on into the scratch. If that
 * fails, nothing was drawn. */
static gboolean
compute_all (const NnNudge *nudge,
             float amount,
             const NnNudgeContext *context,
             NnAreaIter iter,
             GError **error)
{
  const gboolean draws = nn_expression_uses_random (nudge->expression);
  NnArea area;

  if (!check_context (nudge, context, error))
    return FALSE;
  if (draws)
    nn_noise_mark (context->noise);
  while (nn_area_iter_next (&iter, &area))
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
    const gsize index = area->whole ? i : nn_area_get_flat_index (area, i);
    const double difference = (double) values[i] - (double) parameter[index];

    sum += difference * difference;
  }
  return sum;
}

/* Returns: the norm of the change */
static double
measure_change (const NnNudgeContext *context, NnAreaIter iter)
{
  double sum = 0;
  NnArea area;

  while (nn_area_iter_next (&iter, &area)) {
    const gsize offset = area.parameter->offset;

    sum += get_squared_change (&area, context->scratch + offset,
                               nn_network_get_values (context->network) + offset);
  }
  return sqrt (sum);
}

static void
store_all (const NnNudgeContext *context, NnAreaIter iter)
{
  NnArea area;

  while (nn_area_iter_next (&iter, &area))
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
      nn_optimizer_zero_moments (
          optimizer, area->parameter->offset + nn_area_get_flat_index (area, i),
          n_side_by_side);
}

static void
zero_memory (NnMemory memory, NnOptimizer *optimizer, NnAreaIter iter)
{
  NnArea area;

  if (memory == NN_MEMORY_ZERO_ALL)
    for (gsize i = 0; i < iter.architecture->n_parameters; i++)
      nn_optimizer_zero_state (optimizer, i);
  else if (memory == NN_MEMORY_ZERO)
    while (nn_area_iter_next (&iter, &area))
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
 *   (NN_ERROR_UNKNOWN, NN_ERROR_SHAPE), the values of `before` were not kept
 *   (NN_ERROR_UNKNOWN), a value would not be finite (NN_ERROR_NOT_FINITE), or there is no
 *   memory for the arrays (NN_ERROR_SHAPE)
 */
gboolean
nn_nudge_apply (const NnNudge *nudge,
                const NnNudgeContext *context,
                double *change,
                GError **error)
{
  NnAreaIter iter;

  g_return_val_if_fail (context->optimizer || nudge->memory == NN_MEMORY_KEEP, FALSE);

  NN_NO_GRAD_FUNCTION ();
  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_area_iter_init (&iter, &nudge->target,
                          nn_network_get_architecture (context->network), error) ||
      !compute_all (nudge, nudge->amount, context, iter, error))
    return FALSE;
  if (change)
    *change = measure_change (context, iter);
  store_all (context, iter);
  if (nudge->memory != NN_MEMORY_KEEP)
    zero_memory (nudge->memory, context->optimizer, iter);
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
  NnAreaIter iter;
  NnArea area;

  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_area_iter_init (&iter, &nudge->target,
                          nn_network_get_architecture (context->network), error) ||
      !compute_all (nudge, amount, context, iter, error))
    return FALSE;
  if (nn_expression_uses_random (nudge->expression))
    nn_noise_go_back (context->noise);
  while (nn_area_iter_next (&iter, &area))
    nn_area_scatter (&area, context->scratch + area.parameter->offset,
                     values + area.parameter->offset);
  return TRUE;
}
