/* test-nn-dense.c - a dense layer, its kernels and its gradients
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense.h"

#include <math.h>
#include <string.h>

#include "kernel-sets.h"
#include "nn-differences.h"
#include "nn-ops.h"
#include "nn/kernels/nn-gemm.h"
#include "nn/kernels/nn-threads.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-tensor-private.h"

#define MOST_UNITS    40
#define MOST_EXAMPLES 70
#define BEHIND        1234.0f /* stored behind what a kernel may write */

/* ---- the kernels, against loops in double ------------------------------------------ */

/* Of some set, for some sizes. */
typedef struct {
  void (*product) (const NnProduct *product);
  void (*gradients) (const NnGradients *gradients);
} Loops;

static float *
new_numbers (GRand *random, gsize n)
{
  float *values = g_new (float, n + 1);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (random, -2, 2);
  values[n] = BEHIND;
  return values;
}

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
  packed_set->packed_product (&packed, 0, p->n_rows);
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

/* Whether a product of one of each set says that an element of it is not finite, when
 * element @at of its rows is @value. */
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

/* The product of a large layer and its gradients; x is so wide that it is copied in several
 * chunks. */
static void
large_product (const NnProduct *p)
{
  g_autofree float *scratch =
      g_new (float, nn_gemm_get_scratch (p->n_rows, p->n_terms, p->n_columns));

  nn_gemm_product (p, scratch);
}

static void
large_gradients (const NnGradients *g)
{
  g_autofree float *scratch =
      g_new (float, nn_gemm_get_scratch (g->n_out, g->n_in, g->n_columns));

  nn_gemm_gradients (g, scratch);
}

/* Which thread computes an element shows in no bit of it. */
static void
test_threads_show_in_no_bit (void)
{
  enum { N_OUT = 131, N_IN = 275, N = 144 };
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autofree float *x = new_numbers (random, N_IN * N);
  g_autofree float *w = new_numbers (random, N_OUT * N_IN);
  g_autofree float *dz = new_numbers (random, N_OUT * N);
  g_autofree float *first = NULL;
  const gsize n_dw = N_OUT * (N_IN + 1), n_dx = N_IN * N;

  for (guint n_threads = 1; n_threads <= 4; n_threads++) {
    float *dw = g_new (float, n_dw + n_dx);
    const NnGradients g = { .dz = dz,
                            .x = x,
                            .w = w,
                            .dw = dw,
                            .db = dw + N_OUT * N_IN,
                            .dx = dw + n_dw,
                            .n_out = N_OUT,
                            .n_in = N_IN,
                            .n_columns = N };

    nn_threads_set (n_threads);
    large_gradients (&g);
    if (first)
      g_assert_cmpmem (dw, (n_dw + n_dx) * sizeof *dw, first, (n_dw + n_dx) * sizeof *dw);
    else
      first = g_memdup2 (dw, (n_dw + n_dx) * sizeof *dw);
    g_free (dw);
  }
  nn_threads_set (0);
}

/* Sizes whose copies take several chunks, of terms and of columns, too. */
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
}

/* Layers so small that each size has code of its own, as the chain calls them: the same as
 * the loops that take any size. */
static void
check_tiny_layer (const NnKernels *set,
                  GRand *random,
                  gsize n_out,
                  gsize n_in,
                  gboolean relu)
{
  const gsize n = 4, n_y = n_out * n, n_x = n_in * n, n_dw = n_out * (n_in + 1);
  g_autofree float *a = new_numbers (random, n_out * n_in);
  g_autofree float *bias = new_numbers (random, n_out);
  g_autofree float *x = new_numbers (random, n_x);
  g_autofree float *y = new_numbers (random, n_y);
  g_autofree float *dz = new_numbers (random, n_y);
  g_autofree float *dw = new_numbers (random, n_dw);
  g_autofree float *dx = new_numbers (random, n_x);
  g_autofree float *y_there = new_numbers (random, n_y);
  g_autofree float *dw_there = new_numbers (random, n_dw);
  g_autofree float *dx_there = new_numbers (random, n_x);
  NnLayer layer = {
    .forward = { .a = a,
                 .row_stride = n_in,
                 .term_stride = 1,
                 .bias = bias,
                 .x = x,
                 .y = y,
                 .y_stride = n,
                 .n_rows = n_out,
                 .n_terms = n_in,
                 .n_columns = n,
                 .relu = relu },
    .backward = { .dz = dz,
                  .y = relu ? y : NULL,
                  .x = x,
                  .w = a,
                  .dw = dw,
                  .db = dw + n_out * n_in,
                  .dx = dx,
                  .n_out = n_out,
                  .n_in = n_in,
                  .n_columns = n },
    .activation = relu ? NN_ACTIVATION_RELU : NN_ACTIVATION_IDENTITY,
    .n_outputs = n_y,
    .z = y,
    .y = y,
  };
  NnProduct product = layer.forward;
  NnGradients gradients = layer.backward;

  set->layers_forward (&layer, 1);
  product.y = y_there;
  set->product (&product);
  g_assert_cmpmem (y, n_y * sizeof *y, y_there, n_y * sizeof *y);
  g_assert_cmpfloat (y[n_y], ==, BEHIND);

  set->layers_backward (&layer, 1);
  gradients.dw = dw_there;
  gradients.db = dw_there + n_out * n_in;
  gradients.dx = dx_there;
  set->gradients (&gradients);
  for (gsize i = 0; i < n_dw; i++)
    g_assert_cmpfloat (dw[i], ==, dw_there[i]);
  for (gsize i = 0; i < n_x; i++)
    g_assert_cmpfloat (dx[i], ==, dx_there[i]);
  g_assert_cmpfloat (dw[n_dw], ==, BEHIND);
  g_assert_cmpfloat (dx[n_x], ==, BEHIND);

  /* The bias's gradient is wherever it is to be. */
  dw[n_out * n_in] = BEHIND;
  layer.backward.db = y_there;
  layer.backward.apart = TRUE;
  set->layers_backward (&layer, 1);
  for (gsize i = 0; i < n_dw; i++)
    g_assert_cmpfloat (i < n_out * n_in ? dw[i] : y_there[i - n_out * n_in], ==,
                       dw_there[i]);
  g_assert_cmpfloat (dw[n_out * n_in], ==, BEHIND);
}

static void
test_tiny_layers_equal_loops (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  g_autoptr (GRand) random = g_rand_new_with_seed (10);

  for (gsize n_out = 1; n_out <= 5; n_out++)
    for (gsize n_in = 1; n_in <= 5; n_in++) {
      check_tiny_layer (set, random, n_out, n_in, FALSE);
      check_tiny_layer (set, random, n_out, n_in, TRUE);
    }
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

/* ---- the layer on the tape --------------------------------------------------------- */

enum { X, WEIGHT, BIAS, N_TENSORS };

typedef struct {
  NnTensor *tensors[N_TENSORS]; /* (owned) */
  gsize n_out, n_in, n_columns;
  NnActivation activation;
} Layer;

/* @together: weight and bias are contiguous, as a network's are; otherwise each is a
 * tensor of its own. */
static void
layer_init (Layer *self, GRand *random, gboolean together)
{
  const gsize weight_shape[] = { self->n_out, self->n_in };
  const gsize n_values = self->n_out * self->n_in;

  self->tensors[X] =
      differences_new_random (random, 2, (const gsize[]){ self->n_in, self->n_columns });
  self->tensors[WEIGHT] = differences_new_random (random, 2, weight_shape);
  self->tensors[BIAS] = differences_new_random (random, 1, weight_shape);
  if (together) {
    g_autoptr (NnStorage) grads = nn_storage_new (n_values + self->n_out);

    nn_tensor_set_grad_storage (self->tensors[WEIGHT], grads, 0);
    nn_tensor_set_grad_storage (self->tensors[BIAS], grads, n_values);
  }
}

static void
layer_clear (Layer *self)
{
  for (gsize i = 0; i < N_TENSORS; i++)
    nn_tensor_unref (self->tensors[i]);
}

static NnTensor *
layer_forward (const Layer *self, NnTape *tape)
{
  return nn_dense (tape, self->tensors[X], self->tensors[WEIGHT], self->tensors[BIAS],
                   self->activation);
}

/* Forward and backward of Σ y². */
static void
layer_train (const Layer *self, NnTape *tape)
{
  nn_tape_rewind (tape);
  g_assert_true (nn_tape_backward (
      tape, nn_sum (tape, nn_square (tape, layer_forward (self, tape))), 1, NULL));
}

static const float *
get_grad (const Layer *self, gsize tensor)
{
  const NnTensor *grad = nn_tensor_get_grad (self->tensors[tensor]);

  g_assert_nonnull (grad);
  return nn_tensor_get_values (grad);
}

/* ---- the textbook's activations, and their derivatives ----------------------------- */

static double
line (double z)
{
  return z;
}

static double
line_slope (double z)
{
  return 1;
}

static double
relu (double z)
{
  return fmax (z, 0);
}

static double
relu_slope (double z)
{
  return z > 0;
}

static double
leaky_relu (double z)
{
  return z > 0 ? z : 0.01 * z;
}

static double
leaky_relu_slope (double z)
{
  return z > 0 ? 1 : 0.01;
}

static double
tanh_slope (double z)
{
  return 1 - tanh (z) * tanh (z);
}

static double
sigmoid (double z)
{
  return 1 / (1 + exp (-z));
}

static double
sigmoid_slope (double z)
{
  return sigmoid (z) * (1 - sigmoid (z));
}

static double
gelu (double z)
{
  return z * (1 + erf (z * G_SQRT2 / 2)) / 2;
}

static double
gelu_slope (double z)
{
  return (1 + erf (z * G_SQRT2 / 2)) / 2 + z * exp (-z * z / 2) / sqrt (2 * G_PI);
}

static double
softplus (double z)
{
  return z > 20 ? z : log1p (exp (z));
}

static const struct {
  double (*apply) (double z);
  double (*differentiate) (double z);
} formulas[NN_N_ACTIVATIONS] = {
  [NN_ACTIVATION_IDENTITY] = { line, line_slope },
  [NN_ACTIVATION_RELU] = { relu, relu_slope },
  [NN_ACTIVATION_LEAKY_RELU] = { leaky_relu, leaky_relu_slope },
  [NN_ACTIVATION_TANH] = { tanh, tanh_slope },
  [NN_ACTIVATION_SIGMOID] = { sigmoid, sigmoid_slope },
  [NN_ACTIVATION_GELU] = { gelu, gelu_slope },
  [NN_ACTIVATION_SOFTPLUS] = { softplus, sigmoid },
};

static double
activate (NnActivation activation, double z)
{
  g_assert_nonnull (formulas[activation].apply);
  return formulas[activation].apply (z);
}

static double
derive (NnActivation activation, double z)
{
  return formulas[activation].differentiate (z);
}

/* ---- the layer --------------------------------------------------------------------- */

/* @z: (o,n) out: w x + b in double */
static void
compute_z (const Layer *self, double *z)
{
  const float *x = nn_tensor_get_values (self->tensors[X]);
  const float *w = nn_tensor_get_values (self->tensors[WEIGHT]);
  const float *b = nn_tensor_get_values (self->tensors[BIAS]);

  for (gsize o = 0; o < self->n_out; o++)
    for (gsize c = 0; c < self->n_columns; c++) {
      double sum = (double) b[o];

      for (gsize i = 0; i < self->n_in; i++)
        sum += (double) w[o * self->n_in + i] * (double) x[i * self->n_columns + c];
      z[o * self->n_columns + c] = sum;
    }
}

/* Products of up to about 10 · 10 · 2 with a rounding error each. */
static void
check_values (const float *ours, const double *exact, gsize n, double scale)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (fabs ((double) ours[i] - exact[i]), <=,
                       2e-6 * (scale + fabs (exact[i])));
}

/* y, and ∂Σy²/∂ of x, w and b, all by loops in double. */
static void
check_layer (const Layer *self)
{
  const gsize n_out = self->n_out, n_in = self->n_in, n = self->n_columns;
  const float *x = nn_tensor_get_values (self->tensors[X]);
  const float *w = nn_tensor_get_values (self->tensors[WEIGHT]);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autofree double *y = g_new (double, n_out *n);
  g_autofree double *dz = g_new (double, n_out *n);
  g_autofree double *dx = g_new0 (double, n_in *n);
  g_autofree double *dw = g_new0 (double, n_out *n_in);
  g_autofree double *db = g_new0 (double, n_out);

  compute_z (self, dz);
  for (gsize k = 0; k < n_out * n; k++) {
    y[k] = activate (self->activation, dz[k]);
    dz[k] = 2 * y[k] * derive (self->activation, dz[k]);
  }
  for (gsize o = 0; o < n_out; o++)
    for (gsize c = 0; c < n; c++) {
      db[o] += dz[o * n + c];
      for (gsize i = 0; i < n_in; i++) {
        dw[o * n_in + i] += dz[o * n + c] * (double) x[i * n + c];
        dx[i * n + c] += dz[o * n + c] * (double) w[o * n_in + i];
      }
    }
  check_values (nn_tensor_get_values (layer_forward (self, tape)), y, n_out * n,
                (double) n_in);
  layer_train (self, tape);
  check_values (get_grad (self, WEIGHT), dw, n_out * n_in, 10 * (double) (n + n_in));
  check_values (get_grad (self, BIAS), db, n_out, 10 * (double) (n + n_in));
  check_values (get_grad (self, X), dx, n_in * n, 10 * (double) (n_out + n_in));
}

static void
test_layer_equals_loops_in_double (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (gsize n = 1; n <= MOST_EXAMPLES; n++)
    for (gsize k = 0; k < 4; k++) {
      Layer layer = { .n_out = 1 + (7 * n + 11 * k) % MOST_UNITS,
                      .n_in = 1 + (13 * n + 17 * k) % MOST_UNITS,
                      .n_columns = nn_kernels_get_columns (n),
                      .activation = (NnActivation) GPOINTER_TO_UINT (data) };

      layer_init (&layer, random, k % 2 == 0);
      check_layer (&layer);
      layer_clear (&layer);
    }
}

/* Layers so large that x is copied first, and just not. */
static void
test_large_layer_equals_loops_in_double (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (gsize n_out = 63; n_out <= 65; n_out++)
    for (int together = 0; together < 2; together++) {
      Layer layer = { .n_out = n_out,
                      .n_in = 64,
                      .n_columns = 64,
                      .activation = (NnActivation) GPOINTER_TO_UINT (data) };

      g_assert_true (nn_gemm_pays (n_out, 64, 64) == (n_out >= 64));
      layer_init (&layer, random, together);
      check_layer (&layer);
      layer_clear (&layer);
    }
}

static NnTensor *
layer_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  const Layer *layer = data;

  return nn_mean (tape, nn_square (tape, nn_dense (tape, inputs[X], inputs[WEIGHT],
                                                   inputs[BIAS], layer->activation)));
}

static void
test_backward_matches_differences (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (gsize k = 0; k < 12; k++) {
    Layer layer = { .n_out = 2 + k % 5,
                    .n_in = 1 + k % 3,
                    .n_columns = 4 << k % 3,
                    .activation = (NnActivation) GPOINTER_TO_UINT (data) };

    layer_init (&layer, random, k % 2 == 0);
    differences_check (layer_then_square, &layer, layer.tensors, N_TENSORS);
    layer_clear (&layer);
  }
}

static Layer
new_layer (NnActivation activation, gboolean together)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  Layer layer = { .n_out = 5, .n_in = 3, .n_columns = 16, .activation = activation };

  layer_init (&layer, random, together);
  return layer;
}

/* A second backward pass adds as much again; the weights' sums are taken whole first, so
 * there the double is exact. */
static void
check_adding_up (NnActivation activation, gboolean together)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  Layer layer = new_layer (activation, together);
  float *once[N_TENSORS];

  for (int round = 1; round <= 2; round++) {
    layer_train (&layer, tape);
    for (gsize t = 0; t < N_TENSORS; t++) {
      const gsize n = nn_tensor_get_size (layer.tensors[t]);

      if (round == 1)
        once[t] = g_memdup2 (get_grad (&layer, t), n * sizeof (float));
      for (gsize i = 0; i < n; i++) {
        const float twice = (float) round * once[t][i];

        g_assert_cmpfloat (fabsf (get_grad (&layer, t)[i] - twice), <=,
                           t == X ? 1e-6f * (fabsf (twice) + 100) : 0);
      }
    }
  }
  g_assert_cmpfloat (once[WEIGHT][0], !=, 0);
  for (gsize t = 0; t < N_TENSORS; t++)
    g_free (once[t]);
  layer_clear (&layer);
}

static void
test_gradients_add_up (gconstpointer data)
{
  check_adding_up ((NnActivation) GPOINTER_TO_UINT (data), TRUE);
  check_adding_up ((NnActivation) GPOINTER_TO_UINT (data), FALSE);
}

/* The gradients of @layer with only the tensors of @mask requiring one, which must equal
 * those with all, to the bit; the others get none. */
static void
check_frozen (NnActivation activation, gboolean together, guint mask)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTape) all_tape = nn_tape_new (NN_GUARD_CHECK);
  Layer layer = new_layer (activation, together);
  Layer all = new_layer (activation, together);

  for (gsize t = 0; t < N_TENSORS; t++)
    nn_tensor_set_requires_grad (layer.tensors[t], (mask >> t) & 1);
  layer_train (&layer, tape);
  layer_train (&all, all_tape);
  for (gsize t = 0; t < N_TENSORS; t++) {
    const gsize n_bytes = nn_tensor_get_size (all.tensors[t]) * sizeof (float);

    g_assert_true ((nn_tensor_get_grad (layer.tensors[t]) != NULL) == ((mask >> t) & 1));
    if ((mask >> t) & 1)
      g_assert_cmpmem (get_grad (&layer, t), n_bytes, get_grad (&all, t), n_bytes);
  }
  layer_clear (&layer);
  layer_clear (&all);
}

static void
test_what_is_frozen_gets_no_gradient (gconstpointer data)
{
  for (guint mask = 1; mask < 1u << N_TENSORS; mask++) {
    check_frozen ((NnActivation) GPOINTER_TO_UINT (data), TRUE, mask);
    check_frozen ((NnActivation) GPOINTER_TO_UINT (data), FALSE, mask);
  }
}

/* Freezing the weight between two steps leaves the gradient that it has; the bias's goes
 * on adding up. */
static void
test_freezing_between_steps (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  Layer layer = new_layer (NN_ACTIVATION_TANH, TRUE);
  float weight[15], bias[5];

  layer_train (&layer, tape);
  memcpy (weight, get_grad (&layer, WEIGHT), sizeof weight);
  memcpy (bias, get_grad (&layer, BIAS), sizeof bias);
  nn_tensor_set_requires_grad (layer.tensors[WEIGHT], FALSE);
  layer_train (&layer, tape);
  g_assert_cmpmem (get_grad (&layer, WEIGHT), sizeof weight, weight, sizeof weight);
  for (gsize i = 0; i < G_N_ELEMENTS (bias); i++)
    g_assert_cmpfloat (get_grad (&layer, BIAS)[i], ==, 2 * bias[i]);

  /* One of the two has a gradient already and the other has none. */
  nn_tensor_set_requires_grad (layer.tensors[WEIGHT], TRUE);
  nn_tensor_clear_grad (layer.tensors[BIAS]);
  layer_train (&layer, tape);
  for (gsize i = 0; i < G_N_ELEMENTS (weight); i++)
    g_assert_cmpfloat (get_grad (&layer, WEIGHT)[i], ==, 2 * weight[i]);
  g_assert_cmpmem (get_grad (&layer, BIAS), sizeof bias, bias, sizeof bias);
  layer_clear (&layer);
}

/* A column's results do not depend on what is in its neighbours, padding or not, nor on
 * which multiple of the vectors' width they make together. */
static void
test_columns_are_alone (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  Layer wide = { .n_out = 9, .n_in = 6, .n_columns = 80 };
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 6, 4 });
  const float *many;

  layer_init (&wide, random, TRUE);
  many = nn_tensor_get_values (layer_forward (&wide, tape));
  for (gsize c = 0; c < 80; c++) {
    const float *one;

    for (gsize i = 0; i < 24; i++)
      nn_tensor_write (x, NULL)[i] =
          i % 4 == 0 ? nn_tensor_get_values (wide.tensors[X])[i / 4 * 80 + c] : 1e30f;
    one = nn_tensor_get_values (nn_dense (tape, x, wide.tensors[WEIGHT],
                                          wide.tensors[BIAS], NN_ACTIVATION_IDENTITY));
    for (gsize o = 0; o < 9; o++)
      g_assert_cmpfloat (one[o * 4], ==, many[o * 80 + c]);
  }
  layer_clear (&wide);
}

/* ---- all --------------------------------------------------------------------------- */

static void
add_for_each_set (const char *property, GTestDataFunc test)
{
  for (guint i = 0; i < count_kernel_sets (); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/dense/%s/%s", kernel_sets[i]->name, property);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

static void
add_for_each_activation (const char *property, GTestDataFunc test)
{
  for (guint i = 0; i < NN_N_ACTIVATIONS; i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/dense/%s/%s", nn_activation_get_name (i), property);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each_set ("kernels-equal-loops-in-double", test_kernels_equal_loops_in_double);
  add_for_each_set ("many-columns-equal-loops-in-double",
                    test_many_columns_equal_loops_in_double);
  add_for_each_set ("packed-equal-loops-in-double", test_packed_equal_loops_in_double);
  add_for_each_set ("packed-says-what-is-not-finite",
                    test_packed_says_what_is_not_finite);
  g_test_add_func ("/nn/dense/threads-show-in-no-bit", test_threads_show_in_no_bit);
  g_test_add_func ("/nn/dense/large-equal-loops-in-double",
                   test_large_equal_loops_in_double);
  add_for_each_activation ("large-layer-equals-loops-in-double",
                           test_large_layer_equals_loops_in_double);
  add_for_each_set ("tiny-layers-equal-loops", test_tiny_layers_equal_loops);
  add_for_each_set ("relu-keeps-nan", test_relu_keeps_nan);
  add_for_each_activation ("equals-loops-in-double", test_layer_equals_loops_in_double);
  add_for_each_activation ("backward-matches-differences",
                           test_backward_matches_differences);
  add_for_each_activation ("gradients-add-up", test_gradients_add_up);
  add_for_each_activation ("what-is-frozen-gets-no-gradient",
                           test_what_is_frozen_gets_no_gradient);
  g_test_add_func ("/nn/dense/freezing-between-steps", test_freezing_between_steps);
  g_test_add_func ("/nn/dense/columns-are-alone", test_columns_are_alone);
  return g_test_run ();
}
