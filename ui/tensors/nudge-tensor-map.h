/* nudge-tensor-map.h - a tensor's values as a heat map, down to a pixel and more for each
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows and columns as nn/tensor/nn-tensor-picture.h says. Zoomed out it shows the
 * picture; zoomed in, the single values of a window, for which it asks. Until these
 * come, the picture stays. The wheel, a pinch, + and - zoom, dragging and the arrow
 * keys move, 0 shows all. Hover reads a value with its index and nine digits, or a
 * cell; Shift and the arrow keys move a cursor that reads, and Escape removes it.
 *
 *   "means"    (boolean) rw, a cell of the picture has the mean of its block, else the
 *              value of largest magnitude
 *   "reading"  (string) (nullable) read-only, what is under the pointer
 *
 * Signal:
 *
 *   "window-wanted"  (guint64 first_row, first_column, n_rows, n_columns) values to
 *                    show, at most NUDGE_TENSOR_MAP_MOST in all; only the newest
 *                    request counts
 */

#pragma once

#include "nn/tensor/nn-tensor-picture.h"
#include "nn/tensor/nn-tensor-window.h"
#include "ui/base/nudge-zoom-picture.h"

G_BEGIN_DECLS

#define NUDGE_TENSOR_MAP_MOST (1 << 21)

#define NUDGE_TYPE_TENSOR_MAP (nudge_tensor_map_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorMap,
                      nudge_tensor_map,
                      NUDGE,
                      TENSOR_MAP,
                      NudgeZoomPicture)

void nudge_tensor_map_set_tensor (NudgeTensorMap *self,
                                  const char *name,
                                  guint rank,
                                  const guint64 *shape);
void nudge_tensor_map_set_means (NudgeTensorMap *self, gboolean means);
void nudge_tensor_map_set_picture (NudgeTensorMap *self, NnTensorPicture *picture);
void nudge_tensor_map_set_window (NudgeTensorMap *self, NnTensorWindow *window);

G_END_DECLS
