/* bench-gemm.c - what it costs to cut a product into parts for threads
 *
 * SPDX-License-Identifier: MIT
 *
 *   bench-gemm [--seconds 1]
 *
 * One thread computes all parts of so many threads, so that a machine with few processors
 * shows it, too. Prints one JSON object for each product and number of threads: which part of the
 * speed of the uncut product is left with the parts that Nudge makes (nn-gemm-grid.h), and with
 * as many that have some of the rows and all columns. The three take turns.
 */

#include <stdio.h>
#include <stdlib.h>

#include "nn/kernels/nn-gemm-grid.h"
#include "nn/kernels/nn-pool.h"
#include "nn/tensor/nn-random.h"

#define ROUNDS 20

/* Of a layer with as many inputs as outputs. */
typedef struct {
  const char *name;
  gsize n_rows;
  gsize n_terms;
  gsize n_columns;
  gboolean transposed; /* the matrix on the left is, as weights are in dx = wᵀ dz */
} Size;

static const Size sizes[] = {
  { "W4 y", 512, 512, 128, FALSE },    { "W4 dw", 512, 128, 512, FALSE },
  { "W4 dx", 512, 512, 128, TRUE },    { "W5 y", 2048, 2048, 256, FALSE },
  { "W5 dw", 2048, 256, 2048, FALSE }, { "W5 dx", 2048, 2048, 256, TRUE },
};

static void
compute_whole (const NnGemmGrid *grid)
{
  const NnProduct *p = &grid->product->product;

  nn_kernels_get ()->packed_product (grid->product,
                                     &(NnProductPart){ 0, p->n_rows, 0, p->n_columns });
}

static void
compute_parts (const NnGemmGrid *grid)
{
  nn_gemm_grid_compute (grid, grid->product, 0, nn_gemm_grid_count (grid));
}

static void
compute_rows (const NnGemmGrid *grid)
{
  const NnProduct *p = &grid->product->product;
  const gsize n = MIN (nn_gemm_grid_count (grid), p->n_rows);

  for (gsize i = 0; i < n; i++)
    nn_kernels_get ()->packed_product (
        grid->product,
        &(NnProductPart){ i * p->n_rows / n, (i + 1) * p->n_rows / n, 0, p->n_columns });
}

/* Returns: calls per second */
static double
measure (void (*compute) (const NnGemmGrid *), const NnGemmGrid *grid, double seconds)
{
  const gint64 start = g_get_monotonic_time ();
  guint64 n_calls = 0;
  gint64 elapsed;

  do {
    compute (grid);
    n_calls++;
    elapsed = g_get_monotonic_time () - start;
  } while ((double) elapsed < seconds * 1e6);
  return (double) n_calls * 1e6 / (double) elapsed;
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return (values[ROUNDS / 2 - 1] + values[ROUNDS / 2]) / 2;
}

static void
bench (const Size *size, const NnPackedProduct *product, guint n_threads, double seconds)
{
  const NnGemmGrid grid = nn_gemm_grid_get (product, n_threads);
  double parts[ROUNDS], rows[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++) {
    const double whole = measure (compute_whole, &grid, seconds / ROUNDS / 3);

    parts[i] = measure (compute_parts, &grid, seconds / ROUNDS / 3) / whole;
    rows[i] = measure (compute_rows, &grid, seconds / ROUNDS / 3) / whole;
  }
  printf ("{\"product\":\"%s\",\"threads\":%u,\"parts\":%.3f,\"rows_alone\":%.3f}\n",
          size->name, n_threads, get_median (parts), get_median (rows));
  fflush (stdout);
}

static void
bench_size (const Size *size, double seconds)
{
  static const guint threads[] = { 2, 4, 8, 16 };
  const gsize n_left = size->n_rows * size->n_terms;
  const gsize n_right = size->n_terms * size->n_columns;
  const gsize n = size->n_rows * size->n_columns;
  g_autoptr (NnRandom) random = nn_random_new (1);
  float *left = g_aligned_alloc (n_left, sizeof *left, 64);
  float *packed = g_aligned_alloc (n_right, sizeof *packed, 64);
  float *y = g_aligned_alloc (n, sizeof *y, 64);
  const NnPackedProduct product = {
    .product = { .a = left,
                 .row_stride = size->transposed ? 1 : size->n_terms,
                 .term_stride = size->transposed ? size->n_rows : 1,
                 .y = y,
                 .y_stride = size->n_columns,
                 .n_rows = size->n_rows,
                 .n_terms = size->n_terms,
                 .n_columns = size->n_columns },
    .packed = packed,
  };

  nn_random_fill_uniform (random, -1, 1, left, n_left);
  nn_random_fill_uniform (random, -1, 1, packed, n_right);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    bench (size, &product, threads[i], seconds);
  g_aligned_free (left);
  g_aligned_free (packed);
  g_aligned_free (y);
}

int
main (int argc, char **argv)
{
  double seconds = 1;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "For each", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "bench-gemm: %s\n", error->message);
    return 2;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    bench_size (&sizes[i], seconds);
  return 0;
}
