/* nn-csv-table.c - the contents of a CSV file: columns of numbers and classes
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-table.h"

#include <glib/gi18n.h>

#include "nn/base/nn-error.h"
#include "nn/base/nn-text.h"

void
nn_csv_free (NnCsv *self)
{
  for (gsize i = 0; i < self->n_columns; i++) {
    NnCsvColumn *column = &self->columns[i];

    g_free (column->name);
    g_free (column->numbers);
    g_free (column->word);
    if (column->classes != NULL)
      g_ptr_array_unref (column->classes);
  }
  g_free (self->columns);
  g_free (self->lines);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/**
 * nn_csv_get_line:
 *
 * Returns: the line of the file, from 1, in which @row begins
 */
gsize
nn_csv_get_line (const NnCsv *self, gsize row)
{
  g_return_val_if_fail (row < self->n_rows, 0);

  return self->lines != NULL ? self->lines[row] : self->first_line + row;
}

/**
 * nn_csv_dup_place:
 *
 * Returns: (transfer full): "line 17, column 'age'", for messages
 */
char *
nn_csv_dup_place (const NnCsv *self, gsize row, gsize column)
{
  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, NULL);

  g_autofree char *name = nn_text_dup_quoted (self->columns[column].name);

  return g_strdup_printf (_ ("line %zu, column %s"), nn_csv_get_line (self, row), name);
}

/**
 * nn_csv_check_column:
 *
 * Returns: FALSE if there is a word in a column of numbers (NN_ERROR_SYNTAX); the message
 *   says where
 */
gboolean
nn_csv_check_column (const NnCsv *self, gsize column, GError **error)
{
  g_return_val_if_fail (column < self->n_columns, FALSE);

  const NnCsvColumn *checked = &self->columns[column];
  g_autofree char *place = NULL;
  g_autofree char *word = NULL;

  if (checked->n_words == 0)
    return TRUE;
  place = nn_csv_dup_place (self, checked->first_word, column);
  word = nn_text_dup_quoted (checked->word);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("%s: %s is not a number"), place,
               word);
  return FALSE;
}
