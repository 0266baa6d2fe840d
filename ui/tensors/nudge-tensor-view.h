/* nudge-tensor-view.h - one tensor: its description, statistics, heat map and histogram
 *
 * SPDX-License-Identifier: MIT
 *
 * Follows the tensor's "changed". Knows no file: it asks for what it shows, and gets it
 * now or later. A picture takes a megabyte: one from nudge_tensor_view_set_picture ()
 * lives as long as it is shown, one in a summary as long as the summary.
 *
 *   "picture-wanted"  (NudgeTensor*) its heat map, and its summary if it has none;
 *                     again after it has a new summary, but not before the last one has
 *                     come. Answer by nudge_tensor_view_set_picture () with this
 *                     tensor, or by a summary that has a picture
 *   "window-wanted"   (NudgeTensor*, guint64 first_row, first_column, n_rows,
 *                     n_columns) its values, as NudgeTensorMap's; answer by
 *                     nudge_tensor_view_set_window () with this tensor
 */

#pragma once

#include <gtk/gtk.h>

#include "nn/tensor/nn-tensor-window.h"
#include "ui/tensors/nudge-tensor.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_TENSOR_VIEW (nudge_tensor_view_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorView, nudge_tensor_view, NUDGE, TENSOR_VIEW, GtkWidget)

GtkWidget *nudge_tensor_view_new (void);
NudgeTensor *nudge_tensor_view_get_tensor (NudgeTensorView *self);
void nudge_tensor_view_set_tensor (NudgeTensorView *self, NudgeTensor *tensor);
void nudge_tensor_view_set_picture (NudgeTensorView *self,
                                    NudgeTensor *tensor,
                                    NnTensorPicture *picture);
void nudge_tensor_view_set_window (NudgeTensorView *self,
                                   NudgeTensor *tensor,
                                   NnTensorWindow *window);

/* What a nudge would make of it, beside what it is; NULL: there is no preview. How many
 * other tensors it changes is said, too. */
void nudge_tensor_view_set_preview (NudgeTensorView *self, NnTensorSummary *preview);
void nudge_tensor_view_set_n_others (NudgeTensorView *self, gsize n_others);

G_END_DECLS
