/* nn-apply.c - applies a nudge to a network
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

/* Zeroes the moments of a part of a parameter; the count of steps, which the whole
 * parameter shares, stays. */
static void
zero_area (NnOptimizer *optimizer, const NnArea *area)
{
  const gsize n_contiguous = area->edges || area->column_step > 1 ? 1 : area->n_columns;

  if (area->whole)
    nn_optimizer_zero_state (optimizer, area->index);
  else
    for (gsize i = 0; i < area->n; i += n_contiguous)
      nn_optimizer_zero_moments (
          optimizer, area->parameter->offset + nn_area_get_flat_index (area, i),
          n_contiguous);
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

/**
 * nn_nudge_exception_clear:
 *
 * Frees the names, and resets @self to no exception.
 */
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

/* To be called before weights change: a slow copy that begins here is a copy of them. */
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

/* Marks parts that the exception leaves out as skipped, so that they are not stored. */
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

/* Returns: NN_SMALL floats that begin with the weights: a copy near the end of the
 *   vector, which must not be read past */
static const float *
get_few (const float *all, gsize first, gsize n, gsize n_values, float *few)
{
  if (first + NN_SMALL <= n_values)
    return all + first;
  for (gsize i = 0; i < n; i++)
    few[i] = all[first + i];
  return few;
}

/* Loads and stores the weights as one vector, as the optimizer's step does: a load that
 * spans several narrower recent stores would stall. */
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

/* Returns: FALSE, with nothing changed, if the general path has to apply it */
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
 * @context: with a network of the architecture that the nudge was bound to
 * @change: (out) (optional): the norm of the change of the whole target
 *
 * nn_nudge_apply (), faster. Allocates only an error, or the text that says which
 * parameters were skipped.
 *
 * Returns: FALSE as nn_nudge_apply ()
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
 * @amount: used instead of the nudge's own
 * @values: (inout) (n_values): a copy of the network's; the target's new values are
 *   written to it
 *
 * nn_bound_nudge_apply () to a copy. The network, the optimizer and the random numbers
 * stay as they are: applying the nudge next, with that amount, gives the same values.
 *
 * Returns: FALSE, with @values as they were, if nn_bound_nudge_apply () would fail
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
  /* A cast from const: only the reference count changes. */
  return nn_bound_nudge_new ((NnNudge *) (guintptr) nudge,
                             nn_network_get_architecture (context->network), error);
}

/**
 * nn_nudge_apply:
 * @change: (out) (optional): the norm of the change of the whole target
 *
 * Assigns the update function's result to the target, and zeroes the optimizer's state if
 * the nudge has memory=zero or zero-all. The nudge's time is ignored.
 *
 * Returns: FALSE, with nothing changed and no random number drawn, if the target does not
 *   exist (NN_ERROR_UNKNOWN, NN_ERROR_SHAPE), the values of `before` were not kept
 *   (NN_ERROR_UNKNOWN), a value would not be finite (NN_ERROR_NOT_FINITE), a statistic
 *   has too few values (NN_ERROR_SHAPE), or there is not enough memory (NN_ERROR_MEMORY)
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
 * Binds the nudge, and calls nn_bound_nudge_preview ().
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
