/* nn-csv-table.h - a table of text as numbers and classes
 *
 * SPDX-License-Identifier: MIT
 *
 * A column is numbers, or it is classes: names, numbered in the order of their first
 * appearance. What is neither (a word in a column of numbers) is kept with its place, so
 * that it is refused only where the column is used. A plain value with one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_CSV_MAX_COLUMNS 65536
#define NN_CSV_MAX_CLASSES 65535

typedef enum {
  NN_CSV_HEADER_FIND,
  NN_CSV_HEADER_YES,
  NN_CSV_HEADER_NO,
} NnCsvHeader;

/* What the user says; what is 0 or NULL is found. */
typedef struct {
  const char *encoding; /* (nullable) what nn_encoding_find () takes */
  char separator;       /* ' ': blanks, as many as there are; found: 0 for one column */
  char decimal;         /* '.' or ',' */
  NnCsvHeader header;
} NnCsvDialect;

typedef struct {
  char *name;     /* (owned) from the header, else "1", "2", …; no two are the same */
  float *numbers; /* (owned) [n_rows] or classes' numbers; NaN where there is none */
  GPtrArray
      *classes;    /* (owned) (nullable) (element-type utf8) by number; NULL: numbers */
  gsize n_missing; /* fields that are empty, ?, NA, NaN, null, … */
  gsize first_missing; /* its row */
  gsize n_words;       /* in a column of numbers: fields that are none */
  gsize first_word;    /* its row */
  char *word;          /* (owned) (nullable) what it is */
} NnCsvColumn;

typedef struct {
  gsize n_rows;
  gsize n_columns;
  NnCsvColumn *columns; /* (owned) */
  NnCsvDialect dialect; /* what was found or given */
  gsize first_line;     /* of the first row, from 1 */
  guint32 *lines;       /* (owned) (nullable) [n_rows]; NULL: one after another */
  gsize n_comments;     /* lines before the header that were left out */
  gsize n_blank;        /* lines between the rows that were left out */
  gsize first_blank;    /* the first of them */
  GPtrArray *notes;     /* (owned) (element-type utf8) what was found and guessed */
} NnCsv;

void nn_csv_free (NnCsv *self);

gsize nn_csv_get_line (const NnCsv *self, gsize row);
gssize nn_csv_find (const NnCsv *self, const char *name);
char *nn_csv_dup_place (const NnCsv *self, gsize row, gsize column);
gboolean nn_csv_check_column (const NnCsv *self, gsize column, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCsv, nn_csv_free)

G_END_DECLS
