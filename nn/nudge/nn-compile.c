/* nn-compile.c - from an update function's tree to its plan
 *
 * SPDX-License-Identifier: MIT
 *
 * Trees are walked as Python evaluates, from left to right, so that random numbers are
 * drawn in that order. What needs all of the target becomes a step of the plan, in front
 * of the program that mentions it.
 */

#include "nn/nudge/nn-compile.h"

#include "nn/nudge/nn-derived.h"

#define MOST_INSTRUCTIONS 8192 /* of all programs; text of 4096 bytes has no more */

/* The program that is being written. */
typedef struct {
  GArray *code;   /* (owned) (element-type NnInstruction) */
  guint n_values; /* on the machine's stack after it so far */
  guint n_kept;   /* in use */
} Segment;

typedef struct {
  NnFault *fault;
  GArray *instructions; /* (owned) of the steps so far */
  GArray *steps;        /* (owned) (element-type NnPlanStep) */
  GArray *free_arrays;  /* (owned) (element-type guint32) that can be used again */
  guint32 n_arrays;
  guint32 n_singles;
  NnInstruction w;    /* what w is by now … */
  guint w_since;      /* … from this step on */
  NnInstruction slow; /* what m is by now */
  gboolean sets_w;
  gboolean sets_slow;
} Compiler;

static gboolean compile_term (Compiler *self, Segment *segment, const NnTerm *term);

static gboolean
fail_too_much (Compiler *self, const NnTerm *term)
{
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, term->at,
                       "nested more than %d levels deep: simplify the expression",
                       NN_PROGRAM_STACK);
}

/* ---- programs ---------------------------------------------------------------------- */

static gboolean
emit (Compiler *self, Segment *segment, const NnTerm *term, NnInstruction instruction)
{
  if (segment->code->len + self->instructions->len >= MOST_INSTRUCTIONS)
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, term->at,
                         "more than %d operations: simplify the expression",
                         MOST_INSTRUCTIONS);
  g_array_append_val (segment->code, instruction);
  return TRUE;
}

static gboolean
emit_value (Compiler *self,
            Segment *segment,
            const NnTerm *term,
            NnInstruction instruction)
{
  if (segment->n_values == NN_PROGRAM_STACK)
    return fail_too_much (self, term);
  segment->n_values++;
  return emit (self, segment, term, instruction);
}

/* @n values become one. */
static gboolean
emit_operation (Compiler *self,
                Segment *segment,
                const NnTerm *term,
                NnOp op,
                guint n_arguments)
{
  segment->n_values -= n_arguments - 1;
  return emit (self, segment, term, (NnInstruction){ .op = op });
}

static gboolean
emit_number (Compiler *self, Segment *segment, const NnTerm *term, float number)
{
  return emit_value (self, segment, term,
                     (NnInstruction){ .op = NN_OP_NUMBER, .number = number });
}

/* ---- steps ------------------------------------------------------------------------- */

static guint32
take_array (Compiler *self)
{
  guint32 index;

  if (self->free_arrays->len == 0)
    return self->n_arrays++;
  index = g_array_index (self->free_arrays, guint32, self->free_arrays->len - 1);
  g_array_set_size (self->free_arrays, self->free_arrays->len - 1);
  return index;
}

/* The program becomes a part of the plan. Returns: its first instruction */
static gsize
append_code (Compiler *self, const Segment *segment)
{
  const gsize first = self->instructions->len;

  g_array_append_vals (self->instructions, segment->code->data, segment->code->len);
  return first;
}

static gboolean
is_same_source (const NnInstruction *a, const NnInstruction *b)
{
  return a->op == b->op && (a->op != NN_OP_ARRAY || a->index == b->index);
}

/* What was made of w before need not be made again. Steps from before w got its value may
 * have used the array that it is in now. */
static const NnPlanStep *
find_step (const Compiler *self, const NnPlanStep *like)
{
  for (guint i = self->w_since; i < self->steps->len; i++) {
    const NnPlanStep *step = &g_array_index (self->steps, NnPlanStep, i);

    if (step->make == like->make && step->op == like->op && step->dim == like->dim &&
        step->biased == like->biased && like->op != NN_OP_QUANTILE &&
        !nn_op_is_drawn (like->op) && is_same_source (&step->source, &like->source) &&
        is_same_source (&step->source, &self->w))
      return step;
  }
  return NULL;
}

static gboolean
emit_step (Compiler *self, Segment *segment, const NnTerm *term, NnPlanStep *step)
{
  const gboolean single = step->make == NN_MAKE_STATISTIC && step->dim == NN_DIM_NONE;
  const NnPlanStep *same = find_step (self, step);

  if (same != NULL) {
    step->index = same->index;
  } else {
    if (single && self->n_singles == NN_PROGRAM_SINGLES)
      return nn_fault_set (self->fault, NN_ERROR_SYNTAX, term->at,
                           "more than %d statistics: simplify the expression",
                           NN_PROGRAM_SINGLES);
    step->index = single ? self->n_singles++ : take_array (self);
    g_array_append_vals (self->steps, step, 1);
  }
  return emit_value (
      self, segment, term,
      (NnInstruction){ .op = single ? NN_OP_SINGLE : NN_OP_ARRAY, .index = step->index });
}

/* What there is as an array already. */
static gboolean
is_stored (const Segment *segment)
{
  const NnInstruction *first = &g_array_index (segment->code, NnInstruction, 0);

  return segment->code->len == 1 &&
         (first->op <= NN_OP_BEFORE || first->op == NN_OP_ARRAY ||
          first->op == NN_OP_GLOBAL_RANK);
}

/* All values of @term, which a step can be made of. @temporary: (out): an array that can
 * be used again after that */
static gboolean
compile_source (Compiler *self,
                const NnTerm *term,
                NnInstruction *source,
                gboolean *temporary)
{
  g_autoptr (GArray) code = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  Segment segment = { .code = code };
  NnPlanStep step = { .make = NN_MAKE_VALUES, .dim = NN_DIM_NONE };

  if (!compile_term (self, &segment, term))
    return FALSE;
  *temporary = !is_stored (&segment);
  if (!*temporary) {
    *source = g_array_index (code, NnInstruction, 0);
    return TRUE;
  }
  step.first = append_code (self, &segment);
  step.n_instructions = code->len;
  step.index = take_array (self);
  g_array_append_val (self->steps, step);
  *source = (NnInstruction){ .op = NN_OP_ARRAY, .index = step.index };
  return TRUE;
}

static gboolean
compile_fraction (Compiler *self, const NnTerm *term, NnPlanStep *step)
{
  g_autoptr (GArray) code = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  Segment segment = { .code = code };

  if (!compile_term (self, &segment, term))
    return FALSE;
  step->first = append_code (self, &segment);
  step->n_instructions = code->len;
  return TRUE;
}

static gboolean
compile_statistic (Compiler *self, Segment *segment, const NnTerm *term)
{
  NnPlanStep step = {
    .make = NN_MAKE_STATISTIC, .op = term->op, .dim = term->dim, .biased = term->biased
  };
  gboolean temporary;

  if (!compile_source (self, term->arguments[0], &step.source, &temporary) ||
      (term->n_arguments > 1 && !compile_fraction (self, term->arguments[1], &step)))
    return FALSE;
  /* The result may be written where the source is: it is read before. */
  if (temporary)
    g_array_append_val (self->free_arrays, step.source.index);
  return emit_step (self, segment, term, &step);
}

static gboolean
compile_array (Compiler *self, Segment *segment, const NnTerm *term, NnOp op)
{
  NnPlanStep step = {
    .make = NN_MAKE_ARRAY, .op = op, .dim = NN_DIM_NONE, .source = self->w
  };

  return emit_step (self, segment, term, &step);
}

/* ---- terms ------------------------------------------------------------------------- */

static gboolean
compile_value (Compiler *self, Segment *segment, const NnTerm *term)
{
  if (term->op == NN_OP_WEIGHT)
    return emit_value (self, segment, term, self->w);
  if (term->op == NN_OP_SLOW)
    return emit_value (self, segment, term, self->slow);
  if (term->op == NN_OP_NUMBER)
    return emit_number (self, segment, term, term->number);
  if (term->op == NN_OP_RANK || term->op == NN_OP_ORTHOGONAL || nn_op_is_drawn (term->op))
    return compile_array (self, segment, term, term->op);
  return emit_value (self, segment, term, (NnInstruction){ .op = term->op });
}

/* 1 where it is not 0. */
static gboolean
compile_condition (Compiler *self, Segment *segment, const NnTerm *term)
{
  return compile_term (self, segment, term) &&
         (term->boolean || (emit_number (self, segment, term, 0) &&
                            emit_operation (self, segment, term, NN_OP_NOT_EQUAL, 2)));
}

static gboolean
compile_logic (Compiler *self, Segment *segment, const NnTerm *term)
{
  if (term->kind == NN_TERM_NOT)
    return compile_term (self, segment, term->arguments[0]) &&
           emit_number (self, segment, term, 0) &&
           emit_operation (self, segment, term, NN_OP_EQUAL, 2);
  return compile_condition (self, segment, term->arguments[0]) &&
         compile_condition (self, segment, term->arguments[1]) &&
         emit_operation (self, segment, term,
                         term->kind == NN_TERM_AND ? NN_OP_MULTIPLY : NN_OP_MAX, 2);
}

/* Of x < y < z: x, y, which is kept, the first result, y again, z, the second, and both. */
static gboolean
compile_comparison (Compiler *self, Segment *segment, const NnTerm *term)
{
  const guint kept = segment->n_kept;

  if (term->n_arguments > 2 && segment->n_kept++ == NN_PROGRAM_KEPT)
    return fail_too_much (self, term);
  if (!compile_term (self, segment, term->arguments[0]))
    return FALSE;
  for (guint i = 1; i < term->n_arguments; i++) {
    const NnInstruction keep = { .op = NN_OP_KEEP, .index = kept };
    const NnInstruction again = { .op = NN_OP_KEPT, .index = kept };

    if (i > 1 && !emit_value (self, segment, term, again))
      return FALSE;
    if (!compile_term (self, segment, term->arguments[i]) ||
        (i + 1 < term->n_arguments && !emit (self, segment, term, keep)) ||
        !emit_operation (self, segment, term, term->relations[i - 1], 2) ||
        (i > 1 && !emit_operation (self, segment, term, NN_OP_MULTIPLY, 2)))
      return FALSE;
  }
  segment->n_kept = kept;
  return TRUE;
}

/* mu + sd*noise, or low + (high - low)*rand. */
static gboolean
compile_random (Compiler *self, Segment *segment, const NnTerm *term)
{
  const gboolean normal = term->op == NN_OP_NORMAL;
  const NnInstruction keep = { .op = NN_OP_KEEP, .index = segment->n_kept };
  const NnInstruction again = { .op = NN_OP_KEPT, .index = segment->n_kept };
  const guint kept = segment->n_kept;

  if (segment->n_kept++ == NN_PROGRAM_KEPT)
    return fail_too_much (self, term);
  if (!compile_term (self, segment, term->arguments[0]) ||
      (!normal && !emit (self, segment, term, keep)) ||
      !compile_term (self, segment, term->arguments[1]) ||
      (!normal && (!emit_value (self, segment, term, again) ||
                   !emit_operation (self, segment, term, NN_OP_SUBTRACT, 2))))
    return FALSE;
  segment->n_kept = kept;
  return compile_array (self, segment, term, normal ? NN_OP_NOISE : NN_OP_RAND) &&
         emit_operation (self, segment, term, NN_OP_MULTIPLY, 2) &&
         emit_operation (self, segment, term, NN_OP_ADD, 2);
}

/* The larger of low and high counts, if low is above it. */
static gboolean
compile_clamp (Compiler *self, Segment *segment, const NnTerm *term)
{
  return compile_term (self, segment, term->arguments[0]) &&
         compile_term (self, segment, term->arguments[1]) &&
         emit_operation (self, segment, term, NN_OP_AT_LEAST, 2) &&
         compile_term (self, segment, term->arguments[2]) &&
         emit_operation (self, segment, term, NN_OP_AT_MOST, 2);
}

static gboolean
compile_operation (Compiler *self, Segment *segment, const NnTerm *term)
{
  if (term->op == NN_OP_CLAMP)
    return compile_clamp (self, segment, term);
  if (term->op == NN_OP_NORMAL || term->op == NN_OP_UNIFORM)
    return compile_random (self, segment, term);
  for (guint i = 0; i < term->n_arguments; i++)
    if (!compile_term (self, segment, term->arguments[i]))
      return FALSE;
  return emit_operation (self, segment, term, term->op, term->n_arguments);
}

static gboolean
compile_term (Compiler *self, Segment *segment, const NnTerm *term)
{
  switch (term->kind) {
  case NN_TERM_NUMBER:
    return emit_number (self, segment, term, term->number);
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
compile_last (Compiler *self, const NnTerm *term, NnPlan *plan)
{
  g_autoptr (GArray) code = g_array_new (FALSE, FALSE, sizeof (NnInstruction));
  Segment segment = { .code = code };

  if (!compile_term (self, &segment, term))
    return FALSE;
  g_assert (segment.n_values == 1);
  plan->first = append_code (self, &segment);
  return TRUE;
}

/* Any statement but the last. */
static gboolean
compile_statement (Compiler *self, const NnStatement *statement)
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
compile_all (Compiler *self, const NnStatement *statements, guint n, NnPlan *plan)
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
 * @plan: (out): the caller frees its arrays
 *
 * Returns: FALSE, with @fault set, if there is too much of something
 */
gboolean
nn_compile (const NnStatement *statements, guint n, NnPlan *plan, NnFault *fault)
{
  Compiler self = {
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
