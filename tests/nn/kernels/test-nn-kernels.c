/* test-nn-kernels.c - the inner loops of every instruction set that this processor has
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-kernels.h"

#include <math.h>
#include <string.h>

#include "tests/last-place.h"
#include "tests/nn/kernel-sets.h"

#define N_MOST 100 /* longer than a few vectors of any set */

static float
from_bits (guint32 bits)
{
  float x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

static void
exp_of_set (const NnKernels *set, const float *x, float *y, gsize n)
{
  set->exp (x, y, n);
}

static void
tanh_of_set (const NnKernels *set, const float *x, float *y, gsize n)
{
  set->activate (NN_ACTIVATION_TANH, x, y, n);
}

static void
sigmoid_of_set (const NnKernels *set, const float *x, float *y, gsize n)
{
  set->activate (NN_ACTIVATION_SIGMOID, x, y, n);
}

static void
softplus_of_set (const NnKernels *set, const float *x, float *y, gsize n)
{
  set->activate (NN_ACTIVATION_SOFTPLUS, x, y, n);
}

static double
sigmoid (double x)
{
  return x < -88.722839 ? 0 : 1 / (1 + exp (-x));
}

static double
softplus (double x)
{
  return x > 20 ? x : log1p (exp (x));
}

typedef struct {
  const char *name;
  void (*function) (const NnKernels *set, const float *x, float *y, gsize n);
  double (*exact) (double x);
  double error; /* the largest, as math.inc says; softplus adds up those of two */
} Case;

static const Case cases[] = {
  { "exp", exp_of_set, exp, 1.02 },
  { "tanh", tanh_of_set, tanh, 1.95 },
  { "sigmoid", sigmoid_of_set, sigmoid, 2.5 },
  { "softplus", softplus_of_set, softplus, 2.8 },
};

/* One float in 4093 of all there are, a million, with zeros, infinities and NaN. */
static void
test_is_exact_to_the_last_places (gconstpointer data)
{
  enum { N = 1024, STEP = 4093 };
  static const guint32 special[] = { 0,          0x80000000, 1,          0x80000001,
                                     0x007FFFFF, 0x00800000, 0x7F7FFFFF, 0xFF7FFFFF,
                                     0x7F800000, 0xFF800000, 0x7FC00000, 0xFFC00000 };
  const Case *self = data;
  g_autofree float *x = g_new (float, N);
  g_autofree float *y = g_new (float, N);

  for (gsize set = 0; set < count_kernel_sets (); set++)
    for (guint64 next = 0; next <= G_MAXUINT32; next += (guint64) STEP * N) {
      for (gsize i = 0; i < N; i++)
        x[i] = from_bits ((guint32) (next + STEP * i));
      for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
        x[i] = from_bits (special[i]);
      self->function (kernel_sets[set], x, y, N);
      for (gsize i = 0; i < N; i++)
        g_assert_cmpfloat (get_error (y[i], self->exact ((double) x[i])), <=,
                           self->error);
    }
}

static void
test_edges (void)
{
  static const float x[] = {
    0.0f, -0.0f, INFINITY, -INFINITY, NAN, 0x1p-149f, -0x1p-130f
  };
  float y[G_N_ELEMENTS (x)];

  for (gsize set = 0; set < count_kernel_sets (); set++) {
    kernel_sets[set]->activate (NN_ACTIVATION_TANH, x, y, G_N_ELEMENTS (x));
    g_assert_cmpmem (y, 2 * sizeof *y, x, 2 * sizeof *x); /* the sign of 0 too */
    g_assert_cmpfloat (y[2], ==, 1);
    g_assert_cmpfloat (y[3], ==, -1);
    g_assert_true (isnan (y[4]));
    g_assert_cmpmem (&y[5], 2 * sizeof *y, &x[5], 2 * sizeof *x);

    kernel_sets[set]->exp (x, y, G_N_ELEMENTS (x));
    g_assert_cmpfloat (y[0], ==, 1);
    g_assert_cmpfloat (y[1], ==, 1);
    g_assert_cmpfloat (y[2], ==, INFINITY);
    g_assert_cmpfloat (y[3], ==, 0);
    g_assert_true (isnan (y[4]));
  }
}

static void
fill_random (float *values, gsize n, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (random, -5, 5);
}

/* The bits do not depend on where in an array a number is, nor on its being overwritten,
 * and nothing is written behind the end. */
static void
test_length_does_not_matter (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  float x[N_MOST], dy[N_MOST], y[N_MOST + 1], dx[N_MOST + 1], one, one_dx;

  fill_random (x, N_MOST, 1);
  fill_random (dy, N_MOST, 2);
  for (guint activation = 0; activation < NN_N_ACTIVATIONS; activation++)
    for (gsize n = 0; n <= N_MOST; n++) {
      memcpy (y, x, sizeof x);
      memcpy (dx, dy, sizeof dy);
      y[n] = dx[n] = 1234;
      set->activate (activation, y, y, n);
      set->activate_backward (activation, x, y, dx, dx, n);
      for (gsize i = 0; i < n; i++) {
        set->activate (activation, &x[i], &one, 1);
        g_assert_cmpfloat (one, ==, y[i]);
        set->activate_backward (activation, &x[i], &one, &dy[i], &one_dx, 1);
        g_assert_cmpfloat (one_dx, ==, dx[i]);
      }
      g_assert_cmpfloat (y[n], ==, 1234);
      g_assert_cmpfloat (dx[n], ==, 1234);
    }
}

static void
check_near (const float *x, const float *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (fabsf (x[i] - y[i]), <=, 1e-6f * MAX (1, fabsf (x[i])));
}

static void
test_sets_agree_on_activations (void)
{
  float x[N_MOST], dy[N_MOST], y[2][N_MOST], dx[2][N_MOST];

  fill_random (x, N_MOST, 3);
  fill_random (dy, N_MOST, 4);
  for (guint activation = 0; activation < NN_N_ACTIVATIONS; activation++)
    for (gsize i = 0; i < count_kernel_sets (); i++) {
      const gsize k = i > 0;

      kernel_sets[i]->activate (activation, x, y[k], N_MOST);
      kernel_sets[i]->activate_backward (activation, x, y[k], dy, dx[k], N_MOST);
      check_near (y[0], y[k], N_MOST);
      check_near (dx[0], dx[k], N_MOST);
    }
}

#define SCALE 0.5f

/* A sum over the first @n of @n_columns, which every other of the arrays has, too. */
static NnLossSum
begin_sum (const float *out, const float *targets, gsize n_rows, gsize n)
{
  const NnLossSum sum = { .out = out,
                          .targets = targets,
                          .scale = SCALE,
                          .n_rows = n_rows,
                          .n_columns = nn_kernels_get_columns (n),
                          .n = n };

  return sum;
}

static float *
new_filled (gsize n, float value)
{
  float *values = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    values[i] = value;
  return values;
}

/* Against sums taken in double, one after the other; only the first n columns count, and
 * the derivative by the others is 0. */
static void
check_cross_entropy (const NnKernels *set, const float *x, gsize n_classes, gsize n)
{
  const gsize n_columns = nn_kernels_get_columns (n);
  g_autofree float *slope = new_filled (n_classes * n_columns, 1234);
  g_autofree float *classes = new_filled (n_columns, 0);
  NnLossSum sum = begin_sum (x, classes, n_classes, n);
  double loss = 0, ours;

  for (gsize c = 0; c < n; c++)
    classes[c] = (float) (7 * c % n_classes);
  sum.derivative = slope;
  ours = set->cross_entropy (&sum);
  for (gsize c = 0; c < n_columns; c++) {
    double powers = 0;

    for (gsize k = 0; k < n_classes; k++)
      powers += exp ((double) x[k * n_columns + c]);
    for (gsize k = 0; k < n_classes; k++) {
      const double softmax = exp ((double) x[k * n_columns + c]) / powers;
      const double expected =
          (softmax - (double) (k == 7 * c % n_classes)) * (double) SCALE;

      g_assert_cmpfloat (
          fabs ((double) slope[k * n_columns + c] - (c < n ? expected : 0)), <=, 1e-6);
    }
    if (c < n)
      loss += log (powers) - (double) x[7 * c % n_classes * n_columns + c];
  }
  g_assert_cmpfloat (fabs (ours - loss), <=, 1e-5 * (double) n);
}

/* Likewise. Targets need not add up to 1. */
static void
check_soft_cross_entropy (const NnKernels *set, const float *x, gsize n_classes, gsize n)
{
  const gsize n_columns = nn_kernels_get_columns (n);
  g_autofree float *slope = new_filled (n_classes * n_columns, 1234);
  g_autofree float *targets = g_new (float, n_classes *n_columns);
  NnLossSum sum = begin_sum (x, targets, n_classes, n);
  double loss = 0, ours;

  fill_random (targets, n_classes * n_columns, 8);
  sum.derivative = slope;
  ours = set->soft_cross_entropy (&sum);
  for (gsize c = 0; c < n_columns; c++) {
    double powers = 0, total = 0;

    for (gsize i = c; i < n_classes * n_columns; i += n_columns) {
      powers += exp ((double) x[i]);
      total += (double) targets[i];
    }
    for (gsize i = c; i < n_classes * n_columns; i += n_columns) {
      const double expected = exp ((double) x[i]) / powers * total - (double) targets[i];

      g_assert_cmpfloat (
          fabs ((double) slope[i] - (c < n ? expected * (double) SCALE : 0)), <=, 1e-5);
      loss += c < n ? (double) targets[i] * (log (powers) - (double) x[i]) : 0;
    }
  }
  g_assert_cmpfloat (fabs (ours - loss), <=, 1e-5 * (double) (n * n_classes));
}

/* To the bit: there is but one way to add in that order. */
static void
check_squared_error (const NnKernels *set, const float *x, gsize n_rows, gsize n)
{
  const gsize n_columns = nn_kernels_get_columns (n);
  g_autofree float *slope = new_filled (n_rows * n_columns, 1234);
  g_autofree float *targets = g_new (float, n_rows *n_columns);
  NnLossSum sum = begin_sum (x, targets, n_rows, n);
  double loss = 0;

  fill_random (targets, n_rows * n_columns, 8);
  sum.derivative = slope;
  for (gsize r = 0; r < n_rows; r++)
    for (gsize i = r * n_columns; i < r * n_columns + n; i++) {
      const float d = x[i] - targets[i];

      loss += (double) d * (double) d;
    }
  g_assert_cmpfloat (set->squared_error (&sum), ==, loss);
  for (gsize i = 0; i < n_rows * n_columns; i++)
    g_assert_cmpfloat (slope[i], ==,
                       i % n_columns < n ? 2 * (x[i] - targets[i]) * SCALE : 0);
}

static void
test_losses_add_up (gconstpointer data)
{
  enum { MOST_CLASSES = 12, MOST_COLUMNS = 70, N = MOST_CLASSES * 80 };
  float x[N];

  fill_random (x, N, 5);
  for (gsize n_classes = 1; n_classes <= MOST_CLASSES; n_classes++)
    for (gsize n = 0; n <= MOST_COLUMNS; n++) {
      check_cross_entropy (kernel_sets[GPOINTER_TO_UINT (data)], x, n_classes, n);
      check_soft_cross_entropy (kernel_sets[GPOINTER_TO_UINT (data)], x, n_classes, n);
      check_squared_error (kernel_sets[GPOINTER_TO_UINT (data)], x, n_classes, n);
    }
}

/* Whatever the columns behind the batch's are, they do not get into the sum. */
static void
test_cross_entropy_ignores_padding (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  const float x[] = { 1, 2, NAN, INFINITY, 3, -1, INFINITY, NAN };
  const float classes[] = { 0, 1, 5, -1 };
  float slope[8];
  NnLossSum sum = begin_sum (x, classes, 2, 2);

  sum.derivative = slope;
  g_assert_cmpfloat (
      fabs (set->cross_entropy (&sum) - (log (1 + exp (2.)) + log (1 + exp (3.)))), <=,
      1e-5);
}

/* One number that is not finite is found wherever it is. */
static void
test_all_finite_sees_every_number (gconstpointer data)
{
  const NnKernels *set = kernel_sets[GPOINTER_TO_UINT (data)];
  static const float bad[] = { INFINITY, -INFINITY, NAN, -NAN };
  float x[N_MOST];

  fill_random (x, N_MOST, 6);
  x[0] = 0x1.fffffep127f;
  g_assert_true (set->all_finite (x, N_MOST));
  g_assert_true (set->all_finite (x, 0));
  for (gsize n = 1; n <= N_MOST; n += 9)
    for (gsize i = 0; i < n; i++) {
      const float good = x[i];

      x[i] = bad[i % G_N_ELEMENTS (bad)];
      g_assert_false (set->all_finite (x, n));
      g_assert_true (set->all_finite (x, i));
      x[i] = good;
    }
}

/* 4, 8, or a multiple of 16, and never too few. */
static void
test_columns_hold_the_examples (void)
{
  for (gsize n = 1; n < 300; n++) {
    const gsize columns = nn_kernels_get_columns (n);

    g_assert_cmpuint (columns, >=, n);
    g_assert_cmpuint (columns, <, n <= 4 ? 5 : n <= 8 ? 9 : n + 16);
    g_assert_true (columns == 4 || columns == 8 || columns % 16 == 0);
    g_assert_cmpuint (nn_kernels_get_columns (columns), ==, columns);
  }
}

/* Also where several threads search. */
static void
test_one_of_many_is_found (void)
{
  const gsize n = 100003;
  g_autofree float *values = g_new0 (float, n);

  g_assert_true (nn_kernels_all_finite (values, n));
  for (gsize i = 0; i < n; i += n / 7) {
    values[i] = INFINITY;
    g_assert_false (nn_kernels_all_finite (values, n));
    values[i] = 0;
  }
  values[n - 1] = NAN;
  g_assert_false (nn_kernels_all_finite (values, n));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/kernels/one-of-many-is-found", test_one_of_many_is_found);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/kernels/%s/is-exact-to-the-last-places", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_is_exact_to_the_last_places);
  }
  g_test_add_func ("/nn/kernels/edges", test_edges);
  add_for_each_set ("/nn/kernels", "length-does-not-matter", test_length_does_not_matter);
  add_for_each_set ("/nn/kernels", "losses-add-up", test_losses_add_up);
  add_for_each_set ("/nn/kernels", "cross-entropy-ignores-padding",
                    test_cross_entropy_ignores_padding);
  add_for_each_set ("/nn/kernels", "all-finite-sees-every-number",
                    test_all_finite_sees_every_number);
  g_test_add_func ("/nn/kernels/columns-hold-the-examples",
                   test_columns_hold_the_examples);
  g_test_add_func ("/nn/kernels/sets-agree-on-activations",
                   test_sets_agree_on_activations);
  return g_test_run ();
}
