/* nn-statistics.c - mean, std, norm, median and other statistics of floats
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/expression/nn-statistics.h"

#include <math.h>
#include <string.h>

/* Partial sums, a fixed number, so that the bits are the same on every processor. */
#define N_SUMS 8

/* Bits of the key that one pass of a selection determines. */
#define DIGIT_BITS 11
#define N_BUCKETS  (1u << DIGIT_BITS)

static float
get (const NnLane *lane, gsize i)
{
  return lane->values[i * lane->stride];
}

static double
add_up (const NnLane *lane, double center, gboolean squared)
{
  double sums[N_SUMS] = { 0 };

  for (gsize i = 0; i < lane->n; i++) {
    const double distance = (double) get (lane, i) - center;

    sums[i % N_SUMS] += squared ? distance * distance : distance;
  }
  for (gsize i = 1; i < N_SUMS; i++)
    sums[0] += sums[i];
  return sums[0];
}

static double
multiply (const NnLane *lane)
{
  double product = 1;

  for (gsize i = 0; i < lane->n; i++)
    product *= (double) get (lane, i);
  return product;
}

/* @sign: 1 for the minimum, -1 for the maximum
 *
 * Returns: NaN if any value is */
static float
find_least (const NnLane *lane, float sign)
{
  float least = INFINITY;

  for (gsize i = 0; i < lane->n; i++) {
    const float value = get (lane, i);

    if (isnan (value))
      return value;
    least = MIN (least, sign * value);
  }
  return sign * least;
}

static gsize
count (const NnLane *lane)
{
  gsize n = 0;

  for (gsize i = 0; i < lane->n; i++)
    n += get (lane, i) != 0;
  return n;
}

/* ---- selection --------------------------------------------------------------------- */

/* Returns: an unsigned number that sorts as the float does */
static guint32
get_key (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits >> 31 ? ~bits : bits | 0x80000000u;
}

static float
get_float (guint32 key)
{
  const guint32 bits = key >> 31 ? key & 0x7fffffffu : ~key;
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* The value at position @k in sorted order, of values without NaN, by radix selection:
 * counts digits of the keys, the highest first, among those that share the digits known
 * so far. */
static float
select_kth (const NnLane *lane, gsize k)
{
  guint32 key = 0, mask = 0;

  for (guint shift = 32 - DIGIT_BITS; mask != G_MAXUINT32;) {
    const guint32 digits = (N_BUCKETS - 1) << shift;
    guint32 counts[N_BUCKETS] = { 0 };
    guint32 digit = 0;

    for (gsize i = 0; i < lane->n; i++) {
      const guint32 other = get_key (get (lane, i));

      if ((other & mask) == key)
        counts[(other & digits) >> shift]++;
    }
    while (k >= counts[digit])
      k -= counts[digit++];
    key |= digit << shift;
    mask |= digits;
    shift = shift > DIGIT_BITS ? shift - DIGIT_BITS : 0;
  }
  return get_float (key);
}

static gboolean
has_nan (const NnLane *lane)
{
  for (gsize i = 0; i < lane->n; i++)
    if (isnan (get (lane, i)))
      return TRUE;
  return FALSE;
}

/* Interpolates as torch.quantile does: in float32, with a fused multiply-add. */
static float
find_quantile (const NnLane *lane, float q)
{
  const float position = q * (float) (lane->n - 1);
  const gsize below = (gsize) position;
  const float weight = position - (float) below;
  float low, high;

  if (has_nan (lane) || !(q >= 0 && q <= 1))
    return NAN;
  low = select_kth (lane, below);
  if (weight == 0)
    return low;
  high = select_kth (lane, MIN (below + 1, lane->n - 1));
  return weight < 0.5f ? fmaf (weight, high - low, low)
                       : fmaf (low - high, 1 - weight, high);
}

/* ---- statistics -------------------------------------------------------------------- */

static float
find_deviation (const NnLane *lane, gboolean biased)
{
  const double n = (double) lane->n;
  const double mean = add_up (lane, 0, FALSE) / n;

  return (float) sqrt (add_up (lane, mean, TRUE) / (biased ? n : n - 1));
}

/**
 * nn_statistic_compute:
 * @lane: at least one value
 */
float
nn_statistic_compute (const NnStatistic *self, NnLane lane)
{
  switch (self->op) {
  case NN_OP_MEAN:
    return (float) (add_up (&lane, 0, FALSE) / (double) lane.n);
  case NN_OP_STD:
    return find_deviation (&lane, self->biased);
  case NN_OP_NORM:
    return (float) sqrt (add_up (&lane, 0, TRUE));
  case NN_OP_LEAST:
    return find_least (&lane, 1);
  case NN_OP_MOST:
    return find_least (&lane, -1);
  case NN_OP_SUM:
    return (float) add_up (&lane, 0, FALSE);
  case NN_OP_PRODUCT:
    return (float) multiply (&lane);
  case NN_OP_MEDIAN:
    return has_nan (&lane) ? NAN : select_kth (&lane, (lane.n - 1) / 2);
  case NN_OP_QUANTILE:
    return find_quantile (&lane, self->q);
  case NN_OP_ANY:
    return count (&lane) > 0;
  case NN_OP_ALL:
    return count (&lane) == lane.n;
  default:
    return (float) count (&lane);
  }
}

/* Whether the target is a matrix; a bias and chosen edges are one row. */
static gboolean
is_matrix (const NnOperands *operands)
{
  return !operands->is_bias && operands->edges == NULL;
}

/**
 * nn_statistic_get_lane_length:
 * @n: (out): the number of values along @dim
 *
 * Returns: FALSE if the target has no dimension @dim
 */
gboolean
nn_statistic_get_lane_length (const NnOperands *operands, int dim, gsize *n)
{
  const int n_dims = is_matrix (operands) ? 2 : 1;

  if (dim == NN_DIM_NONE) {
    *n = operands->n;
    return TRUE;
  }
  if (dim < 0)
    dim += n_dims;
  if (dim < 0 || dim >= n_dims)
    return FALSE;
  *n = n_dims == 1 ? operands->n
       : dim == 1  ? operands->n_columns
                   : operands->n / operands->n_columns;
  return TRUE;
}

static void
fill (float value, NnLane lane, float *result)
{
  for (gsize i = 0; i < lane.n; i++)
    result[i * lane.stride] = value;
}

/**
 * nn_statistic_compute_lanes:
 * @operands: for the shape
 * @dim: one that the target has
 * @values: (n of the operands)
 * @result: (out) (n): for each element, the statistic of its row or column, along @dim;
 *   may be @values
 */
void
nn_statistic_compute_lanes (const NnStatistic *self,
                            const NnOperands *operands,
                            int dim,
                            const float *values,
                            float *result)
{
  const gsize n_columns = is_matrix (operands) ? operands->n_columns : operands->n;
  const gsize n_rows = n_columns > 0 ? operands->n / n_columns : 0;
  const gboolean along_rows = is_matrix (operands) ? dim == 1 || dim == -1 : TRUE;
  const gsize n_lanes = along_rows ? n_rows : n_columns;
  const gsize step = along_rows ? n_columns : 1;
  NnLane lane = { values, along_rows ? n_columns : n_rows, along_rows ? 1 : n_columns };

  for (gsize i = 0; i < n_lanes; i++) {
    lane.values = values + i * step;
    fill (nn_statistic_compute (self, lane), lane, result + i * step);
  }
}
