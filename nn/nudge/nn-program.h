/* nn-program.h - what an expression is compiled to
 *
 * SPDX-License-Identifier: MIT
 *
 * A postfix program for a stack machine. Private to this folder, and tested
 * through nn-expression.h.
 */

#pragma once

#include "nn/nudge/nn-operands.h"

G_BEGIN_DECLS

#define NN_PROGRAM_STACK 64 /* values that a program may hold at once */

typedef enum {
  /* Arrays that are there. */
  NN_OP_WEIGHT,
  NN_OP_INITIAL,
  NN_OP_GRAD,
  NN_OP_BEFORE,
  NN_OP_ROW,
  NN_OP_COLUMN,

  /* Arrays that are made of the whole target first: see nn-derived.h. */
  NN_OP_RANK,
  NN_OP_ORTHOGONAL,
  NN_OP_SHUFFLED, /* this and the next three: drawn for each mention */
  NN_OP_FRESH,
  NN_OP_NOISE,
  NN_OP_RAND,

  /* Tensors without a dimension: likewise. */
  NN_OP_MEAN,
  NN_OP_STD,
  NN_OP_NORM,
  NN_OP_LEAST,
  NN_OP_MOST,

  /* Numbers. */
  NN_OP_NUMBER,
  NN_OP_AMOUNT,
  NN_OP_STEP,

  /* Of one value. */
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
  NN_OP_AT_LEAST, /* clamp by the second one */
  NN_OP_AT_MOST,

  /* Of three. */
  NN_OP_CHOOSE,
} NnOp;

typedef struct {
  NnOp op;
  float number; /* of NN_OP_NUMBER */
} NnInstruction;

/* What is made of the whole target before the program runs. */
typedef struct {
  const float *rank;       /* (n) (nullable) */
  const float *orthogonal; /* (n) (nullable) */
  const float *draws;      /* [draws in the program][n] */
  float mean;
  float std;
  float norm;
  float least;
  float most;
} NnDerived;

static inline gboolean
nn_op_is_drawn (NnOp op)
{
  return op >= NN_OP_SHUFFLED && op <= NN_OP_RAND;
}

static inline gboolean
nn_op_is_statistic (NnOp op)
{
  return op >= NN_OP_MEAN && op <= NN_OP_MOST;
}

void nn_program_run (const NnInstruction *program,
                     gsize n_instructions,
                     const NnOperands *operands,
                     const NnDerived *derived,
                     float *result);

G_END_DECLS
