/* nn-apply.c - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-apply.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-flush.h"
#include "nn/nudge/nn-bound-nudge.h"
#include "nn/tensor/nn-grad-mode.h"

/* Σ (new − old)² */
static double
get_squared_change (const NnArea *area, const float *values, const float *parameter)
{
  double sum = 0;

  for (gsize i = 0; i < area->n; i++) {
    const gsize index =
        area->whole && !area->edges ? i : nn_area_get_flat_index (area, i);
    const double difference = (double) values[i] - (double) parameter[index];

    sum += difference * difference;
  }
  return sum;
}

/* Returns: the norm of the change */
static double
measure_change (const NnBoundNudge *self, const NnNudgeContext *context)
{
  double sum = 0;

  if (!nn_expression_sets_weights (self->nudge->expression))
    return 0;
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnBoundPart *part = &self->parts[i];

    if (!part->skipped)
      sum += get_squared_change (&part->area, context->scratch + part->offset,
                                 nn_network_get_values (context->network) +
                                     part->area.parameter->offset);
  }
  return sqrt (sum);
}

/* The optimizer's memory of a part is forgotten element by element; the count of steps
 * is the whole parameter's and stays. */
static void
zero_area (NnOptimizer *optimizer, const NnArea *area)
{
  const gsize n_side_by_side = area->edges || area->column_step > 1 ? 1 : area->n_columns;

  if (area->whole)
    nn_optimizer_zero_state (optimizer, area->index);
  else
    for (gsize i = 0; i < area->n; i += n_side_by_side)
      nn_optimizer_zero_moments (
          optimizer, area->parameter->offset + nn_area_get_flat_index (area, i),
          n_side_by_side);
}

/* @self: (nullable) */
static gboolean
leaves_out (const NnNudgeException *self,
            const NnArchitecture *architecture,
            gsize parameter)
{
  if (self == NULL || self->all_left_out)
    return self != NULL;
  for (guint i = 0; self->left_out && i < self->left_out->len; i++)
    if (nn_architecture_names_parameter (architecture, parameter,
                                         self->left_out->pdata[i]))
      return TRUE;
  return FALSE;
}

/* It is none any more. */
void
nn_nudge_exception_clear (NnNudgeException *self)
{
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  *self = (NnNudgeException){ 0 };
}

static void
zero_memory (const NnBoundNudge *self, const NnNudgeContext *context)
{
  const NnNudgeException *exception = context->exception;

  if (self->nudge->memory == NN_MEMORY_ZERO_ALL) {
    for (gsize i = 0; i < self->architecture->n_parameters; i++)
      if (!leaves_out (exception, self->architecture, i))
        nn_optimizer_zero_state (context->optimizer, i);
  } else if (self->nudge->memory == NN_MEMORY_ZERO ||
             (exception && exception->zeroes_memory)) {
    for (gsize i = 0; i < self->n_parts; i++)
      if (!self->parts[i].skipped)
        zero_area (context->optimizer, &self->parts[i].area);
  }
}

/* All slow copies begin before any weight changes. */
static void
store_slow (const NnBoundNudge *self, const NnNudgeContext *context)
{
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnBoundPart *part = &self->parts[i];
    float *slow;

    if (part->skipped)
      continue;
    slow = nn_slow_copies_write (context->slow, part->area.index,
                                 nn_network_get_values (context->network) +
                                     part->area.parameter->offset);
    if (self->new_slow != NULL)
      nn_area_scatter (&part->area, self->new_slow + part->offset, slow);
  }
}

static void
store_weights (const NnBoundNudge *self, const NnNudgeContext *context)
{
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnBoundPart *part = &self->parts[i];

    if (!part->skipped)
      nn_area_scatter (
          &part->area, context->scratch + part->offset,
          nn_tensor_write (nn_network_get_parameter (context->network, part->area.index),
                           NULL));
  }
}

/* What was computed for them is not stored. */
static void
leave_out (NnBoundNudge *self, const NnNudgeException *exception)
{
  for (gsize i = 0; i < self->n_parts; i++)
    self->parts[i].skipped |=
        leaves_out (exception, self->architecture, self->parts[i].area.index);
}

static gboolean
apply_any (NnBoundNudge *self,
           const NnNudgeContext *context,
           double *change,
           GError **error)
{
  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_bound_nudge_compute (self, self->nudge->amount, context, error))
    return FALSE;
  leave_out (self, context->exception);
  if (change)
    *change = measure_change (self, context);
  if (self->needs & NN_NEED_SLOW)
    store_slow (self, context);
  if (nn_expression_sets_weights (self->nudge->expression))
    store_weights (self, context);
  if (context->optimizer)
    zero_memory (self, context);
  return TRUE;
}

/* Where the weights are near the end, those behind them may not be read. */
static const float *
get_few (const float *all, gsize first, gsize n, gsize n_values, float *few)
{
  if (first + NN_SMALL <= n_values)
    return all + first;
  for (gsize i = 0; i < n; i++)
    few[i] = all[first + i];
  return few;
}

/* The values that are read were written by the last step or nudge, all of them at once: a
 * processor waits for smaller writes before it reads across them. */
static gboolean
apply_in_one (const NnBoundNudge *self, const NnNudgeContext *context)
{
  const float *all = nn_network_get_values (context->network) + self->window;
  float values[NN_SMALL];
  float *window = NULL;

  if (!nn_small_run_among (&self->small, all, self->n_before, self->n, values))
    return FALSE;
  for (gsize i = self->n_parts; i-- > 0;)
    window = nn_tensor_write (
        nn_network_get_parameter (context->network, self->parts[i].area.index), NULL);
  memcpy (window - self->n_before, values, sizeof values);
  return TRUE;
}

/* Returns: FALSE, with nothing changed, where it is to be applied as any other. */
static gboolean
apply_small (const NnBoundNudge *self, const NnNudgeContext *context)
{
  const float *all = nn_network_get_values (context->network);
  float values[NN_BOUND_SMALL][NN_SMALL];

  for (gsize i = 0; i < self->n_parts; i++) {
    const NnArea *area = &self->parts[i].area;
    float few[NN_SMALL] = { 0 };

    if (!nn_small_run (&self->small,
                       get_few (all, area->parameter->offset, area->n,
                                self->architecture->n_values, few),
                       area->n, values[i]))
      return FALSE;
  }
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnArea *area = &self->parts[i].area;
    float *parameter =
        nn_tensor_write (nn_network_get_parameter (context->network, area->index), NULL);

    for (gsize k = 0; k < area->n; k++)
      parameter[k] = values[i][k];
  }
  return TRUE;
}

/**
 * nn_bound_nudge_apply:
 * @context: its network has the architecture that the nudge was bound to
 * @change: (out) (optional): the norm of the change over all of the target, which is
 *   computed only if it is asked for
 *
 * As nn_nudge_apply (). Allocates nothing but an error, or what says which parameters
 * were skipped.
 */
gboolean
nn_bound_nudge_apply (NnBoundNudge *self,
                      const NnNudgeContext *context,
                      double *change,
                      GError **error)
{
  const NnNudge *nudge = self->nudge;

  g_return_val_if_fail (context->optimizer || nudge->memory == NN_MEMORY_KEEP, FALSE);

  NN_NO_GRAD_FUNCTION ();

  return (self->small.n_operations > 0 && change == NULL && context->exception == NULL &&
          (self->in_one ? apply_in_one (self, context) : apply_small (self, context))) ||
         apply_any (self, context, change, error);
}

/**
 * nn_bound_nudge_preview:
 * @amount: in place of the nudge's own
 * @values: (n_values) in/out: a copy of the network's; where the target is, what those
 *   would become
 *
 * What nn_bound_nudge_apply () would do, done to a copy. The network, the optimizer and
 * the stream of random numbers stay as they are, so applying the nudge next gives these
 * very values.
 *
 * Returns: FALSE, with @values as they were, where nn_bound_nudge_apply () would refuse
 */
gboolean
nn_bound_nudge_preview (NnBoundNudge *self,
                        float amount,
                        const NnNudgeContext *context,
                        float *values,
                        GError **error)
{
  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!nn_bound_nudge_compute (self, amount, context, error))
    return FALSE;
  if (self->needs & NN_NEED_RANDOM)
    nn_noise_go_back (context->noise);
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnBoundPart *part = &self->parts[i];

    if (!part->skipped && nn_expression_sets_weights (self->nudge->expression))
      nn_area_scatter (&part->area, context->scratch + part->offset,
                       values + part->area.parameter->offset);
  }
  return TRUE;
}

static NnBoundNudge *
bind (const NnNudge *nudge, const NnNudgeContext *context, GError **error)
{
  /* Only the count of references changes. */
  return nn_bound_nudge_new ((NnNudge *) (guintptr) nudge,
                             nn_network_get_architecture (context->network), error);
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
 *   (NN_ERROR_UNKNOWN), a value would not be finite (NN_ERROR_NOT_FINITE), a statistic has
 *   too few values (NN_ERROR_SHAPE), or there is no memory for the arrays (NN_ERROR_SHAPE)
 */
gboolean
nn_nudge_apply (const NnNudge *nudge,
                const NnNudgeContext *context,
                double *change,
                GError **error)
{
  g_autoptr (NnBoundNudge) bound = bind (nudge, context, error);

  return bound != NULL && nn_bound_nudge_apply (bound, context, change, error);
}

/**
 * nn_nudge_preview:
 *
 * As nn_bound_nudge_preview ().
 */
gboolean
nn_nudge_preview (const NnNudge *nudge,
                  float amount,
                  const NnNudgeContext *context,
                  float *values,
                  GError **error)
{
  g_autoptr (NnBoundNudge) bound = bind (nudge, context, error);

  return bound != NULL && nn_bound_nudge_preview (bound, amount, context, values, error);
}
