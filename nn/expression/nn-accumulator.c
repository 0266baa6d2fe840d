/* nn-accumulator.c - a statistic of values that arrive in blocks
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-accumulator.h"

#include <math.h>
#include <string.h>

#define DIGIT_BITS 11 /* bits of the key that one pass determines */

static gboolean
selects (const NnAccumulator *self)
{
  return self->op == NN_OP_MEDIAN || self->op == NN_OP_QUANTILE;
}

/* ---- selection --------------------------------------------------------------------- */

/* Returns: an unsigned number that sorts as the value does; a float32's is in the upper
 *   32 bits */
static guint64
get_key (double value, gboolean is_double)
{
  const guint64 top = G_GUINT64_CONSTANT (1) << 63;
  const float narrow = (float) value;
  guint64 bits;
  guint32 narrow_bits;

  if (is_double) {
    memcpy (&bits, &value, sizeof bits);
  } else {
    memcpy (&narrow_bits, &narrow, sizeof narrow_bits);
    bits = (guint64) narrow_bits << 32;
  }
  return bits & top ? ~bits : bits | top;
}

static double
get_value (guint64 key, gboolean is_double)
{
  const guint64 top = G_GUINT64_CONSTANT (1) << 63;
  const guint64 bits = key & top ? key & ~top : ~key;
  const guint32 narrow_bits = (guint32) (bits >> 32);
  double value;
  float narrow;

  memcpy (&value, &bits, sizeof value);
  memcpy (&narrow, &narrow_bits, sizeof narrow);
  return is_double ? value : (double) narrow;
}

static guint
get_shift (guint pass)
{
  return (pass + 1) * DIGIT_BITS < 64 ? 64 - (pass + 1) * DIGIT_BITS : 0;
}

static void
count_digits (NnAccumulatorSelection *self,
              gboolean is_double,
              guint shift,
              const double *values,
              gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const guint64 key = get_key (values[i], is_double);

    if ((key & self->mask) == self->key)
      self->counts[key >> shift & (NN_ACCUMULATOR_DIGITS - 1)]++;
  }
}

static void
settle_digit (NnAccumulatorSelection *self, guint shift)
{
  const guint64 digits = (guint64) (NN_ACCUMULATOR_DIGITS - 1) << shift;
  guint64 digit = 0;

  while (digit + 1 < NN_ACCUMULATOR_DIGITS && self->k >= self->counts[digit])
    self->k -= self->counts[digit++];
  self->key = (self->key & ~digits) | digit << shift;
  self->mask |= digits;
  memset (self->counts, 0, sizeof self->counts);
}

/* Interpolates as torch.quantile does: in the values' type, with a fused multiply-add. */
static double
interpolate (const NnAccumulator *self, double low, double high)
{
  const float l = (float) low, h = (float) high, w = (float) self->weight;

  if (self->weight == 0)
    return low;
  if (self->is_double)
    return self->weight < 0.5 ? fma (self->weight, high - low, low)
                              : fma (low - high, 1 - self->weight, high);
  return (double) (w < 0.5f ? fmaf (w, h - l, l) : fmaf (l - h, 1 - w, h));
}

static gboolean
end_selection (NnAccumulator *self, double *result)
{
  const guint shift = get_shift (self->pass);
  double low, high;

  if (self->has_nan || (self->op == NN_OP_QUANTILE && !(self->q >= 0 && self->q <= 1))) {
    *result = (double) NAN;
    return TRUE;
  }
  settle_digit (&self->selection[0], shift);
  settle_digit (&self->selection[1], shift);
  if (shift > (self->is_double ? 0 : 32))
    return FALSE;
  low = get_value (self->selection[0].key, self->is_double);
  high = get_value (self->selection[1].key, self->is_double);
  *result = self->op == NN_OP_MEDIAN ? low : interpolate (self, low, high);
  return TRUE;
}

static void
begin_selection (NnAccumulator *self)
{
  const double last = (double) (self->n - 1);
  double position = self->q * last;
  guint64 below;

  if (!self->is_double)
    position = (double) ((float) self->q * (float) last);
  if (self->op == NN_OP_MEDIAN || !(position >= 0 && position <= last))
    position = 0;
  below = self->op == NN_OP_MEDIAN ? (self->n - 1) / 2 : (guint64) position;
  self->weight = self->op == NN_OP_MEDIAN ? 0 : position - (double) below;
  self->selection = g_new0 (NnAccumulatorSelection, 2);
  self->selection[0].k = below;
  self->selection[1].k = MIN (below + 1, self->n - 1);
}

/* ---- statistics -------------------------------------------------------------------- */

/**
 * nn_accumulator_init:
 * @self: (out)
 * @q: only for quantile
 * @n: the number of values, at least 1
 */
void
nn_accumulator_init (NnAccumulator *self,
                     NnOp op,
                     gboolean biased,
                     double q,
                     gboolean is_double,
                     guint64 n)
{
  *self = (NnAccumulator){
    .op = op,
    .biased = biased,
    .is_double = is_double,
    .q = q,
    .n = n,
    .result = op == NN_OP_LEAST     ? (double) INFINITY
              : op == NN_OP_MOST    ? (double) -INFINITY
              : op == NN_OP_PRODUCT ? 1
                                    : 0,
  };
  if (selects (self))
    begin_selection (self);
}

void
nn_accumulator_clear (NnAccumulator *self)
{
  g_clear_pointer (&self->selection, g_free);
}

static void
add_up (NnAccumulator *self,
        const double *values,
        gsize n,
        double center,
        gboolean square)
{
  for (gsize i = 0; i < n; i++) {
    const double distance = values[i] - center;

    self->sums[(self->done + i) % NN_ACCUMULATOR_SUMS] +=
        square ? distance * distance : distance;
  }
}

static void
fold (NnAccumulator *self, double value)
{
  self->has_nan |= isnan (value);
  if (self->op == NN_OP_LEAST)
    self->result = MIN (self->result, value);
  else if (self->op == NN_OP_MOST)
    self->result = MAX (self->result, value);
  else if (self->op == NN_OP_PRODUCT)
    self->result *= value;
  else
    self->result += value != 0;
}

/**
 * nn_accumulator_add:
 * @values: (n): the next ones
 */
void
nn_accumulator_add (NnAccumulator *self, const double *values, gsize n)
{
  switch (self->op) {
  case NN_OP_MEAN:
  case NN_OP_SUM:
    add_up (self, values, n, 0, FALSE);
    break;
  case NN_OP_NORM:
    add_up (self, values, n, 0, TRUE);
    break;
  case NN_OP_STD:
    add_up (self, values, n, self->pass == 0 ? 0 : self->mean, self->pass > 0);
    break;
  case NN_OP_MEDIAN:
  case NN_OP_QUANTILE:
    for (gsize i = 0; i < n; i++)
      self->has_nan |= isnan (values[i]);
    for (guint i = 0; i < 2; i++)
      count_digits (&self->selection[i], self->is_double, get_shift (self->pass), values,
                    n);
    break;
  default:
    for (gsize i = 0; i < n; i++)
      fold (self, values[i]);
  }
  self->done += n;
}

static double
get_sum (NnAccumulator *self)
{
  double sum = self->sums[0];

  for (gsize i = 1; i < NN_ACCUMULATOR_SUMS; i++)
    sum += self->sums[i];
  memset (self->sums, 0, sizeof self->sums);
  return sum;
}

static double
get_result (NnAccumulator *self)
{
  const double n = (double) self->n;

  switch (self->op) {
  case NN_OP_MEAN:
    return get_sum (self) / n;
  case NN_OP_SUM:
    return get_sum (self);
  case NN_OP_NORM:
    return sqrt (get_sum (self));
  case NN_OP_STD:
    return sqrt (get_sum (self) / (self->biased ? n : n - 1));
  case NN_OP_LEAST:
  case NN_OP_MOST:
    return self->has_nan ? (double) NAN : self->result;
  case NN_OP_ANY:
    return self->result > 0;
  case NN_OP_ALL:
    return self->result == n;
  default:
    return self->result;
  }
}

/**
 * nn_accumulator_end_pass:
 * @result: (out): the statistic, rounded to float32 unless the values are float64; set
 *   only if TRUE is returned
 *
 * To be called after all values were added.
 *
 * Returns: FALSE if all values have to be added once more
 */
gboolean
nn_accumulator_end_pass (NnAccumulator *self, double *result)
{
  const guint pass = self->pass;
  gboolean done = TRUE;

  if (selects (self)) {
    done = end_selection (self, result);
  } else if (self->op == NN_OP_STD && pass == 0) {
    self->mean = get_sum (self) / (double) self->n;
    done = FALSE;
  } else {
    *result = get_result (self);
    if (!self->is_double)
      *result = (double) (float) *result;
  }
  self->pass++;
  self->done = 0;
  return done;
}
