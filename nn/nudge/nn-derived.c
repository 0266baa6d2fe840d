/* nn-derived.c - what an update function reads of the target as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * The operands' scratch is laid out as arrays to work with, and then the plan's. Work
 * comes first because it may need the alignment of doubles.
 */

#include "nn/nudge/nn-derived.h"

#include <math.h>
#include <string.h>

#include "nn/nudge/nn-orthogonal.h"
#include "nn/nudge/nn-statistics.h"

#define ORTHOGONAL_WORK 2
#define SHUFFLE_WORK    2

/* Digits of a rank's sort: three of them cover a float without its sign. */
#define DIGIT_BITS 11
#define N_DIGITS   3

typedef struct {
  guint32 *keys;
  guint32 *indices;
} Pairs;

/* Sorts by one digit, and keeps the order of those that have it in common. */
static void
sort_by_digit (Pairs from, Pairs to, gsize n, guint shift)
{
  const guint32 mask = (1u << DIGIT_BITS) - 1;
  guint32 starts[1u << DIGIT_BITS] = { 0 };
  guint32 sum = 0;

  for (gsize i = 0; i < n; i++)
    starts[from.keys[i] >> shift & mask]++;
  for (guint32 digit = 0; digit <= mask; digit++) {
    const guint32 count = starts[digit];

    starts[digit] = sum;
    sum += count;
  }
  for (gsize i = 0; i < n; i++) {
    const guint32 position = starts[from.keys[i] >> shift & mask]++;

    to.keys[position] = from.keys[i];
    to.indices[position] = from.indices[i];
  }
}

/**
 * nn_rank:
 * @work: NN_RANK_WORK arrays
 * @result: (n) out: each element's position in a stable argsort of |w|, over n
 *
 * The bits of positive floats sort as the floats do, and NaN comes last.
 */
void
nn_rank (const float *w, gsize n, float *work, float *result)
{
  guint32 *words = (guint32 *) work;
  Pairs from = { (guint32 *) result, words };
  Pairs to = { words + n, words + 2 * n };

  memcpy (from.keys, w, n * sizeof *w);
  for (gsize i = 0; i < n; i++) {
    from.keys[i] &= G_MAXINT32;
    from.indices[i] = (guint32) i;
  }
  for (guint digit = 0; digit < N_DIGITS; digit++) {
    const Pairs swap = from;

    sort_by_digit (from, to, n, digit * DIGIT_BITS);
    from = to;
    to = swap;
  }
  /* An odd number of digits: the indices ended up in the work, the result is free. */
  for (gsize i = 0; i < n; i++)
    result[from.indices[i]] = (float) i / (float) n;
}

/* @work: SHUFFLE_WORK arrays, aligned for gsize */
static void
shuffle (NnRandom *random, const float *w, gsize n, float *work, float *result)
{
  gsize *order = (gsize *) (gpointer) work;

  nn_random_fill_permutation (random, order, n);
  for (gsize i = 0; i < n; i++)
    result[i] = w[order[i]];
}

/* A matrix made orthogonal; what is none stays as it is. */
static void
make_orthogonal (const NnOperands *o, const float *w, float *work, float *result)
{
  if (o->is_bias || o->edges != NULL)
    memcpy (result, w, o->n * sizeof *result);
  else
    nn_orthogonal_make (w, o->n / o->n_columns, o->n_columns, (double *) (gpointer) work,
                        result);
}

static void
make_array (NnOp op, const NnOperands *o, const float *w, float *work, float *result)
{
  switch (op) {
  case NN_OP_RANK:
    nn_rank (w, o->n, work, result);
    break;
  case NN_OP_ORTHOGONAL:
    make_orthogonal (o, w, work, result);
    break;
  case NN_OP_SHUFFLED:
    shuffle (o->random, w, o->n, work, result);
    break;
  case NN_OP_FRESH:
    nn_init_draw (o->init, o->is_bias, o->fan_in, o->fan_out, result, o->n, o->random);
    break;
  case NN_OP_NOISE:
    nn_random_fill_normal (o->random, 0, 1, result, o->n);
    break;
  default:
    nn_random_fill_uniform (o->random, 0, 1, result, o->n);
    break;
  }
}

static void
make_statistic (NnDerived *self,
                const NnPlanStep *step,
                NnProgram fraction,
                const NnOperands *operands,
                const float *values,
                float *array)
{
  NnStatistic statistic = { .op = step->op, .biased = step->biased };

  if (step->op == NN_OP_QUANTILE)
    statistic.q = nn_program_run_single (fraction, operands, self);
  if (step->dim == NN_DIM_NONE)
    self->singles[step->index] =
        nn_statistic_compute (&statistic, (NnLane){ values, operands->n, 1 });
  else
    nn_statistic_compute_lanes (&statistic, operands, step->dim, values, array);
}

/**
 * nn_derived_count_work:
 *
 * Returns: how many arrays as long as the target the steps take beside the plan's own
 */
gsize
nn_derived_count_work (const NnPlan *plan)
{
  gsize n_work = 0;

  for (gsize i = 0; i < plan->n_steps; i++)
    if (plan->steps[i].make == NN_MAKE_ARRAY) {
      const NnOp op = plan->steps[i].op;

      n_work = MAX (n_work, op == NN_OP_RANK         ? NN_RANK_WORK
                            : op == NN_OP_ORTHOGONAL ? ORTHOGONAL_WORK
                            : op == NN_OP_SHUFFLED   ? SHUFFLE_WORK
                                                     : 0);
    }
  return n_work;
}

/**
 * nn_derived_compute:
 * @self: out, overwritten: what the last program mentions, until the operands' scratch is
 *   written to
 * @operands: n must be less than 2³²; scratch as nn_expression_get_n_arrays () says,
 *   aligned as malloc aligns
 *
 * Whole tensors are drawn, as torch.randn's algorithm depends on their size, and from left
 * to right, as Python evaluates.
 */
void
nn_derived_compute (NnDerived *self, const NnPlan *plan, const NnOperands *operands)
{
  const gsize n = operands->n;
  float *work = operands->scratch;
  float *arrays = plan->n_work > 0 ? work + plan->n_work * n : work;

  self->arrays = arrays;
  for (gsize i = 0; i < plan->n_steps; i++) {
    const NnPlanStep *step = &plan->steps[i];
    const NnProgram program = { plan->instructions + step->first, step->n_instructions };
    const float *source = nn_program_get_array (&step->source, operands, self);
    float *array = step->make == NN_MAKE_STATISTIC && step->dim == NN_DIM_NONE
                       ? NULL
                       : arrays + step->index * n;

    if (step->make == NN_MAKE_VALUES)
      nn_program_run (program, operands, self, array);
    else if (step->make == NN_MAKE_ARRAY)
      make_array (step->op, operands, source, work, array);
    else
      make_statistic (self, step, program, operands, source, array);
  }
}
