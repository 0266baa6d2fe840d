/* nn-small.c - a fast path for simple update functions of a few weights
 *
 * SPDX-License-Identifier: MIT
 *
 * A training step flushes subnormal numbers to zero, nudges do not, and switching the
 * mode and back takes as long as all of this. It makes no difference if no number is
 * between 0 and 2^-40 in magnitude: two operations then give none below 2^-126, as a sum
 * that is not 0 is at least one unit in the last place of its terms, 2^-63, and a product
 * of three is 2^-120 or more. Other weights are left to nn-program.c.
 */

#include "nn/expression/nn-small.h"

#include <math.h>
#include <string.h>

#define LEAST 0x1p-40f

#define FEW 4 /* floats in a vector of SSE2, which every x86-64 has */

typedef float Few __attribute__ ((vector_size (FEW * sizeof (float))));
typedef gint32 Bits __attribute__ ((vector_size (FEW * sizeof (gint32))));
typedef gint64 Halves __attribute__ ((vector_size (FEW * sizeof (gint32))));

#define LEAST_BITS (87 << 23) /* LEAST's */
#define SIGN       G_MININT32
#define INFINITE   0x7f800000

static gboolean
is_gentle (float number)
{
  return number == 0 || (fabsf (number) >= LEAST && fabsf (number) <= 1 / LEAST);
}

static gboolean
is_sum_or_product (NnOp op)
{
  return op == NN_OP_ADD || op == NN_OP_SUBTRACT || op == NN_OP_MULTIPLY;
}

static gboolean
read_leaf (NnSmallLeaf *leaf, const NnInstruction *instruction, float amount)
{
  leaf->is_w = instruction->op == NN_OP_WEIGHT;
  leaf->number = instruction->op == NN_OP_AMOUNT ? amount : instruction->number;
  return leaf->is_w ||
         ((instruction->op == NN_OP_AMOUNT || instruction->op == NN_OP_NUMBER) &&
          is_gentle (leaf->number));
}

/* Matches the program with the three forms.
 * @leaves: (out) [3]: the indices of the leaves' instructions */
static gboolean
find_form (NnSmall *self, NnProgram program, guint *leaves)
{
  const NnInstruction *code = program.instructions;

  leaves[0] = 0;
  leaves[1] = 1;
  leaves[2] = program.n == 5 && !is_sum_or_product (code[2].op) ? 2 : 3;
  self->right = leaves[2] == 2;
  if (program.n == 3) {
    leaves[2] = 0;
    self->first = code[2].op;
    return is_sum_or_product (self->first);
  }
  if (program.n != 5)
    return FALSE;
  self->first = self->right ? code[3].op : code[2].op;
  self->second = code[4].op;
  return is_sum_or_product (self->first) && is_sum_or_product (self->second);
}

/**
 * nn_small_init:
 * @self: (out): with n_operations 0 if the program has no such form
 * @program: one that reads only w and the amount
 */
void
nn_small_init (NnSmall *self, NnProgram program, float amount)
{
  guint leaves[3];

  *self = (NnSmall){ 0 };
  if (program.n < 3 || !find_form (self, program, leaves))
    return;
  for (guint i = 0; i < 3; i++)
    if (!read_leaf (&self->leaves[i], &program.instructions[leaves[i]], amount))
      return;
  self->n_operations = program.n / 2;
}

static inline Few
get (const NnSmallLeaf *leaf, Few w)
{
  const float number = leaf->number;

  return leaf->is_w ? w : (Few){ number, number, number, number };
}

static inline Few
operate (NnOp op, Few x, Few y)
{
  return op == NN_OP_ADD ? x + y : op == NN_OP_SUBTRACT ? x - y : x * y;
}

static inline Few
compute (const NnSmall *self, Few w)
{
  const Few x = get (&self->leaves[0], w);
  const Few y = get (&self->leaves[1], w);

  if (self->n_operations == 1)
    return operate (self->first, x, y);
  if (self->right)
    return operate (self->second, x, operate (self->first, y, get (&self->leaves[2], w)));
  return operate (self->second, operate (self->first, x, y), get (&self->leaves[2], w));
}

static inline gboolean
any (Bits bits)
{
  const Halves halves = (Halves) bits;

  return (halves[0] | halves[1]) != 0;
}

/* Computes the elements from @from to before @to; the others are copied.
 *
 * Returns: a mask of those that are too near to 0, or whose result is not finite */
static inline Bits
run_few (const NnSmall *self, const float *w, gint32 from, gint32 to, float *result)
{
  const Bits places = { 0, 1, 2, 3 };
  const Bits chosen = (places >= from) & (places < to);
  Bits all, bits, magnitudes, results;
  Few values;

  memcpy (&all, w, sizeof all);
  bits = all & chosen;
  memcpy (&values, &bits, sizeof values);
  magnitudes = bits & ~SIGN;
  values = compute (self, values);
  memcpy (&results, &values, sizeof results);
  bits = (results & chosen) | (all & ~chosen);
  memcpy (result, &bits, sizeof bits);
  return ((magnitudes != 0) & (magnitudes < LEAST_BITS)) |
         ((results & INFINITE) == INFINITE);
}

/**
 * nn_small_run_among:
 * @w: (NN_SMALL)
 * @first: the index in @w of the first weight to change
 * @n: how many weights to change
 * @result: (out) (NN_SMALL): @w with the new values
 *
 * Returns: FALSE as nn_small_run ()
 */
gboolean
nn_small_run_among (const NnSmall *self,
                    const float *w,
                    gsize first,
                    gsize n,
                    float *result)
{
  const gint32 from = (gint32) first, to = (gint32) (first + n);
  Bits bad = run_few (self, w, from, to, result);

  bad |= run_few (self, w + FEW, from - FEW, to - FEW, result + FEW);
  return !any (bad);
}

/**
 * nn_small_run:
 * @w: (NN_SMALL): from @n on undefined, but readable
 * @n: how many weights
 * @result: (out) (NN_SMALL): the new values; from @n on undefined
 *
 * Returns: FALSE, with @result undefined, if a weight is too near to 0 or a new value is
 *   not finite: then the general path has to compute it and report errors
 */
gboolean
nn_small_run (const NnSmall *self, const float *w, gsize n, float *result)
{
  Bits bad = run_few (self, w, 0, (gint32) n, result);

  if (n > FEW)
    bad |= run_few (self, w + FEW, 0, (gint32) n - FEW, result + FEW);
  return !any (bad);
}
