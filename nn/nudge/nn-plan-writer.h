/* nn-plan-writer.h - the plan and the program that an update function's tree becomes
 *
 * SPDX-License-Identifier: MIT
 *
 * Values that compilation has put on the machine's stack, arrays that are in use, and
 * steps of which each is there once. Private to compilation.
 */

#pragma once

#include "nn/nudge/nn-compile.h"

G_BEGIN_DECLS

/* The program that is being written. */
typedef struct {
  GArray *code;   /* (owned) (element-type NnInstruction) */
  guint n_values; /* on the machine's stack after it so far */
  guint n_kept;   /* in use */
} NnSegment;

typedef struct {
  NnFault *fault;
  GArray *instructions; /* (owned) of the steps so far */
  GArray *steps;        /* (owned) (element-type NnPlanStep) */
  GArray *free_arrays;  /* (owned) (element-type guint32) that can be used again */
  guint32 n_arrays;
  guint32 n_singles;
  NnInstruction w;    /* what w is by now … */
  guint w_since;      /* … from this step on */
  NnInstruction slow; /* what m is by now */
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
