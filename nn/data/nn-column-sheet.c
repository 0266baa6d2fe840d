/* nn-column-sheet.c - makes the preview of a data file (NnSheet) from its columns
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-column-sheet.h"

#include <math.h>

#include "nn/data/nn-column-choice.h"
#include "nn/data/nn-column-guess.h"

static char *
dup_cell (const NnColumn *column, gsize row)
{
  const float value = column->numbers[row * column->stride];
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strdup ("");
  if (column->classes != NULL)
    return g_strdup (column->classes->pdata[(gsize) value]);
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.7g", (double) value));
}

static void
describe (NnSheet *self, gsize i, const NnColumns *columns)
{
  const NnColumn *column = &g_array_index (columns->columns, NnColumn, i);

  self->columns[i].name = g_strdup (column->name);
  self->columns[i].n_classes = column->classes != NULL ? column->classes->len : 0;
  self->columns[i].flaw = nn_column_guess_flaw (columns, (guint) i);
  for (gsize row = 0; row < columns->n_rows; row++)
    self->columns[i].n_missing +=
        (gsize) (isnan (column->numbers[row * column->stride]) != 0);
  for (gsize row = 0; row < self->n_shown; row++)
    self->cells[row * self->n_columns + i] = dup_cell (column, row);
}

static void
set_roles (NnSheet *self, const GArray *indices, NnColumnRole role)
{
  for (guint i = 0; i < indices->len; i++)
    self->columns[g_array_index (indices, guint, i)].role = role;
}

/**
 * nn_column_sheet_new:
 *
 * Roles are guessed as nn_columns_make_table () guesses them.
 *
 * Returns: (transfer full)
 */
NnSheet *
nn_column_sheet_new (const NnColumns *columns)
{
  const NnDataSpec spec = { 0 };
  NnSheet *self = nn_sheet_new (columns->n_rows, columns->columns->len);
  g_auto (NnColumnChoice) choice = { 0 };

  for (gsize i = 0; i < self->n_columns; i++)
    describe (self, i, columns);
  if (nn_column_choice_init (&choice, columns, &spec, NULL)) {
    set_roles (self, choice.inputs, NN_COLUMN_INPUT);
    set_roles (self, choice.targets, NN_COLUMN_TARGET);
  }
  return self;
}
