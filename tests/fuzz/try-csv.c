/* try-csv.c - what any bytes must do when they are read as a table of text
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/fuzz/try-csv.h"

#include <math.h>
#include <string.h>

#include "nn/tables/nn-csv.h"

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_message (const char *text)
{
  check_text (text);
  g_assert_cmpuint (strlen (text), <, 2000);
  g_assert_null (strchr (text, '\n'));
}

/* Each number is of a class, or is missing; and those that are missing are counted. */
static void
check_column (const NnCsv *table, gsize k)
{
  const NnCsvColumn *column = &table->columns[k];
  gsize n_none = 0;
  g_autoptr (GError) error = NULL;

  check_text (column->name);
  for (gsize i = 0; i < k; i++)
    g_assert_cmpstr (table->columns[i].name, !=, column->name);
  for (gsize i = 0; i < table->n_rows; i++) {
    n_none += (gsize) isnan (column->numbers[i]);
    if (column->classes != NULL && !isnan (column->numbers[i]))
      g_assert_cmpfloat (column->numbers[i], <, (float) column->classes->len);
  }
  g_assert_cmpuint (n_none, ==, column->n_missing + column->n_words);
  if (column->n_missing > 0)
    g_assert_true (isnan (column->numbers[column->first_missing]));
  g_assert_true (nn_csv_check_column (table, k, &error) == (column->n_words == 0));
  if (error != NULL)
    check_message (error->message);
  for (guint i = 0; column->classes != NULL && i < column->classes->len; i++)
    check_text (column->classes->pdata[i]);
}

static void
check_lines (const NnCsv *table)
{
  for (gsize i = 1; i < table->n_rows; i++)
    g_assert_cmpuint (nn_csv_get_line (table, i - 1), <, nn_csv_get_line (table, i));
}

static void
assert_alike (const NnCsv *table, const NnCsv *again)
{
  g_assert_cmpuint (table->n_rows, ==, again->n_rows);
  g_assert_cmpuint (table->n_columns, ==, again->n_columns);
  for (gsize k = 0; k < table->n_columns; k++)
    g_assert_cmpmem (table->columns[k].numbers, table->n_rows * sizeof (float),
                     again->columns[k].numbers, again->n_rows * sizeof (float));
}

/**
 * try_csv:
 * @bytes: (array length=size): anything
 *
 * Aborts unless @bytes either are refused with an error that can be shown, or are a table
 * whose counts and places fit its numbers, and that is the same table when what was found
 * is given.
 *
 * Returns: whether they are a table
 */
gboolean
try_csv (const void *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCsv) table = nn_csv_parse (bytes, size, NULL, NULL, &error);
  g_autoptr (NnCsv) again = NULL;

  g_assert_true ((table == NULL) == (error != NULL));
  if (table == NULL) {
    check_message (error->message);
    return FALSE;
  }
  g_assert_cmpuint (table->n_rows, >, 0);
  for (gsize k = 0; k < table->n_columns; k++)
    check_column (table, k);
  for (guint i = 0; i < table->notes->len; i++)
    check_message (table->notes->pdata[i]);
  check_lines (table);
  if (table->dialect.separator == '\0')
    return TRUE;
  again = nn_csv_parse (bytes, size, &table->dialect, NULL, &error);
  g_assert_no_error (error);
  assert_alike (table, again);
  return TRUE;
}
