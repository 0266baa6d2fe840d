/* nn-program-double.h - an expression's programs over float64
 *
 * SPDX-License-Identifier: MIT
 *
 * As nn-program.h, for the arrays of files that are float64: constants and the amount are
 * not rounded to float32. A network's parameters are float32 and never come here. Private
 * to this folder, and tested through nn-stream.h.
 */

#pragma once

#include "nn/nudge/nn-program.h"

G_BEGIN_DECLS

/* A block of a target. Borrows everything for one run. */
typedef struct {
  gsize n;                 /* elements in it */
  const double *w;         /* (n) */
  const double *initial;   /* (n) (nullable) `w0` */
  const double *global;    /* (n) (nullable) `global_rank` */
  const double *arrays;    /* [n_arrays][n] what the plan's steps have made */
  const double *singles;   /* [NN_PROGRAM_SINGLES] */
  const NnOperands *shape; /* what `i` and `j` are */
  double amount;
} NnDoubleBlock;

const double *nn_program_double_get_array (const NnInstruction *instruction,
                                           const NnDoubleBlock *block);
double nn_program_double_run_single (NnProgram program, const NnDoubleBlock *block);
void
nn_program_double_run (NnProgram program, const NnDoubleBlock *block, double *result);

G_END_DECLS
