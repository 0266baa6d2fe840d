/* nn-csv-column.h - collects a column of a CSV file: numbers or classes
 *
 * SPDX-License-Identifier: MIT
 *
 * Which of the two is known only at the end, so both are collected as long as both are
 * possible. One owner.
 */

#pragma once

#include "nn/tables/nn-csv-classes.h"
#include "nn/tables/nn-csv-scanner.h"
#include "nn/tables/nn-csv-table.h"

G_BEGIN_DECLS

/* Fields of one sort: how many, and the row of the first. */
typedef struct {
  gsize n;
  gsize first;
} NnCsvCount;

typedef struct {
  gsize capacity; /* rows */
  float *numbers; /* (owned) [capacity] NaN for a field that is no number */
  guint16 *ids;   /* (owned) (nullable) [n_ids] class numbers */
  gsize n_ids;
  NnCsvClasses *classes; /* (owned) (nullable) NULL once it cannot be classes */
  NnCsvCount count_of_numbers;
  NnCsvCount words;
  NnCsvCount missing;
  NnCsvCount signs;   /* - and . */
  char *word;         /* (owned) (nullable) the first of the words */
  NnCsvCount grouped; /* words that are numbers with points after thousands */
  gboolean sure;      /* one of them can be nothing else */
  guint8 *is_grouped; /* (owned) (nullable) [capacity / 8 + 1] a bit for each row */
} NnCsvColumnReader;

gboolean nn_csv_column_init (NnCsvColumnReader *self, gsize capacity);
void nn_csv_column_clear (NnCsvColumnReader *self);

gboolean nn_csv_column_add_number (NnCsvColumnReader *self,
                                   gsize row,
                                   float number,
                                   const NnCsvField *field);
gboolean nn_csv_column_add (NnCsvColumnReader *self,
                            gsize row,
                            char decimal,
                            const NnCsvField *field);
void nn_csv_column_finish (NnCsvColumnReader *self,
                           gsize n_rows,
                           char decimal,
                           NnCsvColumn *column);

G_END_DECLS
