/* nn-array-summary.h - statistics, picture and values of an array on disk
 *
 * SPDX-License-Identifier: MIT
 *
 * Reads the array in blocks, so it may be larger than memory. Each NnArrayValues is of a
 * whole array and used by one thread at a time; any thread.
 */

#pragma once

#include "nn/base/nn-progress.h"
#include "nn/patch/nn-array-values.h"
#include "nn/tensor/nn-tensor-summary.h"
#include "nn/tensor/nn-tensor-window.h"

G_BEGIN_DECLS

NnTensorSummary *nn_array_summary_new (NnArrayValues *values,
                                       gboolean with_picture,
                                       const NnProgress *progress,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnTensorPicture *nn_array_picture_new (NnArrayValues *values,
                                       const NnProgress *progress,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnTensorPicture *
nn_array_difference_picture_new (NnArrayValues *a,
                                 NnArrayValues *b,
                                 const NnProgress *progress,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

NnTensorWindow *nn_array_window_new (NnArrayValues *a,
                                     NnArrayValues *b,
                                     guint64 first_row,
                                     guint64 first_column,
                                     guint64 n_rows,
                                     guint64 n_columns,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
