/* nn-stream-private.h - the state of a stream: passes over the target, and their results
 *
 * SPDX-License-Identifier: MIT
 *
 * nn-stream.c plans the passes, nn-stream-block.c executes the plan on a block,
 * nn-stream-whole.c executes steps that need all values in memory. Private to them.
 */

#pragma once

#include "nn/expression/nn-accumulator.h"
#include "nn/expression/nn-draw.h"
#include "nn/nudge/nn-stream.h"

G_BEGIN_DECLS

#define NN_STREAM_BLOCK 65536 /* elements, a multiple of NN_DRAW_BLOCK */

/* The state of one of the plan's steps. */
typedef struct {
  const NnPlanStep *step;
  gboolean known;            /* its result is available in every block */
  gboolean wanted;           /* this pass collects its values */
  gboolean began;            /* a pass for it has begun */
  NnAccumulator accumulator; /* (owned) of a statistic over all values */
  NnDraw *draw;              /* (owned) (nullable) of noise and rand */
  NnRandom *random;          /* (owned) (nullable) of shuffled: the generator before it */
  gpointer whole; /* (owned) (nullable) (n of the target) all values: floats or doubles */
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

/* Whether a step gives a single value. */
static inline gboolean
nn_stream_is_single (const NnPlanStep *step)
{
  return step->make == NN_MAKE_STATISTIC && step->dim == NN_DIM_NONE;
}

gboolean nn_stream_whole_reserve (NnStreamRun *self, NnStreamStep *step, GError **error);
gboolean nn_stream_whole_make (NnStreamRun *self, NnStreamStep *step, GError **error);

G_END_DECLS
