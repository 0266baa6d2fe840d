/* nn-array-columns.h - a data set from a file of arrays (.npz, .npy …)
 *
 * SPDX-License-Identifier: MIT
 *
 * The first dimension of an array counts examples; each element of the others is a
 * column, named "x", or "x[3]" if there are several. nn-columns.h decides which are
 * inputs and which targets.
 */

#pragma once

#include "nn/arrays/nn-array-file.h"
#include "nn/data/nn-data-kind.h"

G_BEGIN_DECLS

gsize nn_array_get_row_size (const NnArray *array);
NnTable *nn_array_columns_make_table (const NnArrayFile *file,
                                      const NnDataSpec *spec,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnSheet *nn_array_columns_make_sheet (const NnArrayFile *file,
                                      const NnDataSpec *spec,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
