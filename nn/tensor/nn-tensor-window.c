/* nn-tensor-window.c - a rectangle of a tensor's values, at full precision
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-tensor-window.h"

/**
 * nn_tensor_window_new:
 * @values: (transfer full): (n_rows, n_columns), from g_malloc ()
 *
 * Returns: (transfer full)
 */
NnTensorWindow *
nn_tensor_window_new (guint64 first_row,
                      guint64 first_column,
                      gsize n_rows,
                      gsize n_columns,
                      double *values)
{
  NnTensorWindow *self = g_atomic_rc_box_new (NnTensorWindow);

  *self = (NnTensorWindow){ first_row, first_column, n_rows, n_columns, values };
  return self;
}

static void
clear_window (gpointer data)
{
  g_free (((NnTensorWindow *) data)->values);
}

NnTensorWindow *
nn_tensor_window_ref (NnTensorWindow *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
nn_tensor_window_unref (NnTensorWindow *self)
{
  g_atomic_rc_box_release_full (self, clear_window);
}

/**
 * nn_tensor_window_get:
 * @row: of the tensor's matrix, not of the window
 * @column: likewise
 * @value: (out): unchanged on failure
 *
 * Returns: FALSE if row and column are outside the window
 */
gboolean
nn_tensor_window_get (const NnTensorWindow *self,
                      guint64 row,
                      guint64 column,
                      double *value)
{
  if (row < self->first_row || row - self->first_row >= self->n_rows ||
      column < self->first_column || column - self->first_column >= self->n_columns)
    return FALSE;
  *value = self->values[(row - self->first_row) * self->n_columns +
                        (column - self->first_column)];
  return TRUE;
}
