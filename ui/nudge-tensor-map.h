/* nudge-tensor-map.h - a tensor's values as a heat map, down to a pixel and more for each
 *
 * SPDX-License-Identifier: MIT
 *
 * Rows and columns as nn/tensor/nn-tensor-picture.h says. As long as there are too many
 * values to be looked at one by one the picture is shown, else the values, for which it asks;
 * until they are there, the picture stays. The wheel, a pinch, + and - zoom, dragging and the arrow keys move, 0 shows
 * all; hovering reads a value by its index with nine digits, or a cell. Shift and the arrow
 * keys read with a cursor, which Escape removes.
 *
 *   "window-wanted"  (signal, guint64 first_row, first_column, n_rows, n_columns) values
 *                    that are to be shown: at most NUDGE_TENSOR_MAP_MOST in all; the newest
 *                    is the one that counts
 *   "means"          (gboolean) a cell of the picture has the mean of its block, else the
 *                    value of largest magnitude
 *   "reading"        (utf8, nullable, only to be read) what is under the pointer
 */

#pragma once

#include "nn/tensor/nn-tensor-picture.h"
#include "nn/tensor/nn-tensor-window.h"
#include "ui/nudge-zoom-picture.h"

G_BEGIN_DECLS

#define NUDGE_TENSOR_MAP_MOST (1 << 21)

#define NUDGE_TYPE_TENSOR_MAP (nudge_tensor_map_get_type ())
G_DECLARE_FINAL_TYPE (NudgeTensorMap,
                      nudge_tensor_map,
                      NUDGE,
                      TENSOR_MAP,
                      NudgeZoomPicture)

GtkWidget *nudge_tensor_map_new (void);
void nudge_tensor_map_set_tensor (NudgeTensorMap *self,
                                  const char *name,
                                  guint rank,
                                  const guint64 *shape);
void nudge_tensor_map_set_means (NudgeTensorMap *self, gboolean means);
void nudge_tensor_map_set_picture (NudgeTensorMap *self, NnTensorPicture *picture);
void nudge_tensor_map_set_window (NudgeTensorMap *self, NnTensorWindow *window);

G_END_DECLS
