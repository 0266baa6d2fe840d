/* nn-orthogonal.h - orthogonalises a matrix, as torch.nn.init.orthogonal_ does
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
