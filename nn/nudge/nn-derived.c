/* nn-derived.c - what an update function reads of the target as a whole
 *
 * SPDX-License-Identifier: MIT
 *
 * The operands' scratch is laid out as: arrays to work with, the ranks, the orthogonal
 * matrix, and then the draws, each only if it is asked for. Work comes first because it
 * may need the alignment of doubles.
 */

#include "nn/nudge/nn-derived.h"

#include <math.h>
#include <string.h>

#include "nn/nudge/nn-orthogonal.h"

#define RANK_WORK       3 /* arrays of n floats */
#define ORTHOGONAL_WORK 2
#define SHUFFLE_WORK    2

/* Digits of a rank's sort: three of them cover a float without its sign. */
#define DIGIT_BITS 11
#define N_DIGITS   3

/* Partial sums, added up at the end; the same on every processor. */
#define N_SUMS 8

static gboolean
mentions (const NnInstruction *program, gsize n_instructions, NnOp op)
{
  for (gsize i = 0; i < n_instructions; i++)
    if (program[i].op == op)
      return TRUE;
  return FALSE;
}

static gsize
count_draws (const NnInstruction *program, gsize n_instructions)
{
  gsize n_draws = 0;

  for (gsize i = 0; i < n_instructions; i++)
    n_draws += nn_op_is_drawn (program[i].op);
  return n_draws;
}

static gsize
count_work (const NnInstruction *program, gsize n_instructions)
{
  if (mentions (program, n_instructions, NN_OP_RANK))
    return RANK_WORK;
  if (mentions (program, n_instructions, NN_OP_ORTHOGONAL))
    return ORTHOGONAL_WORK;
  return mentions (program, n_instructions, NN_OP_SHUFFLED) ? SHUFFLE_WORK : 0;
}

/**
 * nn_derived_count_arrays:
 *
 * Returns: how many arrays as long as the target nn_derived_compute () needs as scratch
 */
gsize
nn_derived_count_arrays (const NnInstruction *program, gsize n_instructions)
{
  return count_work (program, n_instructions) +
         mentions (program, n_instructions, NN_OP_RANK) +
         mentions (program, n_instructions, NN_OP_ORTHOGONAL) +
         count_draws (program, n_instructions);
}

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

/* Each element's position in a stable argsort of |w|, over n: the bits of positive floats
 * sort as the floats do, and NaN comes last. @work: RANK_WORK arrays */
static void
rank (const float *w, gsize n, float *work, float *result)
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

static void
draw (NnOp op, const NnOperands *o, float *work, float *result)
{
  switch (op) {
  case NN_OP_SHUFFLED:
    shuffle (o->random, o->w, o->n, work, result);
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

static double
add_up (const float *w, gsize n, double center, gboolean squared)
{
  double sums[N_SUMS] = { 0 };

  for (gsize i = 0; i < n; i++) {
    const double distance = (double) w[i] - center;

    sums[i % N_SUMS] += squared ? distance * distance : distance;
  }
  for (gsize i = 1; i < N_SUMS; i++)
    sums[0] += sums[i];
  return sums[0];
}

/* The least, or of the negatives; NaN if there is one. */
static float
find_least (const float *w, gsize n, float sign)
{
  float least = INFINITY;

  for (gsize i = 0; i < n; i++) {
    if (isnan (w[i]))
      return w[i];
    least = MIN (least, sign * w[i]);
  }
  return sign * least;
}

static void
compute_statistic (NnDerived *self, NnOp op, const float *w, gsize n)
{
  switch (op) {
  case NN_OP_MEAN:
    self->mean = (float) (add_up (w, n, 0, FALSE) / (double) n);
    break;
  case NN_OP_STD:
    self->std = (float) sqrt (add_up (w, n, add_up (w, n, 0, FALSE) / (double) n, TRUE) /
                              ((double) n - 1));
    break;
  case NN_OP_NORM:
    self->norm = (float) sqrt (add_up (w, n, 0, TRUE));
    break;
  case NN_OP_LEAST:
    self->least = find_least (w, n, 1);
    break;
  default:
    self->most = find_least (w, n, -1);
    break;
  }
}

/* A matrix made orthogonal; what is none stays as it is. */
static void
make_orthogonal (const NnOperands *operands, float *work, float *result)
{
  const gsize n_columns = operands->n_columns;

  if (operands->is_bias || operands->edges != NULL)
    memcpy (result, operands->w, operands->n * sizeof *result);
  else
    nn_orthogonal_make (operands->w, operands->n / n_columns, n_columns,
                        (double *) (gpointer) work, result);
}

/**
 * nn_derived_compute:
 * @self: out, overwritten: what @program mentions, until the operands' scratch is written
 * @operands: n must be less than 2³²; scratch as nn_derived_count_arrays () says, aligned
 *   as malloc aligns
 *
 * Whole tensors are drawn, as torch.randn's algorithm depends on their size, and from left
 * to right, as Python evaluates. Sums are added up in double.
 */
void
nn_derived_compute (NnDerived *self,
                    const NnInstruction *program,
                    gsize n_instructions,
                    const NnOperands *operands)
{
  const gsize n = operands->n;
  float *work = operands->scratch;
  const gsize n_work = count_work (program, n_instructions);
  float *next = n_work > 0 ? work + n_work * n : work;

  *self = (NnDerived){ 0 };
  if (mentions (program, n_instructions, NN_OP_RANK)) {
    rank (operands->w, n, work, next);
    self->rank = next;
    next += n;
  }
  if (mentions (program, n_instructions, NN_OP_ORTHOGONAL)) {
    make_orthogonal (operands, work, next);
    self->orthogonal = next;
    next += n;
  }
  self->draws = next;
  for (gsize i = 0; i < n_instructions; i++) {
    if (nn_op_is_drawn (program[i].op)) {
      draw (program[i].op, operands, work, next);
      next += n;
    } else if (nn_op_is_statistic (program[i].op)) {
      compute_statistic (self, program[i].op, operands->w, n);
    }
  }
}
