/* nn-csv-header.c - finds the dialect and the columns at the start of a CSV file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-header.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/tables/nn-csv-guess.h"
#include "nn/tables/nn-csv-names.h"

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, NN_ERROR, NN_ERROR_SYNTAX, message);
  return FALSE;
}

static gboolean
check_dialect (const NnCsvDialect *dialect, GError **error)
{
  const char separator = dialect->separator;

  if (separator != '\0' && separator != ' ' && separator != '\t' &&
      (!g_ascii_ispunct (separator) || strchr ("\"'+-.", separator) != NULL))
    return refuse (error, _ ("the separator can be , ; | a tab or a blank"));
  if (dialect->decimal != '.' && dialect->decimal != ',' && dialect->decimal != '\0')
    return refuse (error, _ ("the decimal sign can be . or ,"));
  return TRUE;
}

/* @names: (inout) (element-type utf8): the fields of the next row are appended */
static gboolean
read_names (NnCsvScanner *scanner, GPtrArray *names, GError **error)
{
  gboolean last = FALSE;

  while (!last) {
    NnCsvField field;

    if (names->len == NN_CSV_MAX_COLUMNS) {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, _ ("there are more than %d columns"),
                   NN_CSV_MAX_COLUMNS);
      return FALSE;
    }
    if (!nn_csv_scanner_read (scanner, &field, &last, error))
      return FALSE;
    g_ptr_array_add (names, g_strndup (field.text, field.n_bytes));
  }
  return TRUE;
}

static void
number_names (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++) {
    g_free (names->pdata[i]);
    names->pdata[i] = g_strdup_printf ("%u", i + 1);
  }
}

/* @names: its elements are moved to the columns */
static void
make_columns (NnCsv *table, GPtrArray *names)
{
  table->n_columns = names->len;
  table->columns = g_new0 (NnCsvColumn, names->len);
  nn_csv_names_make_distinct (names, table->notes);
  for (guint i = 0; i < names->len; i++)
    table->columns[i].name = g_steal_pointer (&names->pdata[i]);
}

/* Moves the scanner to the first row, a header or not. */
static gboolean
find_dialect (NnCsvScanner *scanner, NnCsv *table, GError **error)
{
  if (!check_dialect (&table->dialect, error))
    return FALSE;
  table->n_comments = nn_csv_scanner_skip_comments (scanner);
  if (!nn_csv_scanner_find_row (scanner))
    return refuse (error, _ ("the table is empty"));
  nn_csv_guess (scanner, &table->dialect);
  if (!nn_csv_scanner_find_row (scanner))
    return refuse (error, _ ("the table is empty"));
  return check_dialect (&table->dialect, error);
}

/**
 * nn_csv_header_read:
 * @scanner: (inout): at the start of the text; then at the first row of values
 * @table: (inout): with the dialect as far as it is given; the rest of it and the columns
 *   are filled in
 * @line: (out): the line of the header, or of the first row if there is none
 *
 * Returns: FALSE if there is no row of values (NN_ERROR_SYNTAX)
 */
gboolean
nn_csv_header_read (NnCsvScanner *scanner, NnCsv *table, gsize *line, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *start;

  if (!find_dialect (scanner, table, error))
    return FALSE;
  *line = scanner->line;
  start = scanner->at;
  if (!read_names (scanner, names, error))
    return FALSE;
  if (table->dialect.header == NN_CSV_HEADER_NO) {
    scanner->at = start;
    scanner->line = *line;
    number_names (names);
  }
  make_columns (table, names);
  if (!nn_csv_scanner_find_row (scanner))
    return refuse (error, _ ("the table has a header and no rows"));
  table->first_line = scanner->line;
  return TRUE;
}
