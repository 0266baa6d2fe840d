/* nn-array-summary.h - what a table shows of an array on disk, read in blocks
 *
 * SPDX-License-Identifier: MIT
 *
 * The values are those of a whole array. From any thread; an array has one reader at a time.
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

/* Of the rows and columns, those that there are. With @b, of b − a. */
NnTensorWindow *nn_array_window_new (NnArrayValues *a,
                                     NnArrayValues *b,
                                     guint64 first_row,
                                     guint64 first_column,
                                     guint64 n_rows,
                                     guint64 n_columns,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
