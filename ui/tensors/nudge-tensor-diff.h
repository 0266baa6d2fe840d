/* nudge-tensor-diff.h - the differences between the tensors of two files
 *
 * SPDX-License-Identifier: MIT
 *
 * A row for each name that is in either file: how many values differ, and how far; for
 * the selected one a picture of the difference, B − A. Knows no file.
 *
 *   "only-differing"  (boolean) rw, hides what is the same in both; TRUE at first
 *
 * Signals:
 *
 *   "picture-wanted"  (const char *name) of the selected pair, if it has one shape and
 *                     other values; answer by nudge_tensor_diff_set_picture ()
 *   "window-wanted"   (const char *name, guint64 first_row, first_column, n_rows,
 *                     n_columns) its differences, as NudgeTensorMap's; answer by
 *                     nudge_tensor_diff_set_window ()
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/patch/nn-file-difference.h"
#include "nn/tensor/nn-tensor-picture.h"
#include "nn/tensor/nn-tensor-window.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_DIFF (nudge_tensor_diff_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorDiff, nudge_tensor_diff, NUDGE, TENSOR_DIFF, GtkWidget)

GtkWidget *nudge_tensor_diff_new (void);
void nudge_tensor_diff_take_difference (NudgeTensorDiff *self,
                                        NnFileDifference *difference,
                                        const char *a,
                                        const char *b);
void nudge_tensor_diff_set_picture (NudgeTensorDiff *self,
                                    const char *name,
                                    NnTensorPicture *picture);
void nudge_tensor_diff_set_window (NudgeTensorDiff *self,
                                   const char *name,
                                   NnTensorWindow *window);

G_END_DECLS
