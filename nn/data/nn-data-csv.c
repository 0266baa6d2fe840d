/* nn-data-csv.c - a table of text: columns by their names
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-data-kind.h"

#include <glib/gi18n.h>

#include "nn/data/nn-column-sheet.h"
#include "nn/files/nn-path.h"
#include "nn/tables/nn-csv.h"

static const char *const separators[] = { "guess", ",", ";", "\t", "|", " ", NULL };
static const char *const decimals[] = { "guess", ".", ",", NULL };
static const char *const encodings[] = { "guess", "utf-8", "utf-16", "latin-1", NULL };
static const char *const headers[] = {
  [NN_CSV_HEADER_FIND] = "guess",
  [NN_CSV_HEADER_YES] = "true",
  [NN_CSV_HEADER_NO] = "false",
  NULL,
};

static const NnSetting settings[] = {
  {
      .key = "file",
      .sentence = N_ ("a table of text, as spreadsheets write it"),
      .type = NN_SETTING_FILE,
      .offset = NN_DATA_SETTING (file),
      .required = TRUE,
      .example = "data.csv",
  },
  NN_DATA_INPUTS,
  NN_DATA_TARGETS,
  {
      .key = "separator",
      .sentence = N_ ("what is between the columns"),
      .type = NN_SETTING_CHOICE,
      .offset = NN_DATA_SETTING (separator),
      .choices = separators,
  },
  {
      .key = "decimal",
      .sentence = N_ ("the decimal sign"),
      .type = NN_SETTING_CHOICE,
      .offset = NN_DATA_SETTING (decimal),
      .choices = decimals,
  },
  {
      .key = "header",
      .sentence = N_ ("whether the first line has the columns' names"),
      .type = NN_SETTING_CHOICE,
      .offset = NN_DATA_SETTING (header),
      .choices = headers,
  },
  {
      .key = "encoding",
      .sentence = N_ ("how its characters are written"),
      .type = NN_SETTING_CHOICE,
      .offset = NN_DATA_SETTING (encoding),
      .choices = encodings,
  },
  NN_DATA_MISSING,
  NN_DATA_STANDARDISE,
  NN_DATA_VALIDATION,
};

static char *
dup_place (gconstpointer data, gsize row, gsize column)
{
  return nn_csv_dup_place (data, row, column);
}

static gboolean
check_column (gconstpointer data, gsize column, GError **error)
{
  return nn_csv_check_column (data, column, error);
}

static void
init_columns (NnColumns *columns, const NnCsv *csv)
{
  nn_columns_init (columns, csv->n_rows);
  columns->dup_place = dup_place;
  columns->check_column = check_column;
  columns->data = csv;
  for (gsize i = 0; i < csv->n_columns; i++)
    nn_columns_add (columns, csv->columns[i].name, NULL, csv->columns[i].numbers, 1,
                    csv->columns[i].classes);
}

static NnTable *
make_table (const NnCsv *csv, const NnDataSpec *spec, GError **error)
{
  g_auto (NnColumns) columns = { 0 };
  NnTable *table;

  init_columns (&columns, csv);
  table = nn_columns_make_table (&columns, spec, error);
  for (guint i = 0; table != NULL && i < csv->notes->len; i++)
    g_ptr_array_insert (table->notes, (int) i, g_strdup (csv->notes->pdata[i]));
  return table;
}

static NnCsvDialect
get_dialect (const NnDataSpec *spec)
{
  return (NnCsvDialect){
    .encoding = spec->encoding > 0 ? encodings[spec->encoding] : NULL,
    .separator = spec->separator > 0 ? separators[spec->separator][0] : '\0',
    .decimal = spec->decimal > 0 ? decimals[spec->decimal][0] : '\0',
    .header = (NnCsvHeader) spec->header,
  };
}

static NnCsv *
open_file (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  const NnCsvDialect dialect = get_dialect (spec);

  return nn_csv_open (spec->file, &dialect, progress, error);
}

static NnTable *
load (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  g_autoptr (NnCsv) csv = open_file (spec, progress, error);
  NnTable *table;

  if (csv == NULL)
    return NULL;
  table = make_table (csv, spec, error);
  if (table == NULL) {
    g_autofree char *name = nn_path_dup_display_name (spec->file);

    g_prefix_error (error, "%s: ", name);
  }
  return table;
}

static NnTable *
parse (const NnDataSpec *spec,
       char *bytes,
       gsize n_bytes,
       const NnProgress *progress,
       GError **error)
{
  const NnCsvDialect dialect = get_dialect (spec);
  g_autoptr (NnCsv) csv = nn_csv_parse_take (bytes, n_bytes, &dialect, progress, error);

  return csv != NULL ? make_table (csv, spec, error) : NULL;
}

static NnSheet *
load_sheet (const NnDataSpec *spec, const NnProgress *progress, GError **error)
{
  g_autoptr (NnCsv) csv = open_file (spec, progress, error);
  g_auto (NnColumns) columns = { 0 };

  if (csv == NULL)
    return NULL;
  init_columns (&columns, csv);
  return nn_column_sheet_new (&columns);
}

const NnDataKind nn_data_csv = {
  .sentence =
      N_ ("a table of text, its columns by their names; what is not said is guessed"),
  .settings = NN_SETTINGS (settings),
  .is_table = TRUE,
  .load = load,
  .parse = parse,
  .load_sheet = load_sheet,
};
