/* nn-tensor-summary.h - statistics and a histogram of a tensor of any size
 *
 * SPDX-License-Identifier: MIT
 *
 * The summary is immutable and shared: ref and unref from any thread. A builder is given
 * all values in row-major order, in blocks of any size, so a file larger than memory
 * needs memory for one block only; it has one owner.
 *
 * The values are added once for the statistics, and a second time for the histogram,
 * whose range is known only after the first:
 *
 *   builder = nn_tensor_summary_builder_new (…);
 *   for each block: nn_tensor_summary_builder_add (builder, values, n);
 *   if (nn_tensor_summary_builder_begin_histogram (builder))
 *     for each block: nn_tensor_summary_builder_add (builder, values, n);
 *   summary = nn_tensor_summary_builder_end (builder);
 */

#pragma once

#include "nn/arrays/nn-array.h"
#include "nn/tensor/nn-tensor-picture.h"

G_BEGIN_DECLS

#define NN_TENSOR_SUMMARY_BINS 64

typedef struct {
  char *name; /* (owned) */
  char *type; /* (owned) as stored: "bfloat16" */
  guint rank;
  guint64 shape[NN_ARRAY_MAX_RANK];
  guint64 n_values;

  guint64 n_zeros; /* 0 and −0 */
  guint64 n_nans;
  guint64 n_infinities; /* of both signs */

  /* Of the finite values, in double; NaN if there are none. */
  double min;
  double max;
  double mean;
  double std;  /* PyTorch's, which divides by n − 1: NaN for a single value */
  double norm; /* Euclidean */

  /* Bin i begins at low + i * (high − low) / 64; the last one includes high. If there are
   * values of both signs, 0 is the edge between two bins. */
  gboolean has_histogram;
  double low; /* equal to high: too close for bins, all finite values are in counts[0] */
  double high;
  guint64 counts[NN_TENSOR_SUMMARY_BINS];

  NnTensorPicture *picture; /* (owned) (nullable) only if it was asked for */
} NnTensorSummary;

typedef struct _NnTensorSummaryBuilder NnTensorSummaryBuilder;

NnTensorSummary *nn_tensor_summary_ref (NnTensorSummary *self);
void nn_tensor_summary_unref (NnTensorSummary *self);
NnTensorSummary *
nn_tensor_summary_new_of_array (const NnArray *array,
                                gboolean with_picture) G_GNUC_WARN_UNUSED_RESULT;

NnTensorSummaryBuilder *
nn_tensor_summary_builder_new (const char *name,
                               const char *type,
                               guint rank,
                               const guint64 *shape,
                               gboolean with_picture) G_GNUC_WARN_UNUSED_RESULT;
void nn_tensor_summary_builder_free (NnTensorSummaryBuilder *self);
void nn_tensor_summary_builder_add (NnTensorSummaryBuilder *self,
                                    const double *values,
                                    gsize n);
gboolean nn_tensor_summary_builder_begin_histogram (NnTensorSummaryBuilder *self);
NnTensorSummary *
nn_tensor_summary_builder_end (NnTensorSummaryBuilder *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensorSummary, nn_tensor_summary_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensorSummaryBuilder, nn_tensor_summary_builder_free)

G_END_DECLS
