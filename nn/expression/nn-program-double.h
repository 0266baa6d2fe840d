/* nn-program-double.h - executes an expression's programs in float64
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-program.h for float64 arrays of files: constants and the amount are not rounded to
 * float32. Networks, which are float32, do not use it. Private to nn/expression and
 * nn/nudge, and tested through nn-stream.h.
 */

#pragma once

#include "nn/expression/nn-program.h"

G_BEGIN_DECLS

/* A block of a target. Borrows everything for one run. */
typedef struct {
  gsize n;                 /* elements in the block */
  const double *w;         /* (n) */
  const double *initial;   /* (nullable) (n) `w0` */
  const double *global;    /* (nullable) (n) `global_rank` */
  const double *arrays;    /* [n_arrays][n] results of the plan's steps */
  const double *singles;   /* [NN_PROGRAM_SINGLES] likewise */
  const NnOperands *shape; /* for `i` and `j` */
  double amount;
} NnDoubleBlock;

const double *nn_program_double_get_array (const NnInstruction *instruction,
                                           const NnDoubleBlock *block);
double nn_program_double_run_single (NnProgram program, const NnDoubleBlock *block);
void
nn_program_double_run (NnProgram program, const NnDoubleBlock *block, double *result);

G_END_DECLS
