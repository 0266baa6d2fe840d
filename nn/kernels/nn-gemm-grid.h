/* nn-gemm-grid.h - the parts of a product of large matrices that threads take
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to nn-gemm.c. For each part of a product its thread reads the packed columns again,
 * so a part of few rows spends its time on reading. Such rows are not cut further: the part has
 * some of the columns instead.
 */

#pragma once

#include "nn/kernels/nn-kernels.h"

G_BEGIN_DECLS

/* Numbered row by row, so that a thread whose parts follow each other has few rows. */
typedef struct {
  const NnPackedProduct *product;
  gsize n_down;   /* parts of the rows */
  gsize n_across; /* and of the columns */
} NnGemmGrid;

NnGemmGrid nn_gemm_grid_get (const NnPackedProduct *product, guint n_threads);
gsize nn_gemm_grid_count (const NnGemmGrid *grid);
void nn_gemm_grid_compute (const NnGemmGrid *grid,
                           const NnPackedProduct *product,
                           gsize first,
                           gsize end);

G_END_DECLS
