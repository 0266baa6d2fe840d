/* nn-csv-column.c - collects a column of a CSV file: numbers or classes
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-column.h"

#include <math.h>

#include "nn/files/nn-decimal.h"
#include "nn/tables/nn-csv-missing.h"

/* After so many rows, or distinct values, without a word, the column is numbers, and
 * classes are no longer collected. */
#define UNDECIDED_ROWS    4096
#define UNDECIDED_CLASSES 256

/**
 * nn_csv_column_init:
 * @self: (out): to be cleared by the caller, even after a failure
 * @capacity: the maximal number of rows
 *
 * Returns: FALSE if there is not enough memory
 */
gboolean
nn_csv_column_init (NnCsvColumnReader *self, gsize capacity)
{
  *self = (NnCsvColumnReader){ .capacity = capacity };
  self->numbers = g_try_new (float, MAX (capacity, 1));
  self->n_ids = MIN (capacity, UNDECIDED_ROWS);
  self->ids = g_try_new (guint16, MAX (self->n_ids, 1));
  self->classes = nn_csv_classes_new ();
  return self->numbers != NULL && self->ids != NULL;
}

static void
drop_classes (NnCsvColumnReader *self)
{
  g_clear_pointer (&self->classes, nn_csv_classes_free);
  g_clear_pointer (&self->ids, g_free);
}

void
nn_csv_column_clear (NnCsvColumnReader *self)
{
  drop_classes (self);
  g_clear_pointer (&self->numbers, g_free);
  g_clear_pointer (&self->word, g_free);
  g_clear_pointer (&self->is_grouped, g_free);
}

static void
count (NnCsvCount *self, gsize row)
{
  if (self->n++ == 0)
    self->first = row;
}

static gboolean
extend_ids (NnCsvColumnReader *self)
{
  guint16 *ids = g_try_renew (guint16, self->ids, self->capacity);

  if (ids == NULL)
    return FALSE;
  self->ids = ids;
  /* Rows that got no class until now are missing. */
  for (; self->n_ids < self->capacity; self->n_ids++)
    ids[self->n_ids] = NN_CSV_NO_CLASS;
  return TRUE;
}

/* Adds @field as a class, if the column may still be classes. */
static gboolean
add_class (NnCsvColumnReader *self, gsize row, const NnCsvField *field)
{
  if (self->classes == NULL)
    return TRUE;
  if (row >= self->n_ids && !extend_ids (self))
    return FALSE;
  self->ids[row] = nn_csv_classes_add (self->classes, field->text, field->n_bytes);
  if (self->ids[row] == NN_CSV_NO_CLASS)
    drop_classes (self);
  return TRUE;
}

/**
 * nn_csv_column_add_number:
 * @row: ascending, each once
 * @field: the text of @number
 *
 * Returns: FALSE if there is not enough memory
 */
gboolean
nn_csv_column_add_number (NnCsvColumnReader *self,
                          gsize row,
                          float number,
                          const NnCsvField *field)
{
  self->numbers[row] = number;
  count (&self->count_of_numbers, row);
  if (self->classes == NULL)
    return TRUE;
  if (self->words.n == 0 &&
      (row >= UNDECIDED_ROWS || nn_csv_classes_get_n (self->classes) > UNDECIDED_CLASSES))
    drop_classes (self);
  return add_class (self, row, field);
}

/* Keeps the number of a word that is one if all are.
 *
 * Returns: FALSE if there is not enough memory */
static gboolean
add_grouped (NnCsvColumnReader *self, gsize row, const NnCsvField *field)
{
  gboolean sure;
  double number;

  if (!nn_decimal_parse_grouped (field->text, field->n_bytes, &number, &sure))
    return TRUE;
  if (self->is_grouped == NULL) {
    self->is_grouped = g_try_malloc0 (self->capacity / 8 + 1);
    if (self->is_grouped == NULL)
      return FALSE;
  }
  count (&self->grouped, row);
  self->sure |= sure;
  self->is_grouped[row / 8] |= (guint8) (1 << row % 8);
  self->numbers[row] = (float) number;
  return TRUE;
}

/**
 * nn_csv_column_add:
 * @row: ascending, each once
 * @decimal: the decimal sign
 * @field: any text
 *
 * Returns: FALSE if there is not enough memory
 */
gboolean
nn_csv_column_add (NnCsvColumnReader *self,
                   gsize row,
                   char decimal,
                   const NnCsvField *field)
{
  const NnCsvPresence presence = nn_csv_missing_find (field->text, field->n_bytes);
  double number;

  if (presence == NN_CSV_PRESENT &&
      nn_decimal_parse (field->text, field->n_bytes, decimal, &number))
    return nn_csv_column_add_number (self, row, (float) number, field);
  self->numbers[row] = NAN;
  if (presence == NN_CSV_MISSING) {
    count (&self->missing, row);
    if (row < self->n_ids && self->ids != NULL)
      self->ids[row] = NN_CSV_NO_CLASS;
    return TRUE;
  }
  count (presence == NN_CSV_SIGN ? &self->signs : &self->words, row);
  if (presence == NN_CSV_PRESENT && self->words.n == 1)
    self->word = g_strndup (field->text, field->n_bytes);
  if (presence == NN_CSV_PRESENT && !add_grouped (self, row, field))
    return FALSE;
  return add_class (self, row, field);
}

/* In a column of classes, numbers are names, too; in a column of numbers, a few words
 * are mistakes. */
static gboolean
is_classes (const NnCsvColumnReader *self)
{
  return self->classes != NULL && self->words.n > 0 &&
         self->words.n >= self->count_of_numbers.n;
}

static void
make_classes (NnCsvColumnReader *self, gsize n_rows, NnCsvColumn *column)
{
  column->classes = nn_csv_classes_dup_names (self->classes);
  for (gsize i = 0; i < n_rows; i++)
    column->numbers[i] = self->ids[i] == NN_CSV_NO_CLASS ? NAN : (float) self->ids[i];
}

static void
keep_words (NnCsvColumnReader *self, NnCsvColumn *column)
{
  column->n_words = self->words.n;
  column->first_word = self->words.first;
  column->word = g_steal_pointer (&self->word);
  column->n_missing += self->signs.n;
  if (self->missing.n == 0 ||
      (self->signs.n > 0 && self->signs.first < self->missing.first))
    column->first_missing = self->signs.first;
}

/* Beside a decimal comma a point can only be after thousands, if no field says
 * otherwise. */
static void
decide_on_grouped (NnCsvColumnReader *self,
                   gsize n_rows,
                   char decimal,
                   NnCsvColumn *column)
{
  if (self->grouped.n == 0)
    return;
  if (decimal == ',' && self->sure && self->grouped.n == self->words.n &&
      self->signs.n == 0) {
    self->words.n = 0;
    g_clear_pointer (&self->word, g_free);
    return;
  }
  for (gsize i = 0; i < n_rows; i++)
    if (self->is_grouped[i / 8] >> i % 8 & 1)
      column->numbers[i] = NAN;
  /* With a decimal point, 1.000.000 may be a version, too. */
  if (decimal == ',' || self->sure) {
    column->n_grouped = self->grouped.n;
    column->first_grouped = self->grouped.first;
  }
}

/**
 * nn_csv_column_finish:
 * @n_rows: how many were added
 * @decimal: the decimal sign
 * @column: (out): everything except its name
 *
 * Decides between numbers and classes, and moves the result to @column.
 */
void
nn_csv_column_finish (NnCsvColumnReader *self,
                      gsize n_rows,
                      char decimal,
                      NnCsvColumn *column)
{
  column->numbers = g_steal_pointer (&self->numbers);
  decide_on_grouped (self, n_rows, decimal, column);
  column->n_missing = self->missing.n;
  column->first_missing = self->missing.first;
  if (is_classes (self))
    make_classes (self, n_rows, column);
  else
    keep_words (self, column);
  if (n_rows < self->capacity)
    column->numbers = g_renew (float, column->numbers, MAX (n_rows, 1));
  nn_csv_column_clear (self);
}
