/* nn-expression.h - update functions: arithmetic that maps a weight to its new value
 *
 * SPDX-License-Identifier: MIT
 *
 * The function is applied to each parameter of the target separately, or to the selected
 * part of it. An expression consists of
 *
 * arrays, with a value for each weight
 *   w            the weight's value
 *   w0           its initial value
 *   m            its slow copy, shared by all nudges; what w is when it is first used
 *   g            its last gradient
 *   before       its value before this step's optimizer ran; equal to w until then
 *   rank         the fraction of the target's weights that are smaller, by |w| and then
 *                by index: from 0 to less than 1; global_rank among those of all targets
 *   orthogonal   the Q of the target's QR decomposition, as torch.nn.init.orthogonal_
 *                computes it from random numbers; for a bias and for chosen edges w itself
 *   i j          the indices: row, which is output, and column, which is input; j is 0 in
 *                a bias
 *   noise        normal random numbers, mean 0 and deviation 1: torch.randn
 *   rand         uniform random numbers, 0 or more and below 1: torch.rand
 *   shuffled     the target's values in a random order, by torch.randperm
 *   fresh        new values as the experiment's initialisation draws them
 *
 * numbers
 *   a            the amount (the slider)
 *   n            the step
 *   lr           the learning rate of this step
 *   1 .5 1e-3    rounded to float32; so are pi and e
 *
 * statistics of any expression over the target, tensors without a dimension in PyTorch
 *   mean(x) sum(x) prod(x) std(x) norm(x) min(x) max(x) median(x) quantile(x, q) any(x)
 *   all(x) count(x)          std is that of a sample (n - 1), norm is √Σx²; mean std norm
 *                            min max without parentheses are those of w
 *   mean(x, dim=1)           over the columns of each row alone; dim=0 over the rows. The
 *                            dimension is kept (keepdim), so that the result broadcasts
 *                            to w
 *
 * operators, the loosest first
 *   c ? x : y  x if c else y   x where c is not 0, else y: torch.where. A NaN in the
 *                              value that is not chosen has no effect. Associates to the
 *                              right
 *   or  and  not               1 or 0; also || && !, and | & ~ of comparisons
 *   < <= > >= == !=            1 or 0; 0 < w < 1 is 0 < w and w < 1
 *   + -  then  * /  then  unary - +  then  ^ or **
 *                              as in Python: -w^2 is -(w^2), 2^3^2 is 2^(3^2); a number
 *                              directly before a name or '(' multiplies it: 0.9w^2
 *   ( )
 *
 * functions, always with parentheses: max is a statistic, max(w, 0) a function
 *   abs sign sqrt exp log sin cos tanh sigmoid relu floor round     round: half to even
 *   clamp(x, low, high)        high if low > high; or only one of them, as min= or max=
 *   min(x, y) max(x, y)        NaN if either is
 *   normal(mean, std) uniform(low, high)     random: mean + std*noise, low + (high -
 *                              low)*rand
 *   and those that nn-words.c defines by expressions of these
 *
 * Several statements, m = 0.9*m + 0.1*w; w = m, run in order, each with the w and m that
 * the ones before it set. If none sets w, the weights stay as they are.
 *
 * The notations of PyTorch, NumPy and Python are accepted, too (w.abs().max(),
 * torch.clamp (w, min=0), w.mul_(0.9), w − 0.5·w²). nn_expression_get_text () gives one
 * canonical text, which parses to itself.
 *
 * Every operation is elementwise and in float32, as in PyTorch with tensors for arrays
 * and Python's numbers for numbers: + - * / and comparisons give the same bits, functions
 * and powers are within two units in the last place. Operations on numbers alone are in
 * float32, too. Statistics are summed in double and rounded once: within two units in the
 * last place of PyTorch's on float64; those that select a value (min, median) give the
 * same bits.
 *
 * Each mention of noise, rand, shuffled or fresh draws a new array for the whole target,
 * in the order in which they are written, even if a choice then does not use it.
 *
 * Compiled once, then immutable and shared (ref and unref from any thread).
 */

#pragma once

#include <glib.h>

#include "nn/expression/nn-operands.h"

G_BEGIN_DECLS

#define NN_EXPRESSION_DRAWS 16 /* random arrays that an expression may mention */

/* Which operands an expression reads, besides n and w, and scratch if it has arrays: name
 * in the language, fields of NnOperands. */
typedef enum {
  NN_NEED_AMOUNT = 1 << 0,      /* a: amount */
  NN_NEED_STEP = 1 << 1,        /* n: step */
  NN_NEED_INITIAL = 1 << 2,     /* w0: initial */
  NN_NEED_GRAD = 1 << 3,        /* g: grad */
  NN_NEED_BEFORE = 1 << 4,      /* before: before */
  NN_NEED_INDICES = 1 << 5,     /* i, j, orthogonal: first_row … edges, is_bias */
  NN_NEED_RANDOM = 1 << 6,      /* noise, rand, shuffled, fresh: random */
  NN_NEED_INIT = 1 << 7,        /* fresh: init, is_bias, fan_in, fan_out */
  NN_NEED_RATE = 1 << 8,        /* lr: rate */
  NN_NEED_GLOBAL_RANK = 1 << 9, /* global_rank: global_rank */
  NN_NEED_SLOW = 1 << 10,       /* m: slow; new_slow, if nn_expression_sets_slow () */
} NnNeeds;

typedef struct _NnExpression NnExpression;

NnExpression *
nn_expression_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnExpression *nn_expression_ref (NnExpression *self);
void nn_expression_unref (NnExpression *self);

const char *nn_expression_get_text (const NnExpression *self);
NnNeeds nn_expression_get_needs (const NnExpression *self);
gboolean nn_expression_uses_amount (const NnExpression *self);
gboolean nn_expression_uses_random (const NnExpression *self);
gboolean nn_expression_sets_weights (const NnExpression *self);
gboolean nn_expression_sets_slow (const NnExpression *self);
gsize nn_expression_get_n_arrays (const NnExpression *self);
gboolean nn_expression_check (const NnExpression *self,
                              const NnOperands *operands,
                              GError **error);
void nn_expression_evaluate (const NnExpression *self,
                             const NnOperands *operands,
                             float *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnExpression, nn_expression_unref)

G_END_DECLS
