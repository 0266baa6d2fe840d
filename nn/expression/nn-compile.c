/* nn-compile.c - compiles an update function's tree to a plan
 *
 * SPDX-License-Identifier: MIT
 *
 * Trees are walked in Python's order of evaluation, left to right, so that random numbers
 * are drawn in that order. A value that depends on the whole target (a statistic, a rank)
 * becomes a step of the plan, before the program that uses it.
 */

#include "nn/expression/nn-compile.h"

#include "nn/expression/nn-derived.h"
#include "nn/expression/nn-plan-writer.h"

static gboolean compile_term (NnPlanWriter *self, NnSegment *segment, const NnTerm *term);

/* Whether the segment is a single instruction that names an existing array. */
static gboolean
is_stored (const NnSegment *segment)
{
  const NnInstruction *first = &g_array_index (segment->code, NnInstruction, 0);

  return segment->code->len == 1 &&
         (first->op <= NN_OP_BEFORE || first->op == NN_OP_ARRAY ||
          first->op == NN_OP_GLOBAL_RANK);
}

/* Compiles @term to an array that a step reads as its source.
 * @temporary: (out): whether the array may be reused after the step */
static gboolean
compile_source (NnPlanWriter *self,
                const NnTerm *term,
                NnInstruction *source,
                gboolean *temporary)
{
  g_autoptr (GArray) code = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  NnSegment segment = { .code = code };
  NnPlanStep step = { .make = NN_MAKE_VALUES, .dim = NN_DIM_NONE };

  if (!compile_term (self, &segment, term))
    return FALSE;
  *temporary = !is_stored (&segment);
  if (!*temporary) {
    *source = g_array_index (code, NnInstruction, 0);
    return TRUE;
  }
  step.first = nn_plan_writer_append (self, &segment);
  step.n_instructions = code->len;
  step.index = nn_plan_writer_take_array (self);
  g_array_append_val (self->steps, step);
  *source = (NnInstruction){ .op = NN_OP_ARRAY, .index = step.index };
  return TRUE;
}

static gboolean
compile_fraction (NnPlanWriter *self, const NnTerm *term, NnPlanStep *step)
{
  g_autoptr (GArray) code = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  NnSegment segment = { .code = code };

  if (!compile_term (self, &segment, term))
    return FALSE;
  step->first = nn_plan_writer_append (self, &segment);
  step->n_instructions = code->len;
  return TRUE;
}

static gboolean
compile_statistic (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  NnPlanStep step = {
    .make = NN_MAKE_STATISTIC, .op = term->op, .dim = term->dim, .biased = term->biased
  };
  gboolean temporary;

  if (!compile_source (self, term->arguments[0], &step.source, &temporary) ||
      (term->n_arguments > 1 && !compile_fraction (self, term->arguments[1], &step)))
    return FALSE;
  /* The source is read before the result is written, so they may share an array. */
  if (temporary)
    g_array_append_val (self->free_arrays, step.source.index);
  return nn_plan_writer_emit_step (self, segment, term, &step);
}

static gboolean
compile_array (NnPlanWriter *self, NnSegment *segment, const NnTerm *term, NnOp op)
{
  NnPlanStep step = {
    .make = NN_MAKE_ARRAY, .op = op, .dim = NN_DIM_NONE, .source = self->w
  };

  return nn_plan_writer_emit_step (self, segment, term, &step);
}

/* ---- terms ------------------------------------------------------------------------- */

static gboolean
compile_value (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  if (term->op == NN_OP_WEIGHT)
    return nn_plan_writer_emit_value (self, segment, term, self->w);
  if (term->op == NN_OP_SLOW)
    return nn_plan_writer_emit_value (self, segment, term, self->slow);
  if (term->op == NN_OP_NUMBER)
    return nn_plan_writer_emit_number (self, segment, term, term->exact);
  if (term->op == NN_OP_RANK || term->op == NN_OP_ORTHOGONAL || nn_op_is_drawn (term->op))
    return compile_array (self, segment, term, term->op);
  return nn_plan_writer_emit_value (self, segment, term,
                                    (NnInstruction){ .op = term->op });
}

/* Converts to 1 or 0: x != 0. */
static gboolean
compile_condition (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  return compile_term (self, segment, term) &&
         (term->boolean ||
          (nn_plan_writer_emit_number (self, segment, term, 0) &&
           nn_plan_writer_emit_operation (self, segment, term, NN_OP_NOT_EQUAL, 2)));
}

static gboolean
compile_logic (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  if (term->kind == NN_TERM_NOT)
    return compile_term (self, segment, term->arguments[0]) &&
           nn_plan_writer_emit_number (self, segment, term, 0) &&
           nn_plan_writer_emit_operation (self, segment, term, NN_OP_EQUAL, 2);
  return compile_condition (self, segment, term->arguments[0]) &&
         compile_condition (self, segment, term->arguments[1]) &&
         nn_plan_writer_emit_operation (
             self, segment, term, term->kind == NN_TERM_AND ? NN_OP_MULTIPLY : NN_OP_MAX,
             2);
}

/* x < y < z becomes: x, y, keep it, less, y again, z, less, and. */
static gboolean
compile_comparison (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  const guint kept = segment->n_kept;

  if (term->n_arguments > 2 && segment->n_kept++ == NN_PROGRAM_KEPT)
    return nn_plan_writer_fail_too_deep (self, term);
  if (!compile_term (self, segment, term->arguments[0]))
    return FALSE;
  for (guint i = 1; i < term->n_arguments; i++) {
    const NnInstruction keep = { .op = NN_OP_KEEP, .index = kept };
    const NnInstruction again = { .op = NN_OP_KEPT, .index = kept };

    if (i > 1 && !nn_plan_writer_emit_value (self, segment, term, again))
      return FALSE;
    if (!compile_term (self, segment, term->arguments[i]) ||
        (i + 1 < term->n_arguments && !nn_plan_writer_emit (self, segment, term, keep)) ||
        !nn_plan_writer_emit_operation (self, segment, term, term->relations[i - 1], 2) ||
        (i > 1 &&
         !nn_plan_writer_emit_operation (self, segment, term, NN_OP_MULTIPLY, 2)))
      return FALSE;
  }
  segment->n_kept = kept;
  return TRUE;
}

/* normal is mean + std*noise, uniform is low + (high - low)*rand. */
static gboolean
compile_random (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  const gboolean normal = term->op == NN_OP_NORMAL;
  const NnInstruction keep = { .op = NN_OP_KEEP, .index = segment->n_kept };
  const NnInstruction again = { .op = NN_OP_KEPT, .index = segment->n_kept };
  const guint kept = segment->n_kept;

  if (segment->n_kept++ == NN_PROGRAM_KEPT)
    return nn_plan_writer_fail_too_deep (self, term);
  if (!compile_term (self, segment, term->arguments[0]) ||
      (!normal && !nn_plan_writer_emit (self, segment, term, keep)) ||
      !compile_term (self, segment, term->arguments[1]) ||
      (!normal &&
       (!nn_plan_writer_emit_value (self, segment, term, again) ||
        !nn_plan_writer_emit_operation (self, segment, term, NN_OP_SUBTRACT, 2))))
    return FALSE;
  segment->n_kept = kept;
  return compile_array (self, segment, term, normal ? NN_OP_NOISE : NN_OP_RAND) &&
         nn_plan_writer_emit_operation (self, segment, term, NN_OP_MULTIPLY, 2) &&
         nn_plan_writer_emit_operation (self, segment, term, NN_OP_ADD, 2);
}

/* The upper bound is applied last, as in torch.clamp, so it wins if low > high. */
static gboolean
compile_clamp (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  return compile_term (self, segment, term->arguments[0]) &&
         compile_term (self, segment, term->arguments[1]) &&
         nn_plan_writer_emit_operation (self, segment, term, NN_OP_AT_LEAST, 2) &&
         compile_term (self, segment, term->arguments[2]) &&
         nn_plan_writer_emit_operation (self, segment, term, NN_OP_AT_MOST, 2);
}

static gboolean
compile_operation (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  if (term->op == NN_OP_CLAMP)
    return compile_clamp (self, segment, term);
  if (term->op == NN_OP_NORMAL || term->op == NN_OP_UNIFORM)
    return compile_random (self, segment, term);
  for (guint i = 0; i < term->n_arguments; i++)
    if (!compile_term (self, segment, term->arguments[i]))
      return FALSE;
  return nn_plan_writer_emit_operation (self, segment, term, term->op, term->n_arguments);
}

static gboolean
compile_term (NnPlanWriter *self, NnSegment *segment, const NnTerm *term)
{
  switch (term->kind) {
  case NN_TERM_NUMBER:
    return nn_plan_writer_emit_number (self, segment, term, term->exact);
  case NN_TERM_VALUE:
    return compile_value (self, segment, term);
  case NN_TERM_OPERATION:
  case NN_TERM_CALL:
    return compile_operation (self, segment, term);
  case NN_TERM_COMPARISON:
    return compile_comparison (self, segment, term);
  case NN_TERM_AND:
  case NN_TERM_OR:
  case NN_TERM_NOT:
    return compile_logic (self, segment, term);
  case NN_TERM_STATISTIC:
    return compile_statistic (self, segment, term);
  }
  g_return_val_if_reached (FALSE);
}

/* ---- plans ------------------------------------------------------------------------- */

static gboolean
compile_last (NnPlanWriter *self, const NnTerm *term, NnPlan *plan)
{
  g_autoptr (GArray) code = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  NnSegment segment = { .code = code };

  if (!compile_term (self, &segment, term))
    return FALSE;
  g_assert (segment.n_values == 1);
  plan->first = nn_plan_writer_append (self, &segment);
  return TRUE;
}

/* Compiles a statement that is not the last one. */
static gboolean
compile_statement (NnPlanWriter *self, const NnStatement *statement)
{
  gboolean temporary;

  if (statement->variable == 'm') {
    self->sets_slow = TRUE;
    return compile_source (self, statement->value, &self->slow, &temporary);
  }
  if (!compile_source (self, statement->value, &self->w, &temporary))
    return FALSE;
  self->w_since = self->steps->len;
  self->sets_w = TRUE;
  return TRUE;
}

static gboolean
compile_all (NnPlanWriter *self, const NnStatement *statements, guint n, NnPlan *plan)
{
  const NnStatement *last = &statements[n - 1];

  for (guint i = 0; i + 1 < n; i++)
    if (!compile_statement (self, &statements[i]))
      return FALSE;
  plan->slow_is_last = last->variable == 'm';
  plan->sets_slow = self->sets_slow || plan->slow_is_last;
  plan->sets_w = self->sets_w || !plan->slow_is_last;
  plan->other = plan->slow_is_last ? self->w : self->slow;
  return compile_last (self, last->value, plan);
}

/**
 * nn_compile:
 * @plan: (out): its arrays are to be freed by the caller, even after a failure
 *
 * Returns: FALSE, with @fault set, if a limit of nn-program.h is exceeded
 */
gboolean
nn_compile (const NnStatement *statements, guint n, NnPlan *plan, NnFault *fault)
{
  NnPlanWriter self = {
    .fault = fault,
    .instructions = g_array_new (FALSE, FALSE, sizeof (NnInstruction)),
    .steps = g_array_new (FALSE, FALSE, sizeof (NnPlanStep)),
    .free_arrays = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .w = { .op = NN_OP_WEIGHT },
    .slow = { .op = NN_OP_SLOW },
  };
  const gboolean compiled = compile_all (&self, statements, n, plan);
  gsize length;

  plan->n_arrays = self.n_arrays;
  plan->instructions = g_array_steal (self.instructions, &length);
  plan->n_instructions = length;
  plan->steps = g_array_steal (self.steps, &length);
  plan->n_steps = length;
  plan->n_work = nn_derived_count_work (plan);
  g_array_unref (self.instructions);
  g_array_unref (self.steps);
  g_array_unref (self.free_arrays);
  return compiled;
}
