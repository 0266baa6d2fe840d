/* nn-apply.c - a nudge meets a network
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-apply.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-number.h"
#include "nn/kernels/nn-flush.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/nudge/nn-area.h"
#include "nn/nudge/nn-derived.h"
#include "nn/nudge/nn-expression-private.h"
#include "nn/nudge/nn-small.h"
#include "nn/tensor/nn-grad-mode.h"

#define SMALL_PARTS 4 /* that are changed in no time */

typedef struct {
  NnArea area;
  gsize offset;     /* of its new values in the context's scratch */
  char *lack;       /* (owned) (nullable) why nothing can come of it */
  gboolean skipped; /* the last time */
} Part;

struct _NnBoundNudge {
  NnNudge *nudge; /* (owned) */
  const NnArchitecture *architecture;
  NnNeeds needs;
  gsize n_parts;
  Part *parts; /* (owned) */
  gsize n;     /* elements of all parts */
  gsize n_work;
  NnSmall small; /* of few parts of few weights: what is done to each */
  char *skipped; /* (owned) (nullable) what was left as it is the last time, and why */
};

/* ---- binding ----------------------------------------------------------------------- */

static gboolean
check_target (const NnNudge *nudge,
              const NnArchitecture *architecture,
              NnAreaIter *iter,
              GError **error)
{
  return nn_area_iter_init (iter, &nudge->target, architecture, error) &&
         nn_area_check_overlap (&nudge->target, architecture, error);
}

/**
 * nn_nudge_check_target:
 *
 * Returns: FALSE if @architecture has no such layer, neuron or input, as
 *   nn_area_iter_init () says, or two targets of a list overlap
 */
gboolean
nn_nudge_check_target (const NnNudge *nudge,
                       const NnArchitecture *architecture,
                       GError **error)
{
  NnAreaIter iter;

  return check_target (nudge, architecture, &iter, error);
}

static gboolean
is_bias (const NnArea *area)
{
  return area->parameter->rank == 1;
}

/* The shape of what the update function reads. */
static NnOperands
get_shape (const NnArea *area)
{
  return (NnOperands){
    .n = area->n,
    .first_row = area->first_row,
    .first_column = area->first_column,
    .n_columns = area->n_columns,
    .row_step = area->row_step,
    .column_step = area->column_step,
    .edges = area->edges,
    .is_bias = is_bias (area),
  };
}

static char *
dup_lack (const NnNudge *nudge, const NnArea *area)
{
  const NnOperands shape = get_shape (area);
  g_autoptr (GError) error = NULL;

  if (nn_expression_check (nudge->expression, &shape, &error))
    return NULL;
  return g_strdup_printf ("%s: %s", area->parameter->name, error->message);
}

/* Floats that are gathered, or filled with zeros, beside the update function's own. */
static gsize
count_work (NnNeeds needs, const NnExpression *expression, const NnArea *area)
{
  const gsize gradless = (needs & NN_NEED_GRAD) != 0;
  const gsize gathered =
      ((needs & NN_NEED_INITIAL) != 0) + gradless + ((needs & NN_NEED_BEFORE) != 0);

  return (nn_expression_get_n_arrays (expression) + (area->whole ? gradless : gathered)) *
         area->n;
}

static void
add_part (NnBoundNudge *self, GArray *parts, const NnArea *area)
{
  const Part part = { .area = *area,
                      .offset = self->n,
                      .lack = dup_lack (self->nudge, area) };

  self->n += area->n;
  self->n_work =
      MAX (self->n_work, count_work (self->needs, self->nudge->expression, area));
  g_array_append_val (parts, part);
}

/* Whether the nudge can be applied in no time. */
static void
find_small (NnBoundNudge *self)
{
  NnProgram program;

  if (self->n_parts > SMALL_PARTS || self->nudge->memory != NN_MEMORY_KEEP ||
      (self->needs & ~NN_NEED_AMOUNT) != 0 ||
      !nn_expression_get_program (self->nudge->expression, &program))
    return;
  for (gsize i = 0; i < self->n_parts; i++) {
    const NnArea *area = &self->parts[i].area;

    if (!area->whole || area->edges != NULL || area->n > NN_SMALL)
      return;
  }
  nn_small_init (&self->small, program, self->nudge->amount);
}

/**
 * nn_bound_nudge_new:
 * @nudge: gets a reference
 * @architecture: has to be there as long as the result
 *
 * Returns: (nullable): NULL where nn_nudge_check_target () is FALSE
 */
NnBoundNudge *
nn_bound_nudge_new (NnNudge *nudge, const NnArchitecture *architecture, GError **error)
{
  GArray *parts;
  NnBoundNudge *self;
  NnAreaIter iter;
  NnArea area;
  gsize n_parts;

  if (!check_target (nudge, architecture, &iter, error))
    return NULL;
  self = g_new0 (NnBoundNudge, 1);
  parts = g_array_new (FALSE, FALSE, sizeof (Part));
  self->nudge = nn_nudge_ref (nudge);
  self->architecture = architecture;
  self->needs = nn_expression_get_needs (nudge->expression);
  while (nn_area_iter_next (&iter, &area))
    add_part (self, parts, &area);
  if (self->needs & NN_NEED_GLOBAL_RANK)
    self->n_work = MAX (self->n_work, (1 + NN_RANK_WORK) * self->n);
  self->parts = g_array_steal (parts, &n_parts);
  self->n_parts = n_parts;
  find_small (self);
  g_array_unref (parts);
  return self;
}

void
nn_bound_nudge_free (NnBoundNudge *self)
{
  for (gsize i = 0; i < self->n_parts; i++)
    g_free (self->parts[i].lack);
  g_free (self->parts);
  g_free (self->skipped);
  nn_nudge_unref (self->nudge);
  g_free (self);
}

const NnNudge *
nn_bound_nudge_get_nudge (const NnBoundNudge *self)
{
  return self->nudge;
}

/**
 * nn_bound_nudge_get_skipped:
 *
 * Returns: (nullable): which parameters else=skip left as they are the last time, and why
 */
const char *
nn_bound_nudge_get_skipped (const NnBoundNudge *self)
{
  return self->skipped;
}

/* ---- new values -------------------------------------------------------------------- */

/* "fc1.weight [0, 1] would become infinite, from 3e+38" */
static char *
dup_not_finite (const Part *part, const float *values, const float *parameter)
{
  const NnArea *area = &part->area;
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
  nn_number_append_float (from, parameter[index]);
  return g_strdup_printf ("%s [%" G_GSIZE_FORMAT "%s] would become %s, from %s",
                          shape->name, index / shape->shape[1], column ? column : "",
                          isnan (values[element]) ? "not a number" : "infinite",
                          from->str);
}

static gboolean
fail_lack (const NnBoundNudge *self, const char *lack, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SHAPE, "%s; no weight was changed%s", lack,
               self->n_parts > 1 ? "; else=skip changes the others" : "");
  return FALSE;
}

/* @parameter: (nullable) the parameter's values of some kind, NULL for zeros
 * @scratch: (in) (out): its unused part
 * Returns: (n of the area) its values, side by side */
static const float *
get_side_by_side (const NnArea *area, const float *parameter, float **scratch)
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

/* The arrays that the update function reads, and scratch for its own. */
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
    operands->initial = get_side_by_side (area, context->initial + offset, &scratch);
  if (self->needs & NN_NEED_GRAD) {
    const NnTensor *grad =
        nn_tensor_get_grad (nn_network_get_parameter (context->network, area->index));

    operands->grad =
        get_side_by_side (area, grad ? nn_tensor_get_values (grad) : NULL, &scratch);
  }
  if (self->needs & NN_NEED_BEFORE)
    operands->before = get_side_by_side (area, context->before + offset, &scratch);
}

/* One part's new values, side by side. @scratch: (nullable) work for it
 * @global: (nullable) the ranks among all parts */
static void
compute (const NnBoundNudge *self,
         const Part *part,
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
  NnOperands operands = get_shape (area);

  operands.w = values;
  operands.amount = amount;
  operands.step = context->step;
  operands.rate = context->rate;
  operands.init = context->init;
  operands.fan_in = layer->n_inputs;
  operands.fan_out = layer->n_units;
  operands.random = context->noise ? nn_noise_get_random (context->noise) : NULL;
  operands.global_rank = global != NULL ? global + part->offset : NULL;
  if (!area->whole || area->edges != NULL) {
    nn_area_gather (area, values, result);
    operands.w = result;
  }
  fill_arrays (&operands, self, context, area, scratch);
  nn_expression_evaluate (self->nudge->expression, &operands, result);
}

/* Whether the context has what the nudge's update function reads. */
static gboolean
check_context (NnNeeds needs, const NnNudgeContext *context, GError **error)
{
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

/* The ranks among the elements of all parts, in their order. */
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

/* What is behind the first @n_work floats of the scratch is the ranks. */
static gboolean
reserve (const NnBoundNudge *self,
         const NnNudgeContext *context,
         float **scratch,
         const float **global,
         GError **error)
{
  const gboolean ranks = (self->needs & NN_NEED_GLOBAL_RANK) != 0;

  *scratch = NULL;
  *global = NULL;
  if (self->n_work == 0)
    return TRUE;
  g_return_val_if_fail (context->noise != NULL, FALSE);
  *scratch =
      nn_noise_reserve (context->noise, 1, self->n_work + (ranks ? self->n : 0), error);
  if (*scratch == NULL)
    return FALSE;
  if (ranks) {
    rank_all (self, context, *scratch, *scratch + self->n_work);
    *global = *scratch + self->n_work;
  }
  return TRUE;
}

/* Whether @part is to get its new values; FALSE with @error set if the nudge is refused. */
static gboolean
settle (const NnBoundNudge *self,
        const Part *part,
        const NnNudgeContext *context,
        GError **error)
{
  const float *values = context->scratch + part->offset;
  g_autofree char *why = NULL;

  if (nn_kernels_get ()->all_finite (values, part->area.n))
    return TRUE;
  if (self->nudge->skips)
    return FALSE;
  why = dup_not_finite (part, values,
                        nn_network_get_values (context->network) +
                            part->area.parameter->offset);
  g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE, "%s; no weight was changed", why);
  return FALSE;
}

static void
set_skipped (NnBoundNudge *self, const NnNudgeContext *context)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < self->n_parts; i++) {
    const Part *part = &self->parts[i];
    const float *values = nn_network_get_values (context->network);
    g_autofree char *why = NULL;

    if (!part->skipped)
      continue;
    why = part->lack ? g_strdup (part->lack)
                     : dup_not_finite (part, context->scratch + part->offset,
                                       values + part->area.parameter->offset);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "skipped ", why);
  }
  g_free (self->skipped);
  self->skipped = g_string_free (text, text->len == 0);
}

/* What is skipped has drawn nothing. Returns: FALSE if the nudge is refused */
static gboolean
compute_part (const NnBoundNudge *self,
              Part *part,
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

/* Every part's new values. Nothing is allocated unless others are skipped than before. */
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

/* The same. If it fails, nothing was drawn. */
static gboolean
compute_all (NnBoundNudge *self,
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

/* ---- applying ---------------------------------------------------------------------- */

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

  for (gsize i = 0; i < self->n_parts; i++) {
    const Part *part = &self->parts[i];

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

static void
zero_memory (const NnBoundNudge *self, NnOptimizer *optimizer)
{
  if (self->nudge->memory == NN_MEMORY_ZERO_ALL)
    for (gsize i = 0; i < self->architecture->n_parameters; i++)
      nn_optimizer_zero_state (optimizer, i);
  else if (self->nudge->memory == NN_MEMORY_ZERO)
    for (gsize i = 0; i < self->n_parts; i++)
      if (!self->parts[i].skipped)
        zero_area (optimizer, &self->parts[i].area);
}

static void
store_all (const NnBoundNudge *self, const NnNudgeContext *context)
{
  for (gsize i = 0; i < self->n_parts; i++) {
    const Part *part = &self->parts[i];

    if (!part->skipped)
      nn_area_scatter (
          &part->area, context->scratch + part->offset,
          nn_tensor_write (nn_network_get_parameter (context->network, part->area.index),
                           NULL));
  }
}

static gboolean
apply_any (NnBoundNudge *self,
           const NnNudgeContext *context,
           double *change,
           GError **error)
{
  NN_KEEP_SUBNORMALS_FUNCTION ();

  if (!compute_all (self, self->nudge->amount, context, error))
    return FALSE;
  if (change)
    *change = measure_change (self, context);
  store_all (self, context);
  if (self->nudge->memory != NN_MEMORY_KEEP)
    zero_memory (self, context->optimizer);
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

/* Returns: FALSE, with nothing changed, where it is to be applied as any other. */
static gboolean
apply_small (const NnBoundNudge *self, const NnNudgeContext *context)
{
  const float *all = nn_network_get_values (context->network);
  float values[SMALL_PARTS][NN_SMALL];

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

  return (self->small.n_operations > 0 && change == NULL &&
          apply_small (self, context)) ||
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

  if (!compute_all (self, amount, context, error))
    return FALSE;
  if (self->needs & NN_NEED_RANDOM)
    nn_noise_go_back (context->noise);
  for (gsize i = 0; i < self->n_parts; i++) {
    const Part *part = &self->parts[i];

    if (!part->skipped)
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
