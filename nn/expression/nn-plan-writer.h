/* nn-plan-writer.h - emits the instructions and steps of a plan, for nn-compile.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Keeps count of the values on the machine's stack, allocates arrays, and reuses a step
 * that was emitted before. Private to compilation. Functions that return gboolean return
 * FALSE with the fault set if a limit of nn-program.h is exceeded.
 */

#pragma once

#include "nn/expression/nn-compile.h"

G_BEGIN_DECLS

/* A program that is being written. */
typedef struct {
  GArray *code;   /* (owned) (element-type NnInstruction) */
  guint n_values; /* values on the machine's stack after it */
  guint n_kept;   /* kept values in use: see NN_OP_KEEP */
} NnSegment;

typedef struct {
  NnFault *fault;
  GArray *instructions; /* (owned) (element-type NnInstruction) of the steps so far */
  GArray *steps;        /* (owned) (element-type NnPlanStep) */
  GArray *free_arrays;  /* (owned) (element-type guint32) to be reused */
  guint32 n_arrays;
  guint32 n_singles;
  NnInstruction w;    /* where the present value of w is … */
  guint w_since;      /* … from this step on */
  NnInstruction slow; /* where the present value of m is */
  gboolean sets_w;
  gboolean sets_slow;
} NnPlanWriter;

gboolean nn_plan_writer_fail_too_deep (NnPlanWriter *self, const NnTerm *term);
gboolean nn_plan_writer_emit (NnPlanWriter *self,
                              NnSegment *segment,
                              const NnTerm *term,
                              NnInstruction instruction);
gboolean nn_plan_writer_emit_value (NnPlanWriter *self,
                                    NnSegment *segment,
                                    const NnTerm *term,
                                    NnInstruction instruction);
gboolean nn_plan_writer_emit_operation (NnPlanWriter *self,
                                        NnSegment *segment,
                                        const NnTerm *term,
                                        NnOp op,
                                        guint n_arguments);
gboolean nn_plan_writer_emit_number (NnPlanWriter *self,
                                     NnSegment *segment,
                                     const NnTerm *term,
                                     double number);
guint32 nn_plan_writer_take_array (NnPlanWriter *self);
gsize nn_plan_writer_append (NnPlanWriter *self, const NnSegment *segment);
gboolean nn_plan_writer_emit_step (NnPlanWriter *self,
                                   NnSegment *segment,
                                   const NnTerm *term,
                                   NnPlanStep *step);

G_END_DECLS
