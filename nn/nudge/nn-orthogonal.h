/* nn-orthogonal.h - the orthogonal matrix that is in a matrix
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nn_orthogonal_make (const float *matrix,
                         gsize n_rows,
                         gsize n_columns,
                         double *work,
                         float *result);

G_END_DECLS
