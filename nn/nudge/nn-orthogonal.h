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
void
nn_orthogonal_make_doubles (double *matrix, gsize n_rows, gsize n_columns, double *work);

G_END_DECLS
