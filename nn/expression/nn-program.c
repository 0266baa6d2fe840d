/* nn-program.c - the interpreter of an expression's programs, in float32
 *
 * SPDX-License-Identifier: MIT
 *
 * A program runs over one block of weights after the other. Values that are the same for
 * every weight are computed once per block, not per weight.
 */

#include "nn/expression/nn-program.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"

#define BLOCK 256 /* floats, 1 KiB: many blocks fit the first-level cache */

typedef struct {
  const float *values; /* a block, or a single value */
  NnValueKind kind;
} Value;

typedef struct {
  const NnKernels *kernels;
  const NnOperands *operands;
  const NnDerived *derived;
  gsize done; /* elements before the present block */
  gsize n;    /* elements in the block */
  Value stack[NN_PROGRAM_STACK];
  /* Where the computed values of stack[i] are. */
  float singles[NN_PROGRAM_STACK];
  float blocks[NN_PROGRAM_STACK][BLOCK];
  Value kept[NN_PROGRAM_KEPT];
  float kept_singles[NN_PROGRAM_KEPT];
  float kept_blocks[NN_PROGRAM_KEPT][BLOCK];
} Machine;

static const NnElementwise elementwise[] = {
  [NN_OP_NEGATE] = NN_ELEMENTWISE_NEGATE,
  [NN_OP_ABS] = NN_ELEMENTWISE_ABS,
  [NN_OP_SIGN] = NN_ELEMENTWISE_SIGN,
  [NN_OP_SQRT] = NN_ELEMENTWISE_SQRT,
  [NN_OP_EXP] = NN_ELEMENTWISE_EXP,
  [NN_OP_LOG] = NN_ELEMENTWISE_LOG,
  [NN_OP_SIN] = NN_ELEMENTWISE_SIN,
  [NN_OP_COS] = NN_ELEMENTWISE_COS,
  [NN_OP_TANH] = NN_ELEMENTWISE_TANH,
  [NN_OP_SIGMOID] = NN_ELEMENTWISE_SIGMOID,
  [NN_OP_RELU] = NN_ELEMENTWISE_RELU,
  [NN_OP_FLOOR] = NN_ELEMENTWISE_FLOOR,
  [NN_OP_ROUND] = NN_ELEMENTWISE_ROUND,
  [NN_OP_ADD] = NN_ELEMENTWISE_ADD,
  [NN_OP_SUBTRACT] = NN_ELEMENTWISE_SUBTRACT,
  [NN_OP_MULTIPLY] = NN_ELEMENTWISE_MULTIPLY,
  [NN_OP_DIVIDE] = NN_ELEMENTWISE_DIVIDE,
  [NN_OP_LESS] = NN_ELEMENTWISE_LESS,
  [NN_OP_LESS_EQUAL] = NN_ELEMENTWISE_LESS_EQUAL,
  [NN_OP_GREATER] = NN_ELEMENTWISE_GREATER,
  [NN_OP_GREATER_EQUAL] = NN_ELEMENTWISE_GREATER_EQUAL,
  [NN_OP_EQUAL] = NN_ELEMENTWISE_EQUAL,
  [NN_OP_NOT_EQUAL] = NN_ELEMENTWISE_NOT_EQUAL,
  [NN_OP_MIN] = NN_ELEMENTWISE_MIN,
  [NN_OP_MAX] = NN_ELEMENTWISE_MAX,
  [NN_OP_AT_LEAST] = NN_ELEMENTWISE_MAX,
  [NN_OP_AT_MOST] = NN_ELEMENTWISE_MIN,
};

static gsize
get_size (const Machine *self, NnValueKind kind)
{
  return kind == NN_VALUE_ARRAY ? self->n : 1;
}

static NnSource
get_source (Value value)
{
  return (NnSource){ value.values, value.kind == NN_VALUE_ARRAY ? 1 : 0 };
}

/**
 * nn_program_get_array:
 *
 * Returns: (transfer none) (nullable) (n): the array that the instruction names; NULL if
 *   it names none, or the caller's operands lack it
 */
const float *
nn_program_get_array (const NnInstruction *instruction,
                      const NnOperands *operands,
                      const NnDerived *derived)
{
  switch (instruction->op) {
  case NN_OP_WEIGHT:
    return operands->w;
  case NN_OP_INITIAL:
    return operands->initial;
  case NN_OP_SLOW:
    return operands->slow;
  case NN_OP_GRAD:
    return operands->grad;
  case NN_OP_BEFORE:
    return operands->before;
  case NN_OP_GLOBAL_RANK:
    return operands->global_rank;
  case NN_OP_ARRAY:
    return derived->arrays + instruction->index * operands->n;
  default:
    return NULL;
  }
}

/* Computes `i` or `j` of the block. */
static void
fill_indices (const Machine *self, NnOp op, float *result)
{
  const NnOperands *o = self->operands;
  const gsize n_columns = MAX (o->n_columns, 1);
  const gsize row_step = MAX (o->row_step, 1);
  const gsize column_step = MAX (o->column_step, 1);
  const gsize first = o->n_before + self->done;
  gsize row = o->first_row + first / n_columns * row_step;
  gsize column = first % n_columns;

  if (o->edges != NULL) {
    const NnEdge *edges = o->edges + self->done;

    for (gsize i = 0; i < self->n; i++)
      result[i] = (float) (op == NN_OP_ROW ? edges[i].output : edges[i].input);
    return;
  }
  for (gsize i = 0; i < self->n; i++) {
    result[i] = (float) (op == NN_OP_ROW ? row : o->first_column + column * column_step);
    if (++column == n_columns) {
      column = 0;
      row += row_step;
    }
  }
}

static void
copy_value (const Machine *self, Value *value, float *array, float *single)
{
  const gboolean is_array = value->kind == NN_VALUE_ARRAY;
  float *copy = is_array ? array : single;

  memcpy (copy, value->values, get_size (self, value->kind) * sizeof *copy);
  value->values = copy;
}

/* NN_OP_KEEP. */
static void
keep (Machine *self, guint32 index, Value value)
{
  self->kept[index] = value;
  copy_value (self, &self->kept[index], self->kept_blocks[index],
              &self->kept_singles[index]);
}

/* Returns: an operand or a literal, to be pushed to @slot of the stack */
static Value
get_value (Machine *self, const NnInstruction *instruction, gsize slot)
{
  const NnOperands *operands = self->operands;
  float *single = &self->singles[slot];

  switch (instruction->op) {
  case NN_OP_ROW:
  case NN_OP_COLUMN:
    fill_indices (self, instruction->op, self->blocks[slot]);
    return (Value){ self->blocks[slot], NN_VALUE_ARRAY };
  case NN_OP_SINGLE:
    return (Value){ &self->derived->singles[instruction->index], NN_VALUE_SINGLE };
  case NN_OP_KEPT:
    return self->kept[instruction->index];
  case NN_OP_AMOUNT:
    return (Value){ &operands->amount, NN_VALUE_NUMBER };
  case NN_OP_RATE:
    return (Value){ &operands->rate, NN_VALUE_NUMBER };
  case NN_OP_STEP:
    *single = (float) operands->step;
    return (Value){ single, NN_VALUE_NUMBER };
  case NN_OP_NUMBER:
    return (Value){ &instruction->number, NN_VALUE_NUMBER };
  default:
    return (Value){ nn_program_get_array (instruction, operands, self->derived) +
                        self->done,
                    NN_VALUE_ARRAY };
  }
}

/* Exponents that PyTorch computes without pow (), if they are numbers.
 *
 * Returns: FALSE for any other exponent */
static gboolean
raise_simply (const Machine *self, Value x, float exponent, float *result, gsize n)
{
  void (*const calculate) (NnElementwise, const float *, float *, gsize) =
      self->kernels->elementwise_1;

  if (fabsf (exponent) == 2.0f)
    calculate (NN_ELEMENTWISE_SQUARE, x.values, result, n);
  else if (exponent == 3.0f)
    calculate (NN_ELEMENTWISE_CUBE, x.values, result, n);
  else if (fabsf (exponent) == 0.5f)
    calculate (NN_ELEMENTWISE_SQRT, x.values, result, n);
  else if (exponent == -1.0f)
    calculate (NN_ELEMENTWISE_INVERT, x.values, result, n);
  else
    return FALSE;
  if (exponent == -2.0f || exponent == -0.5f)
    calculate (NN_ELEMENTWISE_INVERT, result, result, n);
  return TRUE;
}

static void
raise_to_power (const Machine *self, Value x, Value y, float *result, gsize n)
{
  const NnSource base = get_source (x);
  const NnSource exponent = get_source (y);

  /* The base may be a single value or an array. */
  if (y.kind == NN_VALUE_NUMBER && raise_simply (self, x, *y.values, result, n))
    return;
  for (gsize i = 0; i < n; i++)
    result[i] = powf (base.values[i * base.step], exponent.values[i * exponent.step]);
}

static void
spread (float value, float *result, gsize n)
{
  for (gsize i = 0; i < n; i++)
    result[i] = value;
}

/* torch.where, whose result has the size of the largest of its three arguments; if
 * the condition is a number, Python's conditional, in which the other branch has
 * no effect. */
static Value
choose (const Machine *self,
        Value condition,
        Value yes,
        Value no,
        float *array,
        float *single)
{
  const Value chosen = *condition.values != 0 ? yes : no;
  const NnValueKind kind = condition.kind == NN_VALUE_NUMBER
                               ? chosen.kind
                               : MAX (condition.kind, MAX (yes.kind, no.kind));
  const gsize n = get_size (self, kind);
  float *result = kind == NN_VALUE_ARRAY ? array : single;

  if (condition.kind == NN_VALUE_ARRAY)
    self->kernels->choose (condition.values, get_source (yes), get_source (no), result,
                           n);
  else if (chosen.kind == NN_VALUE_ARRAY)
    memmove (result, chosen.values, n * sizeof *result);
  else
    spread (*chosen.values, result, n);
  return (Value){ result, kind };
}

/* PyTorch computes number / tensor as number * (1 / tensor); others are one division. */
static NnElementwise
get_division (Value x, Value y)
{
  return x.kind == NN_VALUE_NUMBER && y.kind != NN_VALUE_NUMBER
             ? NN_ELEMENTWISE_NUMBER_OVER
             : NN_ELEMENTWISE_DIVIDE;
}

static void
combine (const Machine *self, NnOp op, Value x, Value y, float *result, gsize n)
{
  const NnSource first = get_source (x);
  const NnSource second = get_source (y);

  if (op == NN_OP_POWER)
    raise_to_power (self, x, y, result, n);
  else if (op == NN_OP_DIVIDE)
    self->kernels->elementwise_2 (get_division (x, y), first, second, result, n);
  else if (nn_op_keeps_first_zero (op, y.kind))
    self->kernels->elementwise_2 (elementwise[op], second, first, result, n);
  else
    self->kernels->elementwise_2 (elementwise[op], first, second, result, n);
}

/* @x: the arguments
 * @array: (n of the block): receives a result that is an array
 * @single: receives any other result */
static Value
operate (const Machine *self, NnOp op, const Value *x, float *array, float *single)
{
  const NnValueKind kind = op < NN_OP_ADD ? x[0].kind : MAX (x[0].kind, x[1].kind);
  const gsize n = get_size (self, kind);
  float *result = kind == NN_VALUE_ARRAY ? array : single;

  if (op == NN_OP_CHOOSE)
    return choose (self, x[0], x[1], x[2], array, single);
  if (op < NN_OP_ADD)
    self->kernels->elementwise_1 (elementwise[op], x->values, result, n);
  else
    combine (self, op, x[0], x[1], result, n);
  return (Value){ result, kind };
}

/* @result: receives the last instruction's result if it is an array */
static Value
run_block (Machine *self, NnProgram program, float *result)
{
  gsize size = 0; /* of the stack */

  for (gsize i = 0; i < program.n; i++) {
    const NnInstruction *instruction = &program.instructions[i];
    const gsize n_arguments = nn_op_count_arguments (instruction->op);
    const gsize slot = size - n_arguments;

    if (n_arguments == 0)
      self->stack[slot] = get_value (self, instruction, slot);
    else if (instruction->op == NN_OP_KEEP)
      keep (self, instruction->index, self->stack[slot]);
    else
      self->stack[slot] =
          operate (self, instruction->op, &self->stack[slot],
                   i + 1 < program.n ? self->blocks[slot] : result, &self->singles[slot]);
    size = slot + 1;
  }
  return self->stack[0];
}

/**
 * nn_program_run_single:
 * @program: without arrays
 *
 * Returns: its value
 */
float
nn_program_run_single (NnProgram program,
                       const NnOperands *operands,
                       const NnDerived *derived)
{
  Machine machine;

  machine.kernels = nn_kernels_get ();
  machine.operands = operands;
  machine.derived = derived;
  machine.done = 0;
  machine.n = 1;
  return *run_block (&machine, program, machine.blocks[0]).values;
}

/**
 * nn_program_run:
 * @program: leaves one value on the stack, and uses at most NN_PROGRAM_STACK
 * @derived: the results of steps that the program reads
 * @result: (out) (n): the new values; may be the operands' w
 *
 * Sums, products, quotients and comparisons have PyTorch's bits, including its special
 * cases: number / tensor, and the exponents 2, 3, 0.5, -0.5, -1 and -2, if they are
 * numbers. Other powers are powf's, within two units in the last place of PyTorch's.
 */
void
nn_program_run (NnProgram program,
                const NnOperands *operands,
                const NnDerived *derived,
                float *result)
{
  Machine machine;

  machine.kernels = nn_kernels_get ();
  machine.operands = operands;
  machine.derived = derived;
  for (gsize done = 0; done < operands->n; done += BLOCK) {
    Value value;

    machine.done = done;
    machine.n = MIN (operands->n - done, BLOCK);
    value = run_block (&machine, program, result + done);
    if (value.kind != NN_VALUE_ARRAY)
      spread (*value.values, result + done, machine.n);
    else if (value.values != result + done)
      memcpy (result + done, value.values, machine.n * sizeof *result);
  }
}
