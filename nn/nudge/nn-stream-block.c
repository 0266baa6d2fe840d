/* nn-stream-block.c - executes a plan on one block of a target
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/expression/nn-program-double.h"
#include "nn/nudge/nn-stream-private.h"

static gboolean
read_array (NnStreamRun *self,
            NnStreamArray array,
            gpointer values,
            guint64 first,
            gsize n,
            GError **error)
{
  const NnStream *stream = self->stream;

  return values == NULL || stream->read (stream->data, array, first, n, values, error);
}

/**
 * nn_stream_block_read:
 *
 * Makes the @n elements from @first on the present block.
 */
gboolean
nn_stream_block_read (NnStreamRun *self, guint64 first, gsize n, GError **error)
{
  if (!read_array (self, NN_STREAM_WEIGHT, self->w, first, n, error) ||
      !read_array (self, NN_STREAM_INITIAL, self->initial, first, n, error) ||
      !read_array (self, NN_STREAM_GLOBAL_RANK, self->global, first, n, error))
    return FALSE;
  self->operands.n = n;
  self->operands.n_before = (gsize) first;
  self->operands.edges =
      self->stream->shape.edges != NULL ? self->stream->shape.edges + first : NULL;
  return TRUE;
}

/**
 * nn_stream_block_rewind:
 *
 * Prepares another pass from the first block on.
 */
void
nn_stream_block_rewind (NnStreamRun *self)
{
  for (gsize i = 0; i < self->plan->n_steps; i++)
    if (self->steps[i].draw != NULL)
      nn_draw_rewind (self->steps[i].draw);
}

static NnDoubleBlock
get_double_block (const NnStreamRun *self)
{
  return (NnDoubleBlock){ .n = self->operands.n,
                          .w = self->w,
                          .initial = self->initial,
                          .global = self->global,
                          .arrays = self->arrays,
                          .singles = self->singles,
                          .shape = &self->operands,
                          .amount = self->nudge->exact_amount };
}

static void
run_program (NnStreamRun *self, NnProgram program, gpointer result)
{
  if (self->stream->is_double) {
    const NnDoubleBlock block = get_double_block (self);

    nn_program_double_run (program, &block, result);
  } else {
    nn_program_run (program, &self->operands, &self->derived, result);
  }
}

/* Returns: (transfer none): an array of the block that an instruction names */
static gconstpointer
get_array (NnStreamRun *self, const NnInstruction *instruction)
{
  const NnDoubleBlock block = get_double_block (self);

  if (self->stream->is_double)
    return nn_program_double_get_array (instruction, &block);
  return nn_program_get_array (instruction, &self->operands, &self->derived);
}

static NnProgram
get_program (const NnStreamRun *self, const NnPlanStep *step)
{
  return (NnProgram){ self->plan->instructions + step->first, step->n_instructions };
}

/**
 * nn_stream_get_fraction:
 * @step: a quantile
 *
 * Returns: its q
 */
double
nn_stream_get_fraction (NnStreamRun *self, const NnPlanStep *step)
{
  const NnDoubleBlock block = get_double_block (self);

  if (self->stream->is_double)
    return nn_program_double_run_single (get_program (self, step), &block);
  return (double) nn_program_run_single (get_program (self, step), &self->operands,
                                         &self->derived);
}

static void
accumulate (NnStreamRun *self, NnStreamStep *step, gconstpointer values, gsize n)
{
  const float *floats = values;

  if (self->stream->is_double) {
    nn_accumulator_add (&step->accumulator, values, n);
    return;
  }
  for (gsize i = 0; i < n; i++)
    self->widened[i] = (double) floats[i];
  nn_accumulator_add (&step->accumulator, self->widened, n);
}

/* Adds the block to a step that this pass collects values for. */
static void
collect (NnStreamRun *self, NnStreamStep *step, guint64 first, gsize n)
{
  gconstpointer source = get_array (self, &step->step->source);

  if (nn_stream_is_whole (step->step))
    memcpy ((guint8 *) step->whole + first * self->size, source, n * self->size);
  else
    accumulate (self, step, source, n);
}

/* Computes the block's part of a step's array. */
static void
make_array (NnStreamRun *self, NnStreamStep *step, guint64 first, gsize n)
{
  gpointer array = (guint8 *) self->arrays + step->step->index * n * self->size;

  if (step->step->make == NN_MAKE_VALUES)
    run_program (self, get_program (self, step->step), array);
  else if (step->draw != NULL && self->stream->is_double)
    nn_draw_doubles (step->draw, array, n);
  else if (step->draw != NULL)
    nn_draw_floats (step->draw, array, n);
  else
    memcpy (array, (const guint8 *) step->whole + first * self->size, n * self->size);
}

/**
 * nn_stream_block_make:
 *
 * Executes the steps that are known, and collects the values of those that are wanted.
 */
void
nn_stream_block_make (NnStreamRun *self, guint64 first, gsize n)
{
  for (gsize i = 0; i < self->plan->n_steps; i++) {
    NnStreamStep *step = &self->steps[i];

    if (step->wanted)
      collect (self, step, first, n);
    else if (step->known && !nn_stream_is_single (step->step))
      make_array (self, step, first, n);
  }
}

/**
 * nn_stream_block_finish:
 *
 * Runs the last program, once all steps are known: the new values are in self->result.
 */
void
nn_stream_block_finish (NnStreamRun *self, gsize n)
{
  const NnPlan *plan = self->plan;

  run_program (
      self,
      (NnProgram){ plan->instructions + plan->first, plan->n_instructions - plan->first },
      self->result);
}
