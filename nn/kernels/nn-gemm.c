/* nn-gemm.c - the products of a large dense layer, by oneDNN
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-gemm.h"

#include <dnnl.h>
#include <omp.h>

/* Multiplications below which our own loops are faster. */
#define LEAST_WORK (1u << 18)

static gint n_threads_wanted; /* atomic; 0: one for each processor */

/**
 * nn_gemm_set_threads:
 * @n_threads: 0 for one for each processor, as it is at first
 */
void
nn_gemm_set_threads (guint n_threads)
{
  g_atomic_int_set (&n_threads_wanted, (gint) n_threads);
}

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

/* OpenMP keeps the number for each thread that asks, so it is said each time. */
static void
use_threads (void)
{
  const gint n = g_atomic_int_get (&n_threads_wanted);

  omp_set_num_threads (n > 0 ? n : (gint) g_get_num_processors ());
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

  use_threads ();
  status = dnnl_sgemm (transpose_a, transpose_b, rows, columns, terms, 1, a,
                       transpose_a == 'N' ? terms : rows, b,
                       transpose_b == 'N' ? columns : terms, add ? 1 : 0, c, columns);
  if (status != dnnl_success) /* only memory that has run out can be the cause */
    g_error ("a product of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
             " numbers failed",
             m, k, n);
}

void
nn_gemm_product (const NnProduct *p)
{
  const NnKernels *kernels = nn_kernels_get ();

  multiply (p->term_stride == 1 ? 'N' : 'T', 'N', p->n_rows, p->n_columns, p->n_terms,
            p->a, p->x, p->y, p->add);
  if (p->bias)
    kernels->add_bias (p->y, p->bias, p->n_rows, p->n_columns, p->relu);
}

void
nn_gemm_gradients (const NnGradients *g)
{
  const NnKernels *kernels = nn_kernels_get ();

  kernels->sum_rows (g->dz, g->y, g->dw + g->n_out * g->n_in, g->n_out, g->n_columns,
                     g->add);
  multiply ('N', 'T', g->n_out, g->n_in, g->n_columns, g->dz, g->x, g->dw, g->add);
  if (g->dx)
    multiply ('T', 'N', g->n_in, g->n_columns, g->n_out, g->w, g->dz, g->dx, g->add_dx);
}
