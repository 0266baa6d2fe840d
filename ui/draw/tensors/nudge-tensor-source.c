/* nudge-tensor-source.c - what is drawn of a tensor: a picture, and some values
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/tensors/nudge-tensor-source.h"

/* Returns: the cell of @n_cells that one of @n rows or columns is in */
guint
nudge_tensor_find_cell (guint64 n, guint n_cells, guint64 at)
{
  const guint64 quotient = n / n_cells, rest = n % n_cells;
  /* Near it: cell i begins at i * n / n_cells, rounded down. */
  guint cell = (guint) MIN ((double) at / (double) n * n_cells, n_cells - 1);

  while (cell > 0 && quotient * cell + rest * cell / n_cells > at)
    cell--;
  while (cell + 1 < n_cells && quotient * (cell + 1) + rest * (cell + 1) / n_cells <= at)
    cell++;
  return cell;
}

/* Whether all values that are seen are there one by one. */
gboolean
nudge_tensor_has_values (const NudgeTensorSource *source, const NudgeMatrixSeen *seen)
{
  const NnTensorWindow *window = source->window;

  return window != NULL && window->first_row <= seen->first_row &&
         window->first_column <= seen->first_column &&
         window->first_row + window->n_rows >= seen->end_row &&
         window->first_column + window->n_columns >= seen->end_column;
}
