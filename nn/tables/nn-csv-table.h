/* nn-csv-table.h - the contents of a CSV file: columns of numbers and classes
 *
 * SPDX-License-Identifier: MIT
 *
 * A column is either numbers or classes: names, numbered in the order of their first
 * appearance. A word in a column of numbers is recorded with its position, so that it is
 * an error only if the column is used. A plain value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_CSV_MAX_COLUMNS 65536
#define NN_CSV_MAX_CLASSES 65535

typedef enum {
  NN_CSV_HEADER_FIND, /* to be guessed */
  NN_CSV_HEADER_YES,
  NN_CSV_HEADER_NO,
} NnCsvHeader;

/* How the text is written. On input, fields that are 0 or NULL are to be guessed. */
typedef struct {
  const char *encoding; /* (nullable) for nn_encoding_read () */
  char separator;       /* ' ': any number of blanks; once guessed, 0: a single column */
  char decimal;         /* '.' or ',' */
  NnCsvHeader header;
} NnCsvDialect;

typedef struct {
  char *name;     /* (owned) from the header, or "1", "2", …; distinct */
  float *numbers; /* (owned) [n_rows] numbers or class numbers; NaN for a missing value */
  /* (owned) (nullable) (element-type utf8) by number; NULL: numbers */
  GPtrArray *classes;
  gsize n_missing;     /* fields that are empty, ?, NA, NaN, null, … */
  gsize first_missing; /* the row of the first of them */
  gsize n_words;       /* in a column of numbers: fields that are no numbers */
  gsize first_word;    /* the row of the first of them */
  char *word;          /* (owned) (nullable) the first of them */
  gsize n_grouped;     /* fields like 1.000,5 that were not read as numbers */
  gsize first_grouped; /* the row of the first of them */
} NnCsvColumn;

typedef struct {
  gsize n_rows;
  gsize n_columns;
  NnCsvColumn *columns; /* (owned) */
  NnCsvDialect dialect; /* as given or guessed */
  gsize first_line;     /* the line of the first row, from 1 */
  guint32 *lines;       /* (owned) (nullable) [n_rows] of each row; NULL: consecutive */
  gsize n_comments;     /* comments before the header, which were skipped */
  gsize n_blank;        /* blank lines between rows, which were skipped */
  gsize first_blank;    /* the line of the first of them */
  GPtrArray *notes;     /* (owned) (element-type utf8) for the user: nn-csv-notes.h */
} NnCsv;

void nn_csv_free (NnCsv *self);

gsize nn_csv_get_line (const NnCsv *self, gsize row);
char *nn_csv_dup_place (const NnCsv *self, gsize row, gsize column);
gboolean nn_csv_check_column (const NnCsv *self, gsize column, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCsv, nn_csv_free)

G_END_DECLS
