/* nn-program-double.c - executes an expression's programs in float64
 *
 * SPDX-License-Identifier: MIT
 *
 * Special cases are PyTorch's, as in nn-program.c.
 */

#include "nn/expression/nn-program-double.h"

#include <math.h>
#include <string.h>

#define BLOCK 256 /* doubles: the blocks in use fit the second-level cache */

typedef struct {
  const double *values;
  NnValueKind kind;
} Value;

typedef struct {
  const NnDoubleBlock *block;
  gsize done;
  gsize n;
  Value stack[NN_PROGRAM_STACK];
  double singles[NN_PROGRAM_STACK];
  double blocks[NN_PROGRAM_STACK][BLOCK];
  Value kept[NN_PROGRAM_KEPT];
  double kept_singles[NN_PROGRAM_KEPT];
  double kept_blocks[NN_PROGRAM_KEPT][BLOCK];
} Machine;

static gsize
get_size (const Machine *self, NnValueKind kind)
{
  return kind == NN_VALUE_ARRAY ? self->n : 1;
}

/* ---- operations -------------------------------------------------------------------- */

#define EACH_OF_ONE(expression)                                                          \
  for (gsize i = 0; i < n; i++) {                                                        \
    const double x = a[i];                                                               \
                                                                                         \
    result[i] = expression;                                                              \
  }                                                                                      \
  break

static void
calculate_1 (NnOp op, const double *a, double *result, gsize n)
{
  switch (op) {
  case NN_OP_NEGATE:
    EACH_OF_ONE (-x);
  case NN_OP_ABS:
    EACH_OF_ONE (fabs (x));
  case NN_OP_SIGN:
    EACH_OF_ONE ((x > 0) - (x < 0));
  case NN_OP_SQRT:
    EACH_OF_ONE (sqrt (x));
  case NN_OP_EXP:
    EACH_OF_ONE (exp (x));
  case NN_OP_LOG:
    EACH_OF_ONE (log (x));
  case NN_OP_SIN:
    EACH_OF_ONE (sin (x));
  case NN_OP_COS:
    EACH_OF_ONE (cos (x));
  case NN_OP_TANH:
    EACH_OF_ONE (tanh (x));
  case NN_OP_SIGMOID:
    EACH_OF_ONE (1 / (1 + exp (-x)));
  case NN_OP_RELU:
    EACH_OF_ONE (x < 0 ? 0 : x);
  case NN_OP_FLOOR:
    EACH_OF_ONE (floor (x));
  case NN_OP_ROUND:
    EACH_OF_ONE (rint (x));
  default:
    g_assert_not_reached ();
  }
}

/* Exponents that PyTorch computes without pow (), if they are numbers. */
static double
raise_to (double x, double exponent, gboolean is_number)
{
  if (!is_number)
    return pow (x, exponent);
  if (fabs (exponent) == 2)
    return exponent < 0 ? 1 / (x * x) : x * x;
  if (fabs (exponent) == 0.5)
    return exponent < 0 ? 1 / sqrt (x) : sqrt (x);
  return exponent == 3 ? x * x * x : exponent == -1 ? 1 / x : pow (x, exponent);
}

/* NaN if either is; the second of two zeros. */
static double
get_least (double x, double y)
{
  return isnan (x) ? x : x < y ? x : y;
}

static double
get_most (double x, double y)
{
  return isnan (x) ? x : x > y ? x : y;
}

#define EACH_OF_TWO(expression)                                                          \
  for (gsize i = 0; i < n; i++) {                                                        \
    const double x = a.values[a.kind == NN_VALUE_ARRAY ? i : 0];                         \
    const double y = b.values[b.kind == NN_VALUE_ARRAY ? i : 0];                         \
                                                                                         \
    result[i] = expression;                                                              \
  }                                                                                      \
  break

static void
calculate_2 (NnOp op, Value a, Value b, double *result, gsize n)
{
  switch (op) {
  case NN_OP_ADD:
    EACH_OF_TWO (x + y);
  case NN_OP_SUBTRACT:
    EACH_OF_TWO (x - y);
  case NN_OP_MULTIPLY:
    EACH_OF_TWO (x * y);
  case NN_OP_DIVIDE:
    /* PyTorch computes number / tensor as number * (1 / tensor). */
    if (a.kind == NN_VALUE_NUMBER && b.kind != NN_VALUE_NUMBER) {
      EACH_OF_TWO (x * (1 / y));
    }
    EACH_OF_TWO (x / y);
  case NN_OP_POWER:
    EACH_OF_TWO (raise_to (x, y, b.kind == NN_VALUE_NUMBER));
  case NN_OP_LESS:
    EACH_OF_TWO (x < y);
  case NN_OP_LESS_EQUAL:
    EACH_OF_TWO (x <= y);
  case NN_OP_GREATER:
    EACH_OF_TWO (x > y);
  case NN_OP_GREATER_EQUAL:
    EACH_OF_TWO (x >= y);
  case NN_OP_EQUAL:
    EACH_OF_TWO (x == y);
  case NN_OP_NOT_EQUAL:
    EACH_OF_TWO (x != y);
  case NN_OP_MIN:
  case NN_OP_AT_MOST:
    EACH_OF_TWO (get_least (x, y));
  case NN_OP_MAX:
  case NN_OP_AT_LEAST:
    EACH_OF_TWO (get_most (x, y));
  default:
    g_assert_not_reached ();
  }
}

static Value
choose (const Machine *self, const Value *x, double *array, double *single)
{
  const Value chosen = *x[0].values != 0 ? x[1] : x[2];
  const NnValueKind kind = x[0].kind == NN_VALUE_NUMBER
                               ? chosen.kind
                               : MAX (x[0].kind, MAX (x[1].kind, x[2].kind));
  const gsize n = get_size (self, kind);
  double *result = kind == NN_VALUE_ARRAY ? array : single;

  for (gsize i = 0; i < n; i++) {
    const gboolean yes = x[0].values[x[0].kind == NN_VALUE_ARRAY ? i : 0] != 0;
    const Value from = yes ? x[1] : x[2];

    result[i] = from.values[from.kind == NN_VALUE_ARRAY ? i : 0];
  }
  return (Value){ result, kind };
}

/* ---- programs ---------------------------------------------------------------------- */

/**
 * nn_program_double_get_array:
 *
 * Returns: (transfer none) (nullable) (n): the array that the instruction names; NULL if
 *   it names none
 */
const double *
nn_program_double_get_array (const NnInstruction *instruction, const NnDoubleBlock *block)
{
  switch (instruction->op) {
  case NN_OP_WEIGHT:
    return block->w;
  case NN_OP_INITIAL:
    return block->initial;
  case NN_OP_GLOBAL_RANK:
    return block->global;
  case NN_OP_ARRAY:
    return block->arrays + instruction->index * block->n;
  default:
    return NULL;
  }
}

static void
fill_indices (const Machine *self, NnOp op, double *result)
{
  const NnOperands *o = self->block->shape;
  const gsize n_columns = MAX (o->n_columns, 1);

  for (gsize i = 0; i < self->n; i++) {
    const gsize k = o->n_before + self->done + i;

    if (o->edges != NULL)
      result[i] = (double) (op == NN_OP_ROW ? o->edges[self->done + i].output
                                            : o->edges[self->done + i].input);
    else if (op == NN_OP_ROW)
      result[i] = (double) (o->first_row + k / n_columns * MAX (o->row_step, 1));
    else
      result[i] = (double) (o->first_column + k % n_columns * MAX (o->column_step, 1));
  }
}

static Value
get_value (Machine *self, const NnInstruction *instruction, gsize slot)
{
  const NnDoubleBlock *block = self->block;

  switch (instruction->op) {
  case NN_OP_ROW:
  case NN_OP_COLUMN:
    fill_indices (self, instruction->op, self->blocks[slot]);
    return (Value){ self->blocks[slot], NN_VALUE_ARRAY };
  case NN_OP_SINGLE:
    return (Value){ &block->singles[instruction->index], NN_VALUE_SINGLE };
  case NN_OP_KEPT:
    return self->kept[instruction->index];
  case NN_OP_AMOUNT:
    return (Value){ &block->amount, NN_VALUE_NUMBER };
  case NN_OP_NUMBER:
    return (Value){ &instruction->exact, NN_VALUE_NUMBER };
  default:
    return (Value){ nn_program_double_get_array (instruction, block) + self->done,
                    NN_VALUE_ARRAY };
  }
}

static void
keep (Machine *self, guint32 index, Value value)
{
  double *copy = value.kind == NN_VALUE_ARRAY ? self->kept_blocks[index]
                                              : &self->kept_singles[index];

  memcpy (copy, value.values, get_size (self, value.kind) * sizeof *copy);
  self->kept[index] = (Value){ copy, value.kind };
}

static Value
operate (const Machine *self, NnOp op, const Value *x, double *array, double *single)
{
  const NnValueKind kind = op < NN_OP_ADD ? x[0].kind : MAX (x[0].kind, x[1].kind);
  const gsize n = get_size (self, kind);
  double *result = kind == NN_VALUE_ARRAY ? array : single;

  if (op == NN_OP_CHOOSE)
    return choose (self, x, array, single);
  if (op < NN_OP_ADD)
    calculate_1 (op, x->values, result, n);
  else if (nn_op_keeps_first_zero (op, x[1].kind))
    calculate_2 (op, x[1], x[0], result, n);
  else
    calculate_2 (op, x[0], x[1], result, n);
  return (Value){ result, kind };
}

static Value
run_block (Machine *self, NnProgram program)
{
  gsize size = 0;

  for (gsize i = 0; i < program.n; i++) {
    const NnInstruction *instruction = &program.instructions[i];
    const gsize n_arguments = nn_op_count_arguments (instruction->op);
    const gsize slot = size - n_arguments;

    if (n_arguments == 0)
      self->stack[slot] = get_value (self, instruction, slot);
    else if (instruction->op == NN_OP_KEEP)
      keep (self, instruction->index, self->stack[slot]);
    else
      self->stack[slot] = operate (self, instruction->op, &self->stack[slot],
                                   self->blocks[slot], &self->singles[slot]);
    size = slot + 1;
  }
  return self->stack[0];
}

/**
 * nn_program_double_run_single:
 * @program: without arrays
 *
 * Returns: its value
 */
double
nn_program_double_run_single (NnProgram program, const NnDoubleBlock *block)
{
  Machine machine;

  machine.block = block;
  machine.done = 0;
  machine.n = 1;
  return *run_block (&machine, program).values;
}

/**
 * nn_program_double_run:
 * @program: leaves one value on the stack, and uses at most NN_PROGRAM_STACK
 * @result: (out) (n): the new values; may be the block's w
 */
void
nn_program_double_run (NnProgram program, const NnDoubleBlock *block, double *result)
{
  Machine machine;

  machine.block = block;
  for (gsize done = 0; done < block->n; done += BLOCK) {
    Value value;

    machine.done = done;
    machine.n = MIN (block->n - done, BLOCK);
    value = run_block (&machine, program);
    for (gsize i = 0; i < machine.n; i++)
      result[done + i] = value.values[value.kind == NN_VALUE_ARRAY ? i : 0];
  }
}
