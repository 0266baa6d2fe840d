/* nn-tensor-window.h - a rectangle of a tensor's values, at full precision
 *
 * SPDX-License-Identifier: MIT
 *
 * A block of the matrix that nn-tensor-picture.h defines, for a table that shows numbers.
 * Immutable and shared: ref and unref from any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 first_row;
  guint64 first_column;
  gsize n_rows;
  gsize n_columns;
  double *values; /* (owned) (n_rows, n_columns) */
} NnTensorWindow;

NnTensorWindow *nn_tensor_window_new (guint64 first_row,
                                      guint64 first_column,
                                      gsize n_rows,
                                      gsize n_columns,
                                      double *values) G_GNUC_WARN_UNUSED_RESULT;
NnTensorWindow *nn_tensor_window_ref (NnTensorWindow *self);
void nn_tensor_window_unref (NnTensorWindow *self);
gboolean nn_tensor_window_get (const NnTensorWindow *self,
                               guint64 row,
                               guint64 column,
                               double *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTensorWindow, nn_tensor_window_unref)

G_END_DECLS
