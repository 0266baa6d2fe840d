/* nn-stream-private.h - one pass over a target, and what it is to find out
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-stream.c decides on passes, nn-stream-block.c computes a block, nn-stream-whole.c
 * what is made of all values. Private to them.
 */

#pragma once

#include "nn/nudge/nn-accumulator.h"
#include "nn/nudge/nn-draw.h"
#include "nn/nudge/nn-stream.h"

G_BEGIN_DECLS

#define NN_STREAM_BLOCK 65536 /* elements, a multiple of NN_DRAW_BLOCK */

/* What is known of one of the plan's steps. */
typedef struct {
  const NnPlanStep *step;
  gboolean known;            /* its result can be had in every block */
  gboolean wanted;           /* by this pass */
  gboolean began;            /* a pass for it */
  NnAccumulator accumulator; /* (owned) of a statistic over all */
  NnDraw *draw;              /* (owned) (nullable) of noise and rand */
  NnRandom *random;          /* (owned) (nullable) of shuffled: where its draws begin */
  gpointer whole;            /* (owned) (nullable) (n of the target) floats or doubles */
} NnStreamStep;

typedef struct {
  const NnStream *stream;
  const NnNudge *nudge;
  const NnPlan *plan;
  gsize size;          /* bytes of a value */
  NnStreamStep *steps; /* (owned) [n_steps] */
  NnOperands operands; /* of the block: shape, w, w0, amount */
  gpointer w;          /* (owned) [NN_STREAM_BLOCK] */
  gpointer initial;    /* (owned) (nullable) */
  gpointer global;     /* (owned) (nullable) */
  gpointer arrays;     /* (owned) [n_arrays][NN_STREAM_BLOCK] */
  double *widened;     /* (owned) [NN_STREAM_BLOCK] for statistics of floats */
  gpointer result;     /* (owned) [NN_STREAM_BLOCK] */
  NnDerived derived;   /* of float32: where the arrays and singles are */
  double singles[NN_PROGRAM_SINGLES]; /* of float64 */
} NnStreamRun;

gboolean nn_stream_block_read (NnStreamRun *self, guint64 first, gsize n, GError **error);
void nn_stream_block_make (NnStreamRun *self, guint64 first, gsize n);
void nn_stream_block_finish (NnStreamRun *self, gsize n);
void nn_stream_block_rewind (NnStreamRun *self);
double nn_stream_get_fraction (NnStreamRun *self, const NnPlanStep *step);

/* Whether a step needs all values in memory. */
static inline gboolean
nn_stream_is_whole (const NnPlanStep *step)
{
  return step->make == NN_MAKE_ARRAY
             ? step->op != NN_OP_NOISE && step->op != NN_OP_RAND
             : step->make == NN_MAKE_STATISTIC && step->dim != NN_DIM_NONE;
}

/* Whether it makes one value. */
static inline gboolean
nn_stream_is_single (const NnPlanStep *step)
{
  return step->make == NN_MAKE_STATISTIC && step->dim == NN_DIM_NONE;
}

gboolean nn_stream_whole_reserve (NnStreamRun *self, NnStreamStep *step, GError **error);
gboolean nn_stream_whole_make (NnStreamRun *self, NnStreamStep *step, GError **error);

G_END_DECLS
