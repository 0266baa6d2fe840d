/* nn-sheet.h - a preview of a data file, in which a user chooses columns
 *
 * SPDX-License-Identifier: MIT
 *
 * Its columns, with the role that each would be guessed to have, and the first rows as
 * text. Filled by its maker, then immutable; one owner.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_SHEET_MAX_ROWS 100

typedef enum {
  NN_COLUMN_UNUSED,
  NN_COLUMN_INPUT,
  NN_COLUMN_TARGET,
} NnColumnRole;

typedef struct {
  char *name;        /* (owned) */
  NnColumnRole role; /* guessed */
  gsize n_classes;   /* 0: numbers */
  gsize n_missing;   /* missing values */
  const char *flaw;  /* (nullable) why it is unused: nn_column_guess_flaw () */
} NnSheetColumn;

typedef struct {
  gsize n_rows;
  gsize n_columns;
  gsize n_shown;          /* rows in cells, at most NN_SHEET_MAX_ROWS */
  NnSheetColumn *columns; /* (owned) [n_columns] */
  char **cells;           /* (owned) [n_shown][n_columns]; "" where a value is missing */
} NnSheet;

NnSheet *nn_sheet_new (gsize n_rows, gsize n_columns) G_GNUC_WARN_UNUSED_RESULT;
void nn_sheet_free (NnSheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSheet, nn_sheet_free)

G_END_DECLS
