/* nn-columns.h - named columns of numbers, from which a data set is made
 *
 * SPDX-License-Identifier: MIT
 *
 * What CSV and files of arrays have in common: choosing inputs and targets, missing
 * values, names of classes. The reader of a format adds its columns, sets dup_place and
 * makes the table. Numbers are borrowed: they must outlive the columns, not the table.
 * One owner.
 */

#pragma once

#include "nn/data/nn-data-kind.h"

G_BEGIN_DECLS

typedef struct {
  char *name;           /* (owned) */
  const char *array;    /* (nullable) the array that the column is part of */
  const float *numbers; /* [n_rows], one every @stride; NaN where a value is missing */
  gsize stride;         /* in numbers */
  /* (nullable) (element-type utf8) if numbers stand for names */
  const GPtrArray *classes;
} NnColumn;

typedef struct {
  gsize n_rows;
  GArray *columns; /* (owned) (element-type NnColumn) */

  /* Returns: (transfer full): where a number is, for an error: "line 12, column 3 (x)" */
  char *(*dup_place) (gconstpointer data, gsize row, gsize column);

  /* (nullable) Called for each chosen column: FALSE if the file's contents forbid it. */
  gboolean (*check_column) (gconstpointer data, gsize column, GError **error);
  gconstpointer data; /* (not owned) of both functions */
} NnColumns;

void nn_columns_init (NnColumns *self, gsize n_rows);
void nn_columns_clear (NnColumns *self);
void nn_columns_add (NnColumns *self,
                     const char *name,
                     const char *array,
                     const float *numbers,
                     gsize stride,
                     const GPtrArray *classes);

NnTable *nn_columns_make_table (const NnColumns *self,
                                const NnDataSpec *spec,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnColumns, nn_columns_clear)

G_END_DECLS
