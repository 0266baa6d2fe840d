/* nn-tensor-summary.c - statistics and a histogram of a tensor of any size
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-tensor-summary.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define BINS  NN_TENSOR_SUMMARY_BINS
#define BLOCK 1024 /* values whose mean and Σ(x − mean)² are computed together */

struct _NnTensorSummaryBuilder {
  NnTensorSummary *summary;        /* (owned) */
  NnTensorPictureBuilder *picture; /* (owned) (nullable) */
  guint64 n_finite;
  double squares;    /* Σ(x − mean)² so far */
  double magnitude;  /* Σx² */
  gboolean counting; /* values are added a second time, for the histogram */
  double width;      /* of a bin */
  guint zero; /* the bin that begins at 0; 0 unless there are values of both signs */
};

/* ---- the summary ------------------------------------------------------------------- */

static void
clear_summary (gpointer data)
{
  NnTensorSummary *self = data;

  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->picture, nn_tensor_picture_unref);
}

NnTensorSummary *
nn_tensor_summary_ref (NnTensorSummary *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
nn_tensor_summary_unref (NnTensorSummary *self)
{
  g_atomic_rc_box_release_full (self, clear_summary);
}

/* ---- the statistics ---------------------------------------------------------------- */

/**
 * nn_tensor_summary_builder_new:
 * @name: copied
 * @type: copied; the type as stored: "bfloat16"
 * @shape: (array length=rank)
 * @with_picture: also build summary->picture
 *
 * Returns: (transfer full): free with nn_tensor_summary_builder_end (), or with
 *   nn_tensor_summary_builder_free () to give up
 */
NnTensorSummaryBuilder *
nn_tensor_summary_builder_new (const char *name,
                               const char *type,
                               guint rank,
                               const guint64 *shape,
                               gboolean with_picture)
{
  NnTensorSummaryBuilder *self;
  NnTensorSummary *summary;

  g_return_val_if_fail (rank <= NN_ARRAY_MAX_RANK, NULL);

  self = g_new0 (NnTensorSummaryBuilder, 1);
  summary = self->summary = g_atomic_rc_box_new0 (NnTensorSummary);
  summary->name = g_strdup (name);
  summary->type = g_strdup (type);
  summary->rank = rank;
  summary->n_values = 1;
  for (guint i = 0; i < rank; i++) {
    summary->shape[i] = shape[i];
    summary->n_values *= shape[i];
  }
  summary->min = INFINITY;
  summary->max = -INFINITY;
  if (with_picture)
    self->picture = nn_tensor_picture_builder_new (rank, shape);
  return self;
}

void
nn_tensor_summary_builder_free (NnTensorSummaryBuilder *self)
{
  g_clear_pointer (&self->summary, nn_tensor_summary_unref);
  g_clear_pointer (&self->picture, nn_tensor_picture_builder_free);
  g_free (self);
}

/* Adds @n values with this mean and Σ(x − mean)²: Chan, Golub and LeVeque, Updating
 * Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979. */
static void
combine (NnTensorSummaryBuilder *self, guint64 n, double mean, double squares)
{
  NnTensorSummary *summary = self->summary;
  const double total = (double) (self->n_finite + n);
  const double delta = mean - summary->mean;

  summary->mean += delta * ((double) n / total);
  self->squares +=
      squares + delta * delta * ((double) self->n_finite * ((double) n / total));
  self->n_finite += n;
}

static void
count_special (NnTensorSummary *summary, double value)
{
  summary->n_nans += isnan (value) != 0;
  summary->n_infinities += isinf (value) != 0;
}

/* @finite: (array length=n): the finite values of a block */
static void
add_finite (NnTensorSummaryBuilder *self, const double *finite, gsize n)
{
  NnTensorSummary *summary = self->summary;
  double sum = 0, squares = 0, magnitude = 0, mean;
  double min = summary->min, max = summary->max;
  gsize n_zeros = 0;

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++) {
    sum += finite[i];
    magnitude += finite[i] * finite[i];
    min = MIN (min, finite[i]);
    max = MAX (max, finite[i]);
    n_zeros += finite[i] == 0;
  }
  mean = sum / (double) n;
  for (gsize i = 0; i < n; i++)
    squares += (finite[i] - mean) * (finite[i] - mean);
  summary->min = min;
  summary->max = max;
  summary->n_zeros += n_zeros;
  self->magnitude += magnitude;
  combine (self, n, mean, squares);
}

static void
measure (NnTensorSummaryBuilder *self, const double *values, gsize n)
{
  double finite[BLOCK];
  gsize n_finite = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      finite[n_finite++] = values[i];
    else
      count_special (self->summary, values[i]);
  add_finite (self, finite, n_finite);
  if (self->picture != NULL)
    nn_tensor_picture_builder_add (self->picture, values, n);
}

/* ---- the histogram ----------------------------------------------------------------- */

static double
get_edge (const NnTensorSummaryBuilder *self, guint bin)
{
  const NnTensorSummary *summary = self->summary;

  if (self->zero > 0)
    return ((double) bin - self->zero) * self->width;
  return bin == BINS ? summary->high : summary->low + bin * self->width;
}

/* The division may round into a neighbouring bin: the edges decide. */
static guint
find_bin (const NnTensorSummaryBuilder *self, double value)
{
  const double from = self->zero > 0 ? value / self->width + self->zero
                                     : (value - self->summary->low) / self->width;
  guint bin = (guint) CLAMP (from, 0, BINS - 1);

  if (bin > 0 && value < get_edge (self, bin))
    return bin - 1;
  if (bin + 1 < BINS && value >= get_edge (self, bin + 1))
    return bin + 1;
  return bin;
}

static void
count (NnTensorSummaryBuilder *self, const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      self->summary->counts[find_bin (self, values[i])]++;
}

/* Divides the bins between both sides of 0 in proportion, all of one width. */
static void
choose_bins_around_zero (NnTensorSummaryBuilder *self)
{
  NnTensorSummary *summary = self->summary;
  /* Halved, as max − min may overflow. */
  const double span = summary->max / 2 - summary->min / 2;
  const double share = -summary->min / 2 / span;
  const guint n = (guint) CLAMP (lrint (share * BINS), 1, BINS - 1);

  self->zero = n;
  self->width = MAX (-summary->min / n, summary->max / (BINS - n));
  /* Rounding must not exclude a value, nor overflow. */
  summary->low = MAX (MIN (-self->width * n, summary->min), -DBL_MAX);
  summary->high = MIN (MAX (self->width * (BINS - n), summary->max), DBL_MAX);
}

static void
choose_bins (NnTensorSummaryBuilder *self)
{
  NnTensorSummary *summary = self->summary;

  summary->low = summary->min;
  summary->high = summary->max;
  if (summary->min < 0 && summary->max > 0)
    choose_bins_around_zero (self);
  else
    self->width = (summary->max - summary->min) / BINS;
}

/**
 * nn_tensor_summary_builder_begin_histogram:
 *
 * To be called after all values were added.
 *
 * Returns: TRUE if they are to be added a second time; FALSE if none is finite, or all
 *   are so close that the edges of bins cannot be told apart in double
 */
gboolean
nn_tensor_summary_builder_begin_histogram (NnTensorSummaryBuilder *self)
{
  NnTensorSummary *summary = self->summary;

  if (self->n_finite == 0)
    return FALSE;
  choose_bins (self);
  summary->has_histogram = TRUE;
  /* Between a few neighbouring doubles, edges would be equal. */
  self->counting = summary->low + self->width > summary->low &&
                   summary->high - self->width < summary->high;
  if (!self->counting) {
    summary->low = summary->min;
    summary->high = summary->max;
    summary->counts[0] = self->n_finite;
  }
  return self->counting;
}

/* ---- both -------------------------------------------------------------------------- */

/**
 * nn_tensor_summary_builder_add:
 * @values: (array length=n): the next ones in row-major order
 */
void
nn_tensor_summary_builder_add (NnTensorSummaryBuilder *self,
                               const double *values,
                               gsize n)
{
  if (self->counting) {
    count (self, values, n);
    return;
  }
  for (gsize done = 0; done < n; done += BLOCK)
    measure (self, values + done, MIN (n - done, BLOCK));
}

/**
 * nn_tensor_summary_builder_end:
 * @self: (transfer full): to which all values were added, twice for a histogram
 *
 * Returns: (transfer full)
 */
NnTensorSummary *
nn_tensor_summary_builder_end (NnTensorSummaryBuilder *self)
{
  NnTensorSummary *summary = g_steal_pointer (&self->summary);
  const gboolean any = self->n_finite > 0;

  if (!any)
    summary->min = summary->max = summary->mean = (double) NAN;
  summary->std = self->n_finite > 1 ? sqrt (self->squares / (double) (self->n_finite - 1))
                                    : (double) NAN;
  summary->norm = any ? sqrt (self->magnitude) : (double) NAN;
  if (self->picture != NULL)
    summary->picture = nn_tensor_picture_builder_end (g_steal_pointer (&self->picture));
  nn_tensor_summary_builder_free (self);
  return summary;
}

static void
add_cb (const double *values, gsize n, gpointer data)
{
  nn_tensor_summary_builder_add (data, values, n);
}

/**
 * nn_tensor_summary_new_of_array:
 * @with_picture: also build summary->picture
 *
 * Returns: (transfer full): of an array in memory, with a histogram
 */
NnTensorSummary *
nn_tensor_summary_new_of_array (const NnArray *array, gboolean with_picture)
{
  NnTensorSummaryBuilder *builder =
      nn_tensor_summary_builder_new (array->name, nn_dtype_get_name (array->dtype),
                                     array->rank, array->shape, with_picture);

  nn_array_visit_doubles (array, add_cb, builder);
  if (nn_tensor_summary_builder_begin_histogram (builder))
    nn_array_visit_doubles (array, add_cb, builder);
  return nn_tensor_summary_builder_end (builder);
}
