/* nn-columns.h - columns of numbers by name, and which of them a network learns from
 *
 * SPDX-License-Identifier: MIT
 *
 * What is common to tables of text and to files of arrays: which columns are inputs and
 * which targets, what becomes of missing values and of names of classes. Borrowed numbers;
 * one owner.
 */

#pragma once

#include "nn/data/nn-data-kind.h"

G_BEGIN_DECLS

typedef struct {
  char *name;           /* (owned) */
  const char *array;    /* (nullable) a name for all columns of an array */
  const float *numbers; /* [n_rows], one every @stride; NaN where a value is missing */
  gsize stride;         /* in numbers */
  const GPtrArray *classes; /* (nullable) (element-type utf8) names by number */
} NnColumn;

typedef struct {
  gsize n_rows;
  GArray *columns; /* (owned) (element-type NnColumn) */

  /* Returns: (transfer full): how a user finds a number: "line 12, column 3 (x)" */
  char *(*dup_place) (gconstpointer data, gsize row, gsize column);

  /* (nullable) Whether a column can be used. */
  gboolean (*check_column) (gconstpointer data, gsize column, GError **error);
  gconstpointer data;
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
