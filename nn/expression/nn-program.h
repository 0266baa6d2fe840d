/* nn-program.h - the programs that an expression is compiled to, and their interpreter
 *
 * SPDX-License-Identifier: MIT
 *
 * A program is postfix code for a stack machine that runs elementwise over the target,
 * block by block. A plan consists of steps, which compute what depends on the whole
 * target (a statistic, a rank, random numbers), and a last program, which gives the new
 * values. Private to nn/expression and nn/nudge, and tested through nn-expression.h.
 */

#pragma once

#include "nn/expression/nn-operands.h"

G_BEGIN_DECLS

#define NN_PROGRAM_STACK   64 /* values on the stack at once */
#define NN_PROGRAM_KEPT    8  /* values kept outside the stack: NN_OP_KEEP */
#define NN_PROGRAM_SINGLES 64 /* statistics of a plan */

typedef enum {
  /* Arrays in the operands. */
  NN_OP_WEIGHT,
  NN_OP_INITIAL,
  NN_OP_SLOW,
  NN_OP_GRAD,
  NN_OP_BEFORE,
  NN_OP_ROW,
  NN_OP_COLUMN,

  /* Arrays that a step computes from the whole target: see nn-derived.h. */
  NN_OP_RANK,
  NN_OP_ORTHOGONAL,
  NN_OP_GLOBAL_RANK, /* in the operands, as it is of all targets */
  NN_OP_SHUFFLED,    /* from here to RAND: drawn anew for each mention */
  NN_OP_FRESH,
  NN_OP_NOISE,
  NN_OP_RAND,

  /* Statistics, likewise: tensors without a dimension, or of one row or column. */
  NN_OP_MEAN,
  NN_OP_STD,
  NN_OP_NORM,
  NN_OP_LEAST,
  NN_OP_MOST,
  NN_OP_SUM,
  NN_OP_PRODUCT,
  NN_OP_MEDIAN,
  NN_OP_QUANTILE,
  NN_OP_ANY,
  NN_OP_ALL,
  NN_OP_COUNT,

  /* Results of steps, and of NN_OP_KEEP, by index. */
  NN_OP_ARRAY,
  NN_OP_SINGLE,
  NN_OP_KEPT,

  /* Numbers. */
  NN_OP_NUMBER,
  NN_OP_AMOUNT,
  NN_OP_STEP,
  NN_OP_RATE,

  /* Of one value. */
  NN_OP_KEEP, /* copies the top of the stack, which stays, for NN_OP_KEPT */
  NN_OP_NEGATE,
  NN_OP_ABS,
  NN_OP_SIGN,
  NN_OP_SQRT,
  NN_OP_EXP,
  NN_OP_LOG,
  NN_OP_SIN,
  NN_OP_COS,
  NN_OP_TANH,
  NN_OP_SIGMOID,
  NN_OP_RELU,
  NN_OP_FLOOR,
  NN_OP_ROUND,

  /* Of two. */
  NN_OP_ADD,
  NN_OP_SUBTRACT,
  NN_OP_MULTIPLY,
  NN_OP_DIVIDE,
  NN_OP_POWER,
  NN_OP_LESS,
  NN_OP_LESS_EQUAL,
  NN_OP_GREATER,
  NN_OP_GREATER_EQUAL,
  NN_OP_EQUAL,
  NN_OP_NOT_EQUAL,
  NN_OP_MIN,
  NN_OP_MAX,
  NN_OP_AT_LEAST, /* clamp to a lower bound, the second one */
  NN_OP_AT_MOST,

  /* Of three. */
  NN_OP_CHOOSE,

  /* Functions that compile to several operations: only in trees. */
  NN_OP_CLAMP,
  NN_OP_NORMAL,
  NN_OP_UNIFORM,
} NnOp;

/* PyTorch computes differently with Python's numbers, with tensors without a dimension
 * (such as a mean), and with other tensors, so a value has a kind. The result of an
 * operation has the greatest kind of its arguments. */
typedef enum {
  NN_VALUE_NUMBER,
  NN_VALUE_SINGLE, /* a tensor without a dimension */
  NN_VALUE_ARRAY,
} NnValueKind;

typedef struct {
  NnOp op;
  union {
    float number;  /* of NN_OP_NUMBER */
    guint32 index; /* of NN_OP_ARRAY, _SINGLE, _KEEP and _KEPT */
  };
  double exact; /* the number before rounding to float32 */
} NnInstruction;

typedef struct {
  const NnInstruction *instructions;
  gsize n;
} NnProgram;

typedef enum {
  NN_MAKE_VALUES,    /* runs a program */
  NN_MAKE_ARRAY,     /* draws, ranks or orthogonalises, by its op */
  NN_MAKE_STATISTIC, /* by its op */
} NnMake;

/* One step of a plan. */
typedef struct {
  NnMake make;
  NnOp op;
  NnInstruction source; /* of an array or a statistic: its argument */
  gsize first;          /* the program: of values, or the q of a quantile */
  gsize n_instructions; /* its length */
  int dim;              /* of a statistic: the dimension, or NN_DIM_NONE for all */
  gboolean biased;
  guint32 index; /* of the result: an array, or a single value if dim is NN_DIM_NONE */
} NnPlanStep;

typedef struct {
  NnInstruction *instructions; /* (owned) of all programs, the last program at the end */
  gsize n_instructions;
  NnPlanStep *steps; /* (owned) */
  gsize n_steps;
  gsize first;    /* the start of the last program */
  gsize n_arrays; /* arrays as long as the target for results of steps */
  gsize n_work;   /* arrays as long as the target for scratch */
  gboolean sets_w;
  gboolean sets_slow;
  gboolean slow_is_last; /* the last program's value is m's, not w's */
  NnInstruction other;   /* if both are set: where the value of the other one is */
} NnPlan;

/* The results of the steps. */
typedef struct {
  const float *arrays; /* [n_arrays][n] */
  float singles[NN_PROGRAM_SINGLES];
} NnDerived;

#define NN_DIM_NONE G_MAXINT /* over the whole target */

static inline gboolean
nn_op_is_drawn (NnOp op)
{
  return op >= NN_OP_SHUFFLED && op <= NN_OP_RAND;
}

static inline gboolean
nn_op_is_statistic (NnOp op)
{
  return op >= NN_OP_MEAN && op <= NN_OP_COUNT;
}

/* How many values it takes from the stack. */
static inline gsize
nn_op_count_arguments (NnOp op)
{
  return op < NN_OP_KEEP ? 0 : op < NN_OP_ADD ? 1 : op < NN_OP_CHOOSE ? 2 : 3;
}

/* Clamping to a bound that is not an array keeps the sign of a zero in PyTorch. */
static inline gboolean
nn_op_keeps_first_zero (NnOp op, NnValueKind bound)
{
  return (op == NN_OP_AT_LEAST || op == NN_OP_AT_MOST) && bound != NN_VALUE_ARRAY;
}

const float *nn_program_get_array (const NnInstruction *instruction,
                                   const NnOperands *operands,
                                   const NnDerived *derived);
float nn_program_run_single (NnProgram program,
                             const NnOperands *operands,
                             const NnDerived *derived);
void nn_program_run (NnProgram program,
                     const NnOperands *operands,
                     const NnDerived *derived,
                     float *result);

G_END_DECLS
