/* nudge-tensor-source.h - what is drawn of a tensor: a picture, and some values
 *
 * SPDX-License-Identifier: MIT
 *
 * A plain value; all pointers are borrowed.
 */

#pragma once

#include "nn/tensor/nn-tensor-picture.h"
#include "nn/tensor/nn-tensor-window.h"
#include "ui/draw/network/nudge-matrix-viewport.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* in what is read */
  guint rank;
  const guint64 *shape;           /* (rank) */
  const NnTensorPicture *picture; /* (nullable) not there yet */
  const NnTensorWindow *window;   /* (nullable) some values of it */
  gboolean means; /* a cell is its mean, else its value of largest magnitude */
} NudgeTensorSource;

gboolean
nudge_tensor_has_values (const NudgeTensorSource *source, const NudgeMatrixSeen *seen);
guint nudge_tensor_find_cell (guint64 n, guint n_cells, guint64 at);

G_END_DECLS
