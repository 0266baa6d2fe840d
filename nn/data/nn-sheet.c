/* nn-sheet.c - a preview of a data file, in which a user chooses columns
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-sheet.h"

/**
 * nn_sheet_new:
 *
 * Returns: (transfer full): with n_shown set; names and cells are NULL, for the caller
 *   to fill
 */
NnSheet *
nn_sheet_new (gsize n_rows, gsize n_columns)
{
  NnSheet *self = g_new0 (NnSheet, 1);

  self->n_rows = n_rows;
  self->n_columns = n_columns;
  self->n_shown = MIN (n_rows, NN_SHEET_MAX_ROWS);
  self->columns = g_new0 (NnSheetColumn, n_columns);
  self->cells = g_new0 (char *, self->n_shown *n_columns);
  return self;
}

void
nn_sheet_free (NnSheet *self)
{
  for (gsize i = 0; i < self->n_columns; i++)
    g_free (self->columns[i].name);
  for (gsize i = 0; i < self->n_shown * self->n_columns; i++)
    g_free (self->cells[i]);
  g_free (self->columns);
  g_free (self->cells);
  g_free (self);
}
