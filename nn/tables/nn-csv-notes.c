/* nn-csv-notes.c - tells the user what was found and guessed in a CSV file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-notes.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

#include "nn/base/nn-text.h"

#define MAX_COLUMNS  8 /* columns that are listed */
#define MOST_CLASSES 10

static void note (NnCsv *table, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (NnCsv *table, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (table->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static char *
dup_separator (char separator)
{
  switch (separator) {
  case '\0':
    return g_strdup (_ ("one column"));
  case ' ':
    return g_strdup (_ ("separated by blanks"));
  case '\t':
    return g_strdup (_ ("separated by tabs"));
  default:
    return g_strdup_printf (_ ("separator '%c'"), separator);
  }
}

static void
note_dialect (NnCsv *table)
{
  const NnCsvDialect *dialect = &table->dialect;
  g_autofree char *separator = dup_separator (dialect->separator);
  g_autoptr (GString) text = g_string_new (separator);

  g_string_append (text, dialect->decimal == ',' ? _ (", decimal comma")
                                                 : _ (", decimal point"));
  if (dialect->header == NN_CSV_HEADER_YES)
    g_string_append_printf (
        text,
        ngettext (", a header of %zu name", ", a header of %zu names", table->n_columns),
        table->n_columns);
  else if (table->n_columns == 1)
    g_string_append (text, _ (", no header: the column is called 1"));
  else
    g_string_append_printf (text, _ (", no header: columns are called 1 to %zu"),
                            table->n_columns);
  if (strcmp (dialect->encoding, "utf-8") != 0)
    g_string_append_printf (text, _ (", encoding %s"), dialect->encoding);
  note (table, "%s", text->str);
}

static void
note_lines (NnCsv *table)
{
  if (table->n_comments > 0)
    note (table,
          ngettext ("%zu line before the table left out: #",
                    "%zu lines before the table left out: #", table->n_comments),
          table->n_comments);
  if (table->n_blank > 0)
    note (table,
          ngettext ("%zu blank line left out, the first is line %zu",
                    "%zu blank lines left out, the first is line %zu", table->n_blank),
          table->n_blank, table->first_blank);
}

static void
note_classes (NnCsv *table, const NnCsvColumn *column)
{
  g_autofree char *name = nn_text_dup_quoted (column->name);
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = column->classes->len;

  for (guint i = 0; i < MIN (n, MOST_CLASSES); i++) {
    g_autofree char *class = nn_text_dup_quoted (column->classes->pdata[i]);

    g_string_append_printf (text, "%s%s %u", i > 0 ? ", " : "", class, i);
  }
  note (table,
        ngettext ("column %s is %u class: %s%s", "column %s is %u classes: %s%s", n),
        name, n, text->str, n > MOST_CLASSES ? ", …" : "");
}

static void
note_grouped (NnCsv *table, gsize k)
{
  g_autofree char *place = nn_csv_dup_place (table, table->columns[k].first_grouped, k);

  note (table,
        _ ("%s: points after thousands, as in 1.000,5, are read with a decimal comma and "
           "if the column has only such numbers; else leave them out of the file"),
        place);
}

static void
note_columns (NnCsv *table)
{
  gsize n_grouped = 0;
  gsize n_classes = 0;
  gsize n_words = 0;

  for (gsize i = 0; i < table->n_columns; i++) {
    g_autoptr (GError) error = NULL;

    if (table->columns[i].classes != NULL && n_classes++ < MAX_COLUMNS)
      note_classes (table, &table->columns[i]);
    if (table->columns[i].n_grouped > 0 && n_grouped++ == 0)
      note_grouped (table, i);
    if (!nn_csv_check_column (table, i, &error) && n_words++ < MAX_COLUMNS)
      note (table, "%s", error->message);
  }
  if (n_classes > MAX_COLUMNS)
    note (table, _ ("%zu more columns are classes"), n_classes - MAX_COLUMNS);
  if (n_words > MAX_COLUMNS)
    note (table, _ ("%zu more columns have something that is not a number"),
          n_words - MAX_COLUMNS);
}

static void
note_missing (NnCsv *table)
{
  gsize first = table->n_columns;
  gsize n = 0;
  g_autofree char *place = NULL;

  for (gsize i = 0; i < table->n_columns; i++) {
    const NnCsvColumn *column = &table->columns[i];

    n += column->n_missing;
    if (column->n_missing > 0 &&
        (first == table->n_columns ||
         column->first_missing < table->columns[first].first_missing))
      first = i;
  }
  if (n == 0)
    return;
  place = nn_csv_dup_place (table, table->columns[first].first_missing, first);
  note (table,
        ngettext ("%zu missing value, the first in %s",
                  "%zu missing values, the first in %s", n),
        n, place);
}

/**
 * nn_csv_notes_add:
 * @table: (inout): complete; the notes are added to its own
 */
void
nn_csv_notes_add (NnCsv *table)
{
  note_dialect (table);
  note_lines (table);
  note_columns (table);
  note_missing (table);
}
