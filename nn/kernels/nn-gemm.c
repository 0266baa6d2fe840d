/* nn-gemm.c - the products of a large dense layer, on several threads
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-gemm.h"

#include "nn/kernels/nn-threads.h"

/* Multiplications below which the loops that copy nothing are faster. */
#define MIN_WORK (1u << 18)
/* And below which one thread is: 15 microseconds. */
#define MIN_SHARED_WORK (1u << 21)
/* Floats that are copied before the product goes on, 4 MiB, so that the copy of a long
 * table does not need as much memory again. */
#define CHUNK         (1u << 20)
#define CHUNK_COLUMNS 2048

/**
 * nn_gemm_pays:
 *
 * Returns: whether a product of these sizes belongs here
 */
gboolean
nn_gemm_pays (gsize n_rows, gsize n_terms, gsize n_columns)
{
  return n_rows * n_terms * n_columns >= MIN_WORK;
}

static gsize
round_up (gsize n, gsize step)
{
  return (n + step - 1) / step * step;
}

static gsize
get_chunk_terms (gsize n_columns)
{
  const gsize n_padded = round_up (n_columns, nn_kernels_get ()->vector_width);

  return MAX (CHUNK / n_padded / NN_PACKED_TERMS, 1) * NN_PACKED_TERMS;
}

/* Returns: the floats that a chunk of x (n_terms, n_columns) takes at most */
static gsize
get_packed_size (gsize n_terms, gsize n_columns)
{
  const gsize n_chunk = MIN (n_columns, CHUNK_COLUMNS);

  return MIN (n_terms, get_chunk_terms (n_chunk)) *
         round_up (n_chunk, nn_kernels_get ()->vector_width);
}

/**
 * nn_gemm_get_scratch:
 *
 * Returns: how many floats of scratch memory a layer's product and gradients need
 */
gsize
nn_gemm_get_scratch (gsize n_out, gsize n_in, gsize n_columns)
{
  return MAX (get_packed_size (MAX (n_out, n_in), n_columns),
              get_packed_size (n_columns, n_in));
}

static void
pack_part (gconstpointer data, gsize first, gsize end)
{
  nn_kernels_get ()->pack_blocks (data, first, end);
}

static void
product_part (gconstpointer data, gsize first, gsize end)
{
  nn_kernels_get ()->packed_product (data, first, end);
}

static void
multiply_chunk (const NnPackedProduct *packed, gboolean shared)
{
  const NnProduct *p = &packed->product;
  const gsize tile_columns = 2 * nn_kernels_get ()->vector_width;
  const gsize n_blocks = (p->n_terms + NN_PACKED_TERMS - 1) / NN_PACKED_TERMS *
                         ((p->n_columns + tile_columns - 1) / tile_columns);

  if (shared && p->n_terms * p->n_columns >= NN_THREADS_MIN_FLOATS)
    nn_threads_run (n_blocks, 1, pack_part, packed);
  else
    pack_part (packed, 0, n_blocks);
  if (shared)
    nn_threads_run (p->n_rows, NN_PACKED_ROWS, product_part, packed);
  else
    product_part (packed, 0, p->n_rows);
}

/* Those terms and columns of @whole that begin at @term and @column. */
static NnPackedProduct
get_chunk (const NnPackedProduct *whole, gsize term, gsize n_terms, gsize column)
{
  const NnProduct *p = &whole->product;
  NnPackedProduct chunk = *whole;
  NnProduct *part = &chunk.product;

  part->n_terms = MIN (n_terms, p->n_terms - term);
  part->n_columns = MIN (CHUNK_COLUMNS, p->n_columns - column);
  part->a += term * p->term_stride;
  part->x += term * whole->x_term_stride + column * whole->x_column_stride;
  part->y += column;
  part->add |= term > 0;
  part->relu &= term + part->n_terms == p->n_terms;
  return chunk;
}

static void
multiply (const NnPackedProduct *whole)
{
  const NnProduct *p = &whole->product;
  const gsize n_terms = get_chunk_terms (MIN (p->n_columns, CHUNK_COLUMNS));
  const gboolean shared = p->n_rows * p->n_terms * p->n_columns >= MIN_SHARED_WORK;

  for (gsize column = 0; column < p->n_columns; column += CHUNK_COLUMNS)
    for (gsize term = 0; term < p->n_terms; term += n_terms) {
      const NnPackedProduct chunk = get_chunk (whole, term, n_terms, column);

      multiply_chunk (&chunk, shared);
    }
}

/**
 * nn_gemm_product:
 * @scratch: see nn_gemm_get_scratch ()
 */
void
nn_gemm_product (const NnProduct *product, float *scratch)
{
  const NnPackedProduct packed = { .product = *product,
                                   .x_term_stride = product->n_columns,
                                   .x_column_stride = 1,
                                   .packed = scratch };

  multiply (&packed);
}

/* dw = dz xᵀ. Returns: whether it is known to be finite */
static gboolean
weight_gradient (const NnGradients *g, float *scratch)
{
  gint not_finite = FALSE;
  const NnPackedProduct packed = { .product = { .a = g->dz,
                                                .row_stride = g->n_columns,
                                                .term_stride = 1,
                                                .x = g->x,
                                                .y = g->dw,
                                                .y_stride = g->n_in,
                                                .n_rows = g->n_out,
                                                .n_terms = g->n_columns,
                                                .n_columns = g->n_in,
                                                .add = g->add },
                                   .x_term_stride = 1,
                                   .x_column_stride = g->n_columns,
                                   .packed = scratch,
                                   .not_finite = &not_finite };

  multiply (&packed);
  return !g_atomic_int_get (&not_finite);
}

/* dx = wᵀ dz */
static void
input_gradient (const NnGradients *g, float *scratch)
{
  const NnProduct product = { .a = g->w,
                              .row_stride = 1,
                              .term_stride = g->n_in,
                              .x = g->dz,
                              .y = g->dx,
                              .y_stride = g->n_columns,
                              .n_rows = g->n_in,
                              .n_terms = g->n_out,
                              .n_columns = g->n_columns,
                              .add = g->add_dx };

  nn_gemm_product (&product, scratch);
}

static void
sum_rows_part (gconstpointer data, gsize first, gsize end)
{
  const NnGradients *g = data;
  const gsize offset = first * g->n_columns;

  nn_kernels_get ()->sum_rows (g->dz + offset, g->y ? g->y + offset : NULL, g->db + first,
                               end - first, g->n_columns, g->add);
}

/**
 * nn_gemm_gradients:
 * @scratch: see nn_gemm_get_scratch ()
 *
 * While dw is in registers it costs little to see whether it is finite; reading it again
 * for that took 1 % of a step of W4 and W5.
 *
 * Returns: TRUE if all of dw and db is finite. FALSE says nothing
 */
gboolean
nn_gemm_gradients (const NnGradients *g, float *scratch)
{
  gboolean finite;

  if (g->n_out * g->n_columns >= NN_THREADS_MIN_FLOATS)
    nn_threads_run (g->n_out, NN_PACKED_ROWS, sum_rows_part, g);
  else
    sum_rows_part (g, 0, g->n_out);
  finite =
      weight_gradient (g, scratch) && nn_kernels_get ()->all_finite (g->db, g->n_out);
  if (g->dx)
    input_gradient (g, scratch);
  return finite;
}
