/* nn-program.h - what an expression is compiled to
 *
 * SPDX-License-Identifier: MIT
 *
 * A postfix program for a stack machine. Private to this folder, and tested
 * through nn-expression.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_PROGRAM_STACK 64 /* values that a program may hold at once */

typedef enum {
  NN_OP_WEIGHT,
  NN_OP_AMOUNT,
  NN_OP_NUMBER,
  NN_OP_NOISE, /* this and the next: drawn for each element */
  NN_OP_RAND,
  NN_OP_NEGATE,
  NN_OP_ADD,
  NN_OP_SUBTRACT,
  NN_OP_MULTIPLY,
  NN_OP_DIVIDE,
  NN_OP_POWER,
} NnOp;

typedef struct {
  NnOp op;
  float number; /* of NN_OP_NUMBER */
} NnInstruction;

void nn_program_run (const NnInstruction *program,
                     gsize n_instructions,
                     const float *w,
                     float amount,
                     const float *draws,
                     float *result,
                     gsize n);

G_END_DECLS
