/* nn-array-area.h - the elements of arrays in a file that a target selects
 *
 * SPDX-License-Identifier: MIT
 *
 * The counterpart of nn/nudge/nn-area.h, for arrays of any name and shape. The first
 * index is the row; the others, flattened, are the column; a vector has rows only. The
 * target fc1 means those of fc1, fc1.weight and fc1.bias that exist; a pattern is matched
 * against whole names. An array without a name is called "array".
 *
 * A plain value that borrows the array and, for edges, the target.
 */

#pragma once

#include "nn/arrays/nn-array-file.h"
#include "nn/expression/nn-operands.h"
#include "nn/nudge/nn-target.h"

G_BEGIN_DECLS

typedef struct {
  guint index;          /* of the array in the file */
  const NnArray *array; /* (not owned) */
  guint64 n;            /* selected elements */
  gboolean whole;       /* every element, in order */
  gsize row_length;     /* columns of the array */
  gsize first_row;
  gsize n_rows;
  gsize row_step;
  gsize first_column;
  gsize n_columns;
  gsize column_step;
  const NnEdge *edges; /* (not owned) (nullable) (n) used instead of rows and columns */
} NnArrayArea;

const char *nn_array_area_get_name (const NnArray *array);
void nn_array_area_init_whole (NnArrayArea *self, const NnArray *array, guint index);
gboolean nn_array_area_find (GArray *areas,
                             const NnTarget *target,
                             const NnArrayFile *file,
                             GPtrArray *left,
                             GError **error);
guint64 nn_array_area_get_flat_index (const NnArrayArea *self, guint64 element);
char *nn_array_area_dup_element_name (const NnArrayArea *self, guint64 element);
NnOperands nn_array_area_get_shape (const NnArrayArea *self);

G_END_DECLS
