/* test-nn-dense-kernels.c - the inner loops of a dense layer, small and large
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-gemm.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-threads.h"
#include "numbers.h"
#include "tests/nn/kernel-sets.h"

#define MOST_UNITS 40

/* Of some set, for some sizes. */
typedef struct {
  void (*product) (const NnProduct *product);
  void (*gradients) (const NnGradients *gradients);
} Loops;

/* A sum of @n terms, each at most 4: a rounding error for each, and some more. */
static void
check_sum (float ours, double exact, gsize n)
{
  g_assert_cmpfloat (fabs ((double) ours - exact), <=, 0x1p-20 * (double) (n + 4));
}

static double
exact_product (const NnProduct *p, const float *y, gsize row, gsize column)
{
  double sum = p->bias ? (double) p->bias[row] : 0;

  if (p->add)
    sum = (double) y[row * p->y_stride + column];
  for (gsize k = 0; k < p->n_terms; k++)
    sum += (double) p->a[row * p->row_stride + k * p->term_stride] *
           (double) p->x[k * p->n_columns + column];
  return p->relu ? fmax (sum, 0) : sum;
}

static void
check_product (const Loops *loops, GRand *random, NnProduct p)
{
  const gsize n_a = p.n_rows * p.n_terms, n_y = p.n_rows * p.y_stride;
  g_autofree float *a = new_numbers (random, n_a);
  g_autofree float *bias = new_numbers (random, p.n_rows);
  g_autofree float *x = new_numbers (random, p.n_terms * p.n_columns);
  g_autofree float *y = new_numbers (random, n_y);
  g_autofree float *before = g_memdup2 (y, n_y * sizeof *y);

  p.a = a;
  p.bias = p.bias ? bias : NULL;
  p.x = x;
  p.y = y;
  loops->product (&p);
  for (gsize r = 0; r < p.n_rows; r++)
    for (gsize c = 0; c < p.y_stride; c++)
      if (c < p.n_columns)
        check_sum (y[r * p.y_stride + c], exact_product (&p, before, r, c), p.n_terms);
      else
        g_assert_cmpfloat (y[r * p.y_stride + c], ==, before[r * p.y_stride + c]);
  g_assert_cmpfloat (y[n_y], ==, BEHIND);
}

/* Forward, forward with relu, and the input's gradient, fresh and added: a is then read
 * down its columns. */
static void
check_products (const Loops *loops, GRand *random, gsize n_out, gsize n_in, gsize n)
{
  static const float some;
  const NnProduct forward = { .row_stride = n_in,
                              .term_stride = 1,
                              .bias = &some,
                              .y_stride = n,
                              .n_rows = n_out,
                              .n_terms = n_in,
                              .n_columns = n };
  const NnProduct backward = { .row_stride = 1,
                               .term_stride = n_in,
                               .y_stride = n,
                               .n_rows = n_in,
                               .n_terms = n_out,
                               .n_columns = n };
  NnProduct p = forward;

  check_product (loops, random, p);
  p.relu = TRUE;
  check_product (loops, random, p);
  p = backward;
  check_product (loops, random, p);
  p.add = TRUE;
  check_product (loops, random, p);
}

/* Into columns of a wider matrix, with a that is one of its own. */
static void
check_part_of_a_matrix (const Loops *loops, GRand *random, gsize n_out, gsize n)
{
  NnProduct p = { .row_stride = 9,
                  .term_stride = 1,
                  .y_stride = n + 5,
                  .n_rows = n_out,
                  .n_terms = 9,
                  .n_columns = n };

  check_product (loops, random, p);
  p.add = TRUE;
  check_product (loops, random, p);
}

/* dx, from the dz that check_gradients () found right. */
static void
check_input_gradients (const NnGradients *g, const float *dx_before)
{
  for (gsize i = 0; i < g->n_in * g->n_columns; i++) {
    double sum = g->add_dx ? (double) dx_before[i] : 0;

    for (gsize out = 0; out < g->n_out; out++)
      sum += (double) g->w[out * g->n_in + i / g->n_columns] *
             (double) g->dz[out * g->n_columns + i % g->n_columns];
    check_sum (g->dx[i], sum, g->n_out);
  }
}

/* dw, db and dx, and what becomes of dz where there was a relu. */
static void
check_gradients (const Loops *loops, GRand *random, NnGradients g, gboolean relu)
{
  const gsize n_dz = g.n_out * g.n_columns, n_dw = g.n_out * (g.n_in + 1);
  const gsize n_dx = g.n_in * g.n_columns;
  g_autofree float *dz = new_numbers (random, n_dz);
  g_autofree float *y = new_numbers (random, n_dz);
  g_autofree float *x = new_numbers (random, n_dx);
  g_autofree float *w = new_numbers (random, g.n_out * g.n_in);
  g_autofree float *dw = new_numbers (random, n_dw);
  g_autofree float *dx = new_numbers (random, n_dx);
  g_autofree float *dz_before = g_memdup2 (dz, n_dz * sizeof *dz);
  g_autofree float *dw_before = g_memdup2 (dw, n_dw * sizeof *dw);
  g_autofree float *dx_before = g_memdup2 (dx, n_dx * sizeof *dx);

  for (gsize i = 0; i < n_dz; i++)
    y[i] = MAX (y[i], 0);
  g.dz = dz;
  g.y = relu ? y : NULL;
  g.x = x;
  g.w = w;
  g.dw = dw;
  g.db = dw + g.n_out * g.n_in;
  g.dx = dx;
  loops->gradients (&g);
  check_input_gradients (&g, dx_before);
  for (gsize i = 0; i < n_dz; i++)
    g_assert_cmpfloat (dz[i], ==, relu && y[i] <= 0 ? 0 : dz_before[i]);
  for (gsize i = 0; i < n_dw; i++) {
    const gboolean is_bias = i >= g.n_out * g.n_in;
    const gsize out = is_bias ? i - g.n_out * g.n_in : i / g.n_in;
    double sum = g.add ? (double) dw_before[i] : 0;

    for (gsize c = 0; c < g.n_columns; c++)
      sum += (double) dz[out * g.n_columns + c] *
             (is_bias ? 1 : (double) x[i % g.n_in * g.n_columns + c]);
    check_sum (dw[i], sum, g.n_columns);
  }
  g_assert_cmpfloat (dw[n_dw], ==, BEHIND);
  g_assert_cmpfloat (dz[n_dz], ==, BEHIND);
  g_assert_cmpfloat (dx[n_dx], ==, BEHIND);
}

static void
check_loops (const Loops *loops, GRand *random, gsize n_out, gsize n_in, gsize n)
{
  NnGradients g = { .n_out = n_out, .n_in = n_in, .n_columns = n };

  check_products (loops, random, n_out, n_in, n);
  check_gradients (loops, random, g, FALSE);
  g.add = g.add_dx = TRUE;
  check_gradients (loops, random, g, TRUE);
}

static const gsize few_columns[] = { 4, 8, 16, 32, 48, 80 };

/* Every height and depth of a tile up to a few of them, at each width; a prime step for
 * the other size keeps it short. */
static void
test_kernels_equal_loops_in_double (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  const Loops loops = { set->product, set->gradients };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (gsize n_out = 1; n_out <= MOST_UNITS; n_out++)
    for (gsize k = 0; k < G_N_ELEMENTS (few_columns); k++) {
      check_part_of_a_matrix (&loops, random, n_out, few_columns[k]);
      for (gsize n_in = 1 + n_out % 7; n_in <= MOST_UNITS; n_in += 7)
        check_loops (&loops, random, n_out, n_in, few_columns[k]);
    }
}

/* More columns than are worked on at a time, and whole and broken strips of inputs. */
static void
test_many_columns_equal_loops_in_double (gconstpointer data)
{
  static const gsize columns[] = { 112, 240, 256, 272, 528 };
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  const Loops loops = { set->product, set->gradients };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (gsize k = 0; k < G_N_ELEMENTS (columns); k++)
    for (gsize n_in = 15; n_in <= 35; n_in++)
      check_loops (&loops, random, 1 + n_in % 4, n_in, columns[k]);
}

/* The loops for large layers of one set, and on one thread. */
static const NnKernels *packed_set;

static void
multiply_packed (NnPackedProduct packed)
{
  const NnProduct *p = &packed.product;
  const gsize width = packed_set->vector_width;
  const gsize n_blocks = (p->n_terms + NN_PACKED_TERMS - 1) / NN_PACKED_TERMS *
                         ((p->n_columns + 2 * width - 1) / (2 * width));
  g_autofree float *scratch =
      g_new (float, p->n_terms *((p->n_columns + width - 1) / width * width));

  packed.packed = scratch;
  packed_set->pack_blocks (&packed, 0, n_blocks);
  packed_set->packed_product (&packed, &(NnProductPart){ 0, p->n_rows, 0, p->n_columns });
}

static void
packed_product (const NnProduct *p)
{
  multiply_packed ((NnPackedProduct){
      .product = *p, .x_term_stride = p->n_columns, .x_column_stride = 1 });
}

static void
packed_gradients (const NnGradients *g)
{
  const NnProduct dw = { .a = g->dz,
                         .row_stride = g->n_columns,
                         .term_stride = 1,
                         .x = g->x,
                         .y = g->dw,
                         .y_stride = g->n_in,
                         .n_rows = g->n_out,
                         .n_terms = g->n_columns,
                         .n_columns = g->n_in,
                         .add = g->add };
  const NnProduct dx = { .a = g->w,
                         .row_stride = 1,
                         .term_stride = g->n_in,
                         .x = g->dz,
                         .y = g->dx,
                         .y_stride = g->n_columns,
                         .n_rows = g->n_in,
                         .n_terms = g->n_out,
                         .n_columns = g->n_columns,
                         .add = g->add_dx };

  packed_set->sum_rows (g->dz, g->y, g->db, g->n_out, g->n_columns, g->add);
  multiply_packed ((NnPackedProduct){
      .product = dw, .x_term_stride = 1, .x_column_stride = g->n_columns });
  packed_product (&dx);
}

/* Every rest of a tile and of a block, with less than a vector of columns and more. */
static void
test_packed_equal_loops_in_double (gconstpointer data)
{
  static const gsize columns[] = { 4, 8, 16, 48 };
  const Loops loops = { packed_product, packed_gradients };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  packed_set = kernel_sets[GPOINTER_TO_UINT (data)];
  for (gsize n_out = 1; n_out <= MOST_UNITS; n_out += 2)
    for (gsize n_in = 1 + n_out % 3; n_in <= MOST_UNITS; n_in += 3)
      check_loops (&loops, random, n_out, n_in,
                   columns[(n_out / 2 + n_in) % G_N_ELEMENTS (columns)]);
  check_loops (&loops, random, 130, 300, 272);
  check_loops (&loops, random, 300, 20, 528);
}

/* Whether the set's packed product says that an element of it is not finite, when element
 * @at of the left matrix is @value. */
static gboolean
says_not_finite (GRand *random, gsize n_columns, gsize at, float value)
{
  enum { N_ROWS = 25, N_TERMS = 300 };
  g_autofree float *a = new_numbers (random, N_ROWS * N_TERMS);
  g_autofree float *x = new_numbers (random, N_TERMS * n_columns);
  g_autofree float *y = new_numbers (random, N_ROWS * n_columns);
  gint not_finite = FALSE;

  a[at % (N_ROWS * N_TERMS)] = value;
  multiply_packed ((NnPackedProduct){ .product = { .a = a,
                                                   .row_stride = N_TERMS,
                                                   .term_stride = 1,
                                                   .x = x,
                                                   .y = y,
                                                   .y_stride = n_columns,
                                                   .n_rows = N_ROWS,
                                                   .n_terms = N_TERMS,
                                                   .n_columns = n_columns },
                                      .x_term_stride = n_columns,
                                      .x_column_stride = 1,
                                      .not_finite = &not_finite });
  return not_finite;
}

static void
test_packed_says_what_is_not_finite (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (10);

  packed_set = kernel_sets[GPOINTER_TO_UINT (data)];
  for (gsize n = 4; n <= 48; n += n < 16 ? 4 : 16)
    for (gsize at = 0; at < 25 * 300; at += 97) {
      g_assert_false (says_not_finite (random, n, at, 1e30f));
      g_assert_true (says_not_finite (random, n, at, INFINITY));
      g_assert_true (says_not_finite (random, n, at, NAN));
    }
}

/* The product of a large layer and its gradients; x is so wide that it is copied in
 * several chunks. */
static void
large_product (const NnProduct *p)
{
  g_autofree float *scratch =
      g_new (float, nn_gemm_get_scratch (p->n_rows, p->n_terms, p->n_columns));

  nn_gemm_product (p, TRUE, scratch);
}

static void
large_gradients (const NnGradients *g)
{
  g_autofree float *scratch =
      g_new (float, nn_gemm_get_scratch (g->n_out, g->n_in, g->n_columns));

  nn_gemm_gradients (g, scratch);
}

enum { N_IN = 520, N = 144 };

/* Makes a layer's output and its gradients, n_all numbers, one after the other. */
static void
compute_all (GRand *random, gsize n_out, float *all, gsize n_all)
{
  g_autofree float *x = new_numbers (random, N_IN * N);
  g_autofree float *w = new_numbers (random, n_out * N_IN);
  g_autofree float *dz = new_numbers (random, n_out * N);
  float *y = all, *dw = y + n_out * N, *db = dw + n_out * N_IN, *dx = db + n_out;

  g_assert_cmpuint (n_all, ==, (gsize) (dx + N_IN * N - all));
  large_product (&(NnProduct){ .a = w,
                               .row_stride = N_IN,
                               .term_stride = 1,
                               .x = x,
                               .y = y,
                               .y_stride = N,
                               .n_rows = n_out,
                               .n_terms = N_IN,
                               .n_columns = N });
  large_gradients (&(NnGradients){ .dz = dz,
                                   .x = x,
                                   .w = w,
                                   .dw = dw,
                                   .db = db,
                                   .dx = dx,
                                   .n_out = n_out,
                                   .n_in = N_IN,
                                   .n_columns = N });
}

/* Which thread computes an element shows in no bit of it; nor in a layer that only threads
 * that are awake help with, as those of the larger one before it still are; nor in layers of
 * which two or four threads pack copies of their own, or whose rows are so few for each
 * thread that a part has only some of the columns. */
static void
test_threads_show_in_no_bit (void)
{
  static const gsize sizes[] = { 131, 29, 515, 1031 };
  static const guint threads[] = { 1, 2, 3, 4, 7, 16, 63 };
  float *first[G_N_ELEMENTS (sizes)] = { NULL };

  for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
      g_autoptr (GRand) random = g_rand_new_with_seed (9);
      const gsize n = sizes[i] * (N + N_IN + 1) + N_IN * N;
      float *all = g_new (float, n);

      nn_threads_set (threads[t]);
      compute_all (random, sizes[i], all, n);
      if (first[i])
        g_assert_cmpmem (all, n * sizeof *all, first[i], n * sizeof *all);
      else
        first[i] = g_memdup2 (all, n * sizeof *all);
      g_free (all);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_free (first[i]);
  nn_threads_set (0);
}

/* Sizes whose copies take several chunks, of terms and of columns, too; and weights whose
 * columns are copied, as a row of them is a multiple of 8 KiB. */
static void
test_large_equal_loops_in_double (void)
{
  const Loops loops = { large_product, large_gradients };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize n_out = 1; n_out <= MOST_UNITS; n_out += 3)
    for (gsize n_in = 1 + n_out % 5; n_in <= MOST_UNITS; n_in += 5)
      for (gsize n = 16; n <= 80; n += 32)
        check_loops (&loops, random, n_out, n_in, n);
  check_loops (&loops, random, 70, 90, 128);
  check_loops (&loops, random, 3, 5000, 16);
  check_loops (&loops, random, 5, 1500, 1024);
  check_loops (&loops, random, 300, 2048, 144);
}

/* What is not a number must not be made one: PyTorch's relu keeps NaN. */
static void
test_relu_keeps_nan (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  const float a = 1, bias = 0;
  float y[4];
  const NnProduct p = { .a = &a,
                        .row_stride = 1,
                        .term_stride = 1,
                        .bias = &bias,
                        .x = (const float[]){ NAN, -1, 2, INFINITY },
                        .y = y,
                        .y_stride = 4,
                        .n_rows = 1,
                        .n_terms = 1,
                        .n_columns = 4,
                        .relu = TRUE };

  set->product (&p);
  g_assert_true (isnan (y[0]));
  g_assert_cmpmem (&y[1], 3 * sizeof *y, ((float[]){ 0, 2, INFINITY }), 3 * sizeof *y);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_set ("/nn/dense-kernels", "equal-loops-in-double",
                    test_kernels_equal_loops_in_double);
  add_for_each_set ("/nn/dense-kernels", "many-columns-equal-loops-in-double",
                    test_many_columns_equal_loops_in_double);
  add_for_each_set ("/nn/dense-kernels", "packed-equal-loops-in-double",
                    test_packed_equal_loops_in_double);
  add_for_each_set ("/nn/dense-kernels", "packed-says-what-is-not-finite",
                    test_packed_says_what_is_not_finite);
  g_test_add_func ("/nn/dense-kernels/threads-show-in-no-bit",
                   test_threads_show_in_no_bit);
  g_test_add_func ("/nn/dense-kernels/large-equal-loops-in-double",
                   test_large_equal_loops_in_double);
  add_for_each_set ("/nn/dense-kernels", "relu-keeps-nan", test_relu_keeps_nan);
  return g_test_run ();
}
