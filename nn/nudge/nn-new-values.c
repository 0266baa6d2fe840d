/* nn-new-values.c - computes a nudge's new values, before any is stored
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-number.h"
#include "nn/expression/nn-derived.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/nudge/nn-bound-nudge.h"

/* The new values of a part. */
typedef struct {
  const float *values; /* (n of the part) contiguous */
  const float *from;   /* (n of the parameter) the old ones */
  gboolean is_slow;    /* of m, not of w */
} NewValues;

static const char *
name_not_finite (float value)
{
  return isnan (value) ? _ ("not a number") : _ ("infinite");
}

/* "fc1.weight [0, 1] would become infinite, from 3e+38" */
static char *
dup_not_finite (const NnArea *area, const NewValues *new_values)
{
  const float *values = new_values->values;
  const NnParameterShape *shape = area->parameter;
  g_autofree char *column = NULL;
  g_autoptr (GString) from = g_string_new (NULL);
  gsize element = 0;
  gsize index;

  while (isfinite (values[element]))
    element++;
  index = nn_area_get_flat_index (area, element);
  if (shape->rank == 2)
    column = g_strdup_printf (", %" G_GSIZE_FORMAT, index % shape->shape[1]);
  if (isfinite (new_values->from[index]))
    nn_number_append_float (from, new_values->from[index]);
  else /* an optimizer's step can make it so */
    g_string_append (from, name_not_finite (new_values->from[index]));
  return g_strdup_printf (_ ("%s%s [%zu%s] would become %s, from %s"),
                          new_values->is_slow ? _ ("the slow copy of ") : "", shape->name,
                          index / shape->shape[1], column ? column : "",
                          name_not_finite (values[element]), from->str);
}

static gboolean
fail_lack (const NnBoundNudge *self, const char *lack, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, _ ("%s; no weight was changed%s"), lack,
               self->n_parts > 1 ? _ ("; else=skip changes the others") : "");
  return FALSE;
}

/* @parameter: (nullable) (n of the parameter): weights, gradients …; NULL for zeros
 * @scratch: (inout): advanced if it is used
 *
 * Returns: (n of the area) the area's values, contiguous: in @parameter itself if it is
 *   whole */
static const float *
get_contiguous (const NnArea *area, const float *parameter, float **scratch)
{
  float *values = *scratch;

  if (area->whole && area->edges == NULL && parameter != NULL)
    return parameter;
  *scratch += area->n;
  if (parameter == NULL)
    memset (values, 0, area->n * sizeof *values);
  else
    nn_area_gather (area, parameter, values);
  return values;
}

/* Sets the arrays that the update function reads, and its scratch. */
static void
fill_arrays (NnOperands *operands,
             const NnBoundNudge *self,
             const NnNudgeContext *context,
             const NnArea *area,
             float *scratch)
{
  const gsize n_own = nn_expression_get_n_arrays (self->nudge->expression);
  const gsize offset = area->parameter->offset;

  operands->scratch = scratch;
  if (n_own > 0)
    scratch += n_own * area->n;
  if (self->needs & NN_NEED_INITIAL)
    operands->initial = get_contiguous (area, context->initial + offset, &scratch);
  if (self->needs & NN_NEED_GRAD) {
    const NnTensor *grad =
        nn_tensor_get_grad (nn_network_get_parameter (context->network, area->index));

    operands->grad =
        get_contiguous (area, grad ? nn_tensor_get_values (grad) : NULL, &scratch);
  }
  if (self->needs & NN_NEED_BEFORE)
    operands->before = get_contiguous (area, context->before + offset, &scratch);
  if (self->needs & NN_NEED_SLOW) {
    const float *slow = nn_slow_copies_get (context->slow, area->index);

    operands->slow = slow != NULL ? get_contiguous (area, slow, &scratch) : operands->w;
  }
}

/* Computes the new values of a part, contiguous.
 * @scratch: (nullable): if the function needs some
 * @global: (nullable): the ranks among all parts */
static void
compute (const NnBoundNudge *self,
         const NnBoundPart *part,
         float amount,
         const NnNudgeContext *context,
         float *scratch,
         const float *global)
{
  const NnArea *area = &part->area;
  const NnLayerShape *layer = &self->architecture->layers[area->parameter->layer];
  const float *values =
      nn_network_get_values (context->network) + area->parameter->offset;
  float *result = context->scratch + part->offset;
  NnOperands operands = nn_bound_nudge_get_shape (area);

  operands.w = values;
  operands.amount = amount;
  operands.step = context->step;
  operands.rate = context->rate;
  operands.init = context->init;
  operands.fan_in = layer->n_inputs;
  operands.fan_out = layer->n_units;
  operands.random = context->noise ? nn_noise_get_random (context->noise) : NULL;
  operands.global_rank = global != NULL ? global + part->offset : NULL;
  operands.new_slow = self->new_slow != NULL ? self->new_slow + part->offset : NULL;
  if (!area->whole || area->edges != NULL) {
    nn_area_gather (area, values, result);
    operands.w = result;
  }
  fill_arrays (&operands, self, context, area, scratch);
  nn_expression_evaluate (self->nudge->expression, &operands, result);
}

/* Checks that the context has everything that the update function reads. */
static gboolean
check_context (NnNeeds needs, const NnNudgeContext *context, GError **error)
{
  g_return_val_if_fail (context->noise != NULL || !(needs & NN_NEED_RANDOM), FALSE);
  g_return_val_if_fail (context->init != NULL || !(needs & NN_NEED_INIT), FALSE);
  g_return_val_if_fail (context->initial != NULL || !(needs & NN_NEED_INITIAL), FALSE);
  g_return_val_if_fail (context->slow != NULL || !(needs & NN_NEED_SLOW), FALSE);

  if (context->before != NULL || !(needs & NN_NEED_BEFORE))
    return TRUE;
  g_set_error_literal (
      error, NN_ERROR, NN_ERROR_UNKNOWN,
      _ ("the values from before the optimizer are kept only for repeating nudges: let "
         "this one repeat; no weight was changed"));
  return FALSE;
}

/* Computes `global_rank`: the ranks among the elements of all parts together. */
static void
rank_all (const NnBoundNudge *self,
          const NnNudgeContext *context,
          float *work,
          float *all)
{
  float *values = work + NN_RANK_WORK * self->n;

  for (gsize i = 0; i < self->n_parts; i++) {
    const NnArea *area = &self->parts[i].area;

    nn_area_gather (area,
                    nn_network_get_values (context->network) + area->parameter->offset,
                    values + self->parts[i].offset);
  }
  nn_rank (values, self->n, work, all);
}

/* Allocates scratch: n_work floats for one part, then, if needed, the ranks and the new
 * values of m of all parts. */
static gboolean
reserve (NnBoundNudge *self,
         const NnNudgeContext *context,
         float **scratch,
         const float **global,
         GError **error)
{
  const gboolean ranks = (self->needs & NN_NEED_GLOBAL_RANK) != 0;
  const gboolean slow = nn_expression_sets_slow (self->nudge->expression);
  const gsize n = self->n_work + (ranks + slow) * self->n;
  float *rest;

  *scratch = NULL;
  *global = NULL;
  self->new_slow = NULL;
  if (n == 0)
    return TRUE;
  g_return_val_if_fail (context->noise != NULL, FALSE);
  *scratch = nn_noise_reserve (context->noise, n, error);
  if (*scratch == NULL)
    return FALSE;
  rest = *scratch + self->n_work;
  if (ranks) {
    rank_all (self, context, *scratch, rest);
    *global = rest;
    rest += self->n;
  }
  if (slow)
    self->new_slow = rest;
  return TRUE;
}

/* Returns: FALSE, with @found set, if a new value of @part is not finite */
static gboolean
check_finite (const NnBoundNudge *self,
              const NnBoundPart *part,
              const NnNudgeContext *context,
              NewValues *found)
{
  const NnKernels *kernels = nn_kernels_get ();
  const NnArea *area = &part->area;
  const float *values =
      nn_network_get_values (context->network) + area->parameter->offset;
  const float *slow;

  *found = (NewValues){ context->scratch + part->offset, values, FALSE };
  if (nn_expression_sets_weights (self->nudge->expression) &&
      !kernels->all_finite (found->values, area->n))
    return FALSE;
  if (self->new_slow == NULL)
    return TRUE;
  slow = nn_slow_copies_get (context->slow, area->index);
  *found = (NewValues){ self->new_slow + part->offset, slow ? slow : values, TRUE };
  return kernels->all_finite (found->values, area->n);
}

/* Decides whether @part gets its new values.
 *
 * Returns: FALSE if not: with @error set if the whole nudge is refused, without if the
 *   part is skipped */
static gboolean
settle (const NnBoundNudge *self,
        const NnBoundPart *part,
        const NnNudgeContext *context,
        GError **error)
{
  NewValues found;
  g_autofree char *why = NULL;

  if (check_finite (self, part, context, &found))
    return TRUE;
  if (self->nudge->skips)
    return FALSE;
  why = dup_not_finite (&part->area, &found);
  g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE, _ ("%s; no weight was changed"),
               why);
  return FALSE;
}

static void
set_skipped (NnBoundNudge *self, const NnNudgeContext *context)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < self->n_parts; i++) {
    const NnBoundPart *part = &self->parts[i];
    NewValues found;
    g_autofree char *why = NULL;

    if (!part->skipped)
      continue;
    if (part->lack != NULL)
      why = g_strdup (part->lack);
    else if (!check_finite (self, part, context, &found))
      why = dup_not_finite (&part->area, &found);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : _ ("skipped "), why);
  }
  g_free (self->skipped);
  self->skipped = g_string_free (text, text->len == 0);
}

/* A part that is skipped consumes no random numbers.
 *
 * Returns: FALSE if the whole nudge is refused */
static gboolean
compute_part (const NnBoundNudge *self,
              NnBoundPart *part,
              float amount,
              const NnNudgeContext *context,
              float *scratch,
              const float *global,
              GError **error)
{
  const gboolean may_go_back = self->nudge->skips && (self->needs & NN_NEED_RANDOM) != 0;
  GError *refusal = NULL;

  part->skipped = part->lack != NULL;
  if (part->skipped)
    return self->nudge->skips || fail_lack (self, part->lack, error);
  if (may_go_back)
    nn_noise_mark_part (context->noise);
  compute (self, part, amount, context, scratch, global);
  part->skipped = !settle (self, part, context, &refusal);
  if (part->skipped && may_go_back)
    nn_noise_go_back_part (context->noise);
  if (refusal != NULL)
    g_propagate_error (error, refusal);
  return refusal == NULL;
}

/* Computes the new values of all parts. Allocates only if other parts are skipped than
 * the last time. */
static gboolean
compute_parts (NnBoundNudge *self,
               float amount,
               const NnNudgeContext *context,
               GError **error)
{
  gboolean changed = FALSE;
  float *scratch;
  const float *global;

  if (!reserve (self, context, &scratch, &global, error))
    return FALSE;
  for (gsize i = 0; i < self->n_parts; i++) {
    const gboolean was_skipped = self->parts[i].skipped;

    if (!compute_part (self, &self->parts[i], amount, context, scratch, global, error))
      return FALSE;
    changed |= self->parts[i].skipped != was_skipped;
  }
  if (changed)
    set_skipped (self, context);
  return TRUE;
}

/**
 * nn_bound_nudge_compute:
 * @amount: `a`
 *
 * Computes the new values of all parts, to the context's scratch. On failure no random
 * number was consumed.
 *
 * Returns: FALSE as nn_nudge_apply ()
 */
gboolean
nn_bound_nudge_compute (NnBoundNudge *self,
                        float amount,
                        const NnNudgeContext *context,
                        GError **error)
{
  const gboolean draws = (self->needs & NN_NEED_RANDOM) != 0;

  if (!check_context (self->needs, context, error))
    return FALSE;
  if (draws)
    nn_noise_mark (context->noise);
  if (compute_parts (self, amount, context, error))
    return TRUE;
  if (draws)
    nn_noise_go_back (context->noise);
  return FALSE;
}
