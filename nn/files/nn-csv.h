/* nn-csv.h - a table of text: rows of fields, as spreadsheets and programs write them
 *
 * SPDX-License-Identifier: MIT
 *
 * Finds encoding, separator, decimal sign and header by itself and says what it found;
 * what it guessed can be given. A column is numbers, or it is classes: names, numbered in
 * the order of their first appearance.
 */

#pragma once

#include "nn/base/nn-progress.h"

G_BEGIN_DECLS

typedef enum {
  NN_CSV_HEADER_FIND,
  NN_CSV_HEADER_YES,
  NN_CSV_HEADER_NO,
} NnCsvHeader;

/* What the user says; what is 0 or NULL is found. */
typedef struct {
  const char *encoding; /* (nullable) "utf-8", "utf-16", "latin-1" */
  char separator;       /* ',' ';' '\t' '|' ' ', or 0 */
  char decimal;         /* '.' ',' or 0 */
  NnCsvHeader header;
} NnCsvDialect;

typedef struct {
  char *name; /* (owned) from the header, else "1", "2", … */
  float *
      numbers; /* (owned) [n_rows] class numbers where there are classes; NaN where missing */
  GPtrArray *
      classes; /* (owned) (nullable) (element-type utf8) names by number; NULL: numbers */
  gsize n_missing; /* fields that are empty, ?, NA, NaN, null … */
} NnCsvColumn;

typedef struct {
  gsize n_rows;
  gsize n_columns;
  NnCsvColumn *columns; /* (owned) */
  NnCsvDialect dialect; /* what was found or given */
  guint32 *
      lines; /* (owned) (nullable) [n_rows] a row's line in the file, from 1; NULL: row + first_line */
  gsize first_line; /* of the first row */
  GPtrArray
      *notes; /* (owned) (element-type utf8) sentences: what was found and guessed */
} NnCsv;

NnCsv *nn_csv_parse (const char *bytes,
                     gsize n_bytes,
                     const NnCsvDialect *dialect,
                     const NnProgress *progress,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_csv_free (NnCsv *self);
gsize nn_csv_get_line (const NnCsv *self, gsize row);
gssize nn_csv_find (const NnCsv *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCsv, nn_csv_free)

G_END_DECLS
