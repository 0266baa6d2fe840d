/* nn-derived.c - executes a plan's steps: values that depend on the whole target
 *
 * SPDX-License-Identifier: MIT
 *
 * The operands' scratch holds work arrays, then the plan's arrays. The work arrays come
 * first because they may need the alignment of doubles.
 */

#include "nn/expression/nn-derived.h"

#include <math.h>
#include <string.h>

#include "nn/expression/nn-orthogonal.h"
#include "nn/expression/nn-statistics.h"

#define ORTHOGONAL_WORK 2
#define SHUFFLE_WORK    2

/* Bits per digit of the radix sort: three digits cover a float without its sign. */
#define DIGIT_BITS 11
#define N_DIGITS   3

typedef struct {
  guint32 *keys;
  guint32 *indices;
} Pairs;

/* A stable counting sort by one digit. */
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
 * @work: (n × NN_RANK_WORK): scratch
 * @result: (out) (n): each element's position in a stable argsort of |w|, divided by n
 *
 * A radix sort of the floats' bits, which sort like the floats if positive; NaN is last.
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
  /* After an odd number of digits the indices are in work, so result may be written. */
  for (gsize i = 0; i < n; i++)
    result[from.indices[i]] = (float) i / (float) n;
}

/* @work: (n × SHUFFLE_WORK): scratch, aligned for gsize */
static void
shuffle (NnRandom *random, const float *w, gsize n, float *work, float *result)
{
  gsize *order = (gsize *) (gpointer) work;

  nn_random_fill_permutation (random, order, n);
  for (gsize i = 0; i < n; i++)
    result[i] = w[order[i]];
}

/* Orthogonalises a matrix; a bias or chosen edges are copied. */
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
 * Returns: how many work arrays, each as long as the target, the steps need besides the
 *   plan's arrays
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
 * @self: (out): valid until the operands' scratch is overwritten
 * @operands: with n below 2³², and scratch of nn_expression_get_n_arrays (), aligned as
 *   by malloc ()
 *
 * Random arrays are drawn as whole tensors, as torch.randn's algorithm depends on the
 * size, and from left to right, in Python's order of evaluation.
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
