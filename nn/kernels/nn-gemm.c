/* nn-gemm.c - the products of a large dense layer, on all processors
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-gemm.h"

#include <dnnl.h>
#include <omp.h>

#include "nn/kernels/nn-threads.h"

/* Multiplications below which our own loops are faster. */
#define LEAST_WORK (1u << 18)
/* What is shared out is parted at multiples of these: whole tiles. */
#define ROW_GRAIN   6
#define INPUT_GRAIN 16

/**
 * nn_gemm_pays:
 *
 * Returns: whether a product of these sizes belongs here
 */
gboolean
nn_gemm_pays (gsize n_rows, gsize n_terms, gsize n_columns)
{
  return n_rows * n_terms * n_columns >= LEAST_WORK;
}

/* c (m,n) = a b (+ c), row-major; a and b may be stored transposed. */
static void
multiply (char transpose_a,
          char transpose_b,
          gsize m,
          gsize n,
          gsize k,
          const float *a,
          const float *b,
          float *c,
          gboolean add)
{
  const dnnl_dim_t rows = (dnnl_dim_t) m, columns = (dnnl_dim_t) n,
                   terms = (dnnl_dim_t) k;
  dnnl_status_t status;

  /* OpenMP keeps the number for each thread that asks, so it is said each time. */
  omp_set_num_threads ((int) nn_threads_get ());
  status = dnnl_sgemm (transpose_a, transpose_b, rows, columns, terms, 1, a,
                       transpose_a == 'N' ? terms : rows, b,
                       transpose_b == 'N' ? columns : terms, add ? 1 : 0, c, columns);
  if (status != dnnl_success) /* only memory that has run out can be the cause */
    g_error ("a product of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
             " numbers failed",
             m, k, n);
}

static void
product_part (gconstpointer data, gsize first, gsize end)
{
  nn_kernels_get ()->packed_product (data, first, end);
}

static void
gradients_part (gconstpointer data, gsize first, gsize end)
{
  nn_kernels_get ()->packed_gradients (data, first, end);
}

static void
add_bias_part (gconstpointer data, gsize first, gsize end)
{
  const NnProduct *p = data;

  nn_kernels_get ()->add_bias (p->y + first * p->n_columns, p->bias + first, end - first,
                               p->n_columns, p->relu);
}

static void
sum_rows_part (gconstpointer data, gsize first, gsize end)
{
  const NnGradients *g = data;
  const gsize offset = first * g->n_columns;

  nn_kernels_get ()->sum_rows (g->dz + offset, g->y ? g->y + offset : NULL,
                               g->dw + g->n_out * g->n_in + first, end - first,
                               g->n_columns, g->add);
}

void
nn_gemm_product (const NnProduct *p)
{
  if (nn_kernels_get ()->packed_product) {
    nn_threads_run (p->n_rows, ROW_GRAIN, product_part, p);
    return;
  }
  multiply (p->term_stride == 1 ? 'N' : 'T', 'N', p->n_rows, p->n_columns, p->n_terms,
            p->a, p->x, p->y, p->add);
  if (p->bias)
    nn_threads_run (p->n_rows, ROW_GRAIN, add_bias_part, p);
}

static void
input_gradient (const NnGradients *g)
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

  nn_gemm_product (&product);
}

void
nn_gemm_gradients (const NnGradients *g)
{
  nn_threads_run (g->n_out, ROW_GRAIN, sum_rows_part, g);
  if (nn_kernels_get ()->packed_gradients)
    nn_threads_run (g->n_in, INPUT_GRAIN, gradients_part, g);
  else
    multiply ('N', 'T', g->n_out, g->n_in, g->n_columns, g->dz, g->x, g->dw, g->add);
  if (g->dx)
    input_gradient (g);
}
