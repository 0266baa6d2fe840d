/* nn-array-columns.h - the arrays of a file as examples
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "nn/data/nn-data-kind.h"
#include "nn/files/nn-array-file.h"

G_BEGIN_DECLS

gsize nn_array_get_row_size (const NnArray *array);
NnTable *nn_array_columns_make_table (const NnArrayFile *file,
                                      const NnDataSpec *spec,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnSheet *nn_array_columns_make_sheet (const NnArrayFile *file,
                                      const NnDataSpec *spec,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
