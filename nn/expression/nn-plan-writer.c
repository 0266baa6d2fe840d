/* nn-plan-writer.c - emits the instructions and steps of a plan, for nn-compile.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-plan-writer.h"

#include <glib/gi18n.h>

#define MAX_INSTRUCTIONS 8192 /* of all programs; a text of 4096 bytes has fewer */

gboolean
nn_plan_writer_fail_too_deep (NnPlanWriter *self, const NnTerm *term)
{
  return nn_fault_set (self->fault, NN_ERROR_SYNTAX, term->at,
                       _ ("nested more than %d levels deep: simplify the expression"),
                       NN_PROGRAM_STACK);
}

/* ---- programs ---------------------------------------------------------------------- */

gboolean
nn_plan_writer_emit (NnPlanWriter *self,
                     NnSegment *segment,
                     const NnTerm *term,
                     NnInstruction instruction)
{
  if (segment->code->len + self->instructions->len >= MAX_INSTRUCTIONS)
    return nn_fault_set (self->fault, NN_ERROR_SYNTAX, term->at,
                         _ ("more than %d operations: simplify the expression"),
                         MAX_INSTRUCTIONS);
  g_array_append_val (segment->code, instruction);
  return TRUE;
}

gboolean
nn_plan_writer_emit_value (NnPlanWriter *self,
                           NnSegment *segment,
                           const NnTerm *term,
                           NnInstruction instruction)
{
  if (segment->n_values == NN_PROGRAM_STACK)
    return nn_plan_writer_fail_too_deep (self, term);
  segment->n_values++;
  return nn_plan_writer_emit (self, segment, term, instruction);
}

/* Emits an operation that replaces @n_arguments values on the stack by one. */
gboolean
nn_plan_writer_emit_operation (NnPlanWriter *self,
                               NnSegment *segment,
                               const NnTerm *term,
                               NnOp op,
                               guint n_arguments)
{
  segment->n_values -= n_arguments - 1;
  return nn_plan_writer_emit (self, segment, term, (NnInstruction){ .op = op });
}

gboolean
nn_plan_writer_emit_number (NnPlanWriter *self,
                            NnSegment *segment,
                            const NnTerm *term,
                            double number)
{
  const NnInstruction instruction = { .op = NN_OP_NUMBER,
                                      .number = (float) number,
                                      .exact = number };

  return nn_plan_writer_emit_value (self, segment, term, instruction);
}

/* ---- steps ------------------------------------------------------------------------- */

guint32
nn_plan_writer_take_array (NnPlanWriter *self)
{
  guint32 index;

  if (self->free_arrays->len == 0)
    return self->n_arrays++;
  index = g_array_index (self->free_arrays, guint32, self->free_arrays->len - 1);
  g_array_set_size (self->free_arrays, self->free_arrays->len - 1);
  return index;
}

/* Appends the program to the plan's instructions.
 *
 * Returns: the index of its first instruction */
gsize
nn_plan_writer_append (NnPlanWriter *self, const NnSegment *segment)
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

/* Returns: (transfer none) (nullable): a step that computed the same from the present w.
 *   Earlier steps do not count: w may now be in the array that they read */
static const NnPlanStep *
find_step (const NnPlanWriter *self, const NnPlanStep *like)
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

gboolean
nn_plan_writer_emit_step (NnPlanWriter *self,
                          NnSegment *segment,
                          const NnTerm *term,
                          NnPlanStep *step)
{
  const gboolean single = step->make == NN_MAKE_STATISTIC && step->dim == NN_DIM_NONE;
  const NnPlanStep *same = find_step (self, step);

  if (same != NULL) {
    step->index = same->index;
  } else {
    if (single && self->n_singles == NN_PROGRAM_SINGLES)
      return nn_fault_set (self->fault, NN_ERROR_SYNTAX, term->at,
                           _ ("more than %d statistics: simplify the expression"),
                           NN_PROGRAM_SINGLES);
    step->index = single ? self->n_singles++ : nn_plan_writer_take_array (self);
    g_array_append_vals (self->steps, step, 1);
  }
  return nn_plan_writer_emit_value (
      self, segment, term,
      (NnInstruction){ .op = single ? NN_OP_SINGLE : NN_OP_ARRAY, .index = step->index });
}
