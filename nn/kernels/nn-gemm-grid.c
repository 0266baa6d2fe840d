/* nn-gemm-grid.c - the parts of a product of large matrices that threads take
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-gemm-grid.h"

#include "nn/kernels/nn-pool.h"

/* A part begins at a multiple of so many rows. With NN_PACKED_ROWS one of two threads had 258 of
 * W4's 512 rows, and the other waited 1.5 us for it in each product. Now each has the rows whose
 * weights it changes in Adam's step. */
#define GRAIN_ROWS 4
/* And has at least so many, as long as the columns can be cut instead. When one thread computed
 * all parts of 4, 8 and 16 threads, and only rows were cut, W4 made 95, 98 and 86 % of the steps
 * that it makes now, and W5 100, 99 and 93 %. */
#define MIN_ROWS 64

static gsize
count_grains (gsize n, gsize grain)
{
  return (n + grain - 1) / grain;
}

/**
 * nn_gemm_grid_get:
 * @n_threads: that share the product
 */
NnGemmGrid
nn_gemm_grid_get (const NnPackedProduct *product, guint n_threads)
{
  const NnProduct *p = &product->product;
  const gsize tile_columns = 2 * nn_kernels_get ()->vector_width;
  gsize n_down = NN_POOL_PARTS_PER_THREAD;

  if (n_threads <= 1)
    return (NnGemmGrid){ product, 1, 1 };
  while (n_down > 1 && p->n_rows / (n_threads * n_down) < MIN_ROWS)
    n_down /= 2;
  return (NnGemmGrid){
    .product = product,
    .n_down = CLAMP (n_threads * n_down, 1, count_grains (p->n_rows, GRAIN_ROWS)),
    .n_across = CLAMP (NN_POOL_PARTS_PER_THREAD / n_down, 1,
                       count_grains (p->n_columns, tile_columns)),
  };
}

gsize
nn_gemm_grid_count (const NnGemmGrid *grid)
{
  return grid->n_down * grid->n_across;
}

/* Returns: where part @index of @n_parts begins */
static gsize
get_start (gsize index, gsize n_parts, gsize n, gsize grain)
{
  return MIN (index * count_grains (n, grain) / n_parts * grain, n);
}

/**
 * nn_gemm_grid_compute:
 * @product: @grid's, or as that with another packed copy
 *
 * Computes parts @first to before @end.
 */
void
nn_gemm_grid_compute (const NnGemmGrid *grid,
                      const NnPackedProduct *product,
                      gsize first,
                      gsize end)
{
  const NnKernels *kernels = nn_kernels_get ();
  const NnProduct *p = &product->product;
  const gsize tile_columns = 2 * kernels->vector_width;

  for (gsize part = first; part < end; part++) {
    const gsize down = part / grid->n_across;
    const gsize across = part % grid->n_across;
    const NnProductPart cut = {
      .first_row = get_start (down, grid->n_down, p->n_rows, GRAIN_ROWS),
      .end_row = get_start (down + 1, grid->n_down, p->n_rows, GRAIN_ROWS),
      .first_column = get_start (across, grid->n_across, p->n_columns, tile_columns),
      .end_column = get_start (across + 1, grid->n_across, p->n_columns, tile_columns),
    };

    kernels->packed_product (product, &cut);
  }
}
