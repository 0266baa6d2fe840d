/* test-nn-kernels.c - the inner loops of every instruction set that this processor has
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-kernels.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernel-set.h"

#define N_MOST 100 /* longer than a few vectors of any set */

/* From the simplest; a processor that knows one knows those before it. */
static const NnKernels *const sets[] = {
  &nn_kernels_base,
#ifdef __x86_64__
  &nn_kernels_avx2,
  &nn_kernels_avx512,
#endif
};

static gsize
get_n_sets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    if (sets[i] == nn_kernels_get ())
      return i + 1;
  g_assert_not_reached ();
}

static float
from_bits (guint32 bits)
{
  float x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* In units of the exact value's last place. */
static double
get_error (float computed, double exact)
{
  int exponent;

  if (isnan (exact) || isnan (computed))
    return isnan (exact) && isnan (computed) ? 0 : INFINITY;
  if (isinf (computed) || isinf ((float) exact))
    return computed == (float) exact ? 0 : INFINITY;
  frexp (exact, &exponent);
  if (exact == 0 || exponent < -125)
    exponent = -125;
  return ldexp (fabs ((double) computed - exact), 24 - exponent);
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

  for (gsize set = 0; set < get_n_sets (); set++)
    for (guint64 next = 0; next <= G_MAXUINT32; next += (guint64) STEP * N) {
      for (gsize i = 0; i < N; i++)
        x[i] = from_bits ((guint32) (next + STEP * i));
      for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
        x[i] = from_bits (special[i]);
      self->function (sets[set], x, y, N);
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

  for (gsize set = 0; set < get_n_sets (); set++) {
    sets[set]->activate (NN_ACTIVATION_TANH, x, y, G_N_ELEMENTS (x));
    g_assert_cmpmem (y, 2 * sizeof *y, x, 2 * sizeof *x); /* the sign of 0 too */
    g_assert_cmpfloat (y[2], ==, 1);
    g_assert_cmpfloat (y[3], ==, -1);
    g_assert_true (isnan (y[4]));
    g_assert_cmpmem (&y[5], 2 * sizeof *y, &x[5], 2 * sizeof *x);

    sets[set]->exp (x, y, G_N_ELEMENTS (x));
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
  const NnKernels *set = sets[GPOINTER_TO_UINT (data)];
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
    for (gsize i = 0; i < get_n_sets (); i++) {
      const gsize k = i > 0;

      sets[i]->activate (activation, x, y[k], N_MOST);
      sets[i]->activate_backward (activation, x, y[k], dy, dx[k], N_MOST);
      check_near (y[0], y[k], N_MOST);
      check_near (dx[0], dx[k], N_MOST);
    }
}

/* Against sums taken in double, one after the other. */
static void
test_losses_add_up (gconstpointer data)
{
  const NnKernels *set = sets[GPOINTER_TO_UINT (data)];
  float x[N_MOST], y[N_MOST], softmax[N_MOST + 1];

  fill_random (x, N_MOST, 5);
  fill_random (y, N_MOST, 6);
  for (gsize n = 0; n <= N_MOST; n++) {
    double sum = 0;

    for (gsize i = 0; i < n; i++)
      sum += pow ((double) (x[i] - y[i]), 2);
    g_assert_cmpfloat (fabs (set->sum_squared_differences (x, y, n) - sum), <=,
                       1e-12 * sum);
  }
  for (gsize n_classes = 1; n_classes <= N_MOST; n_classes++) {
    const gsize n = N_MOST / n_classes;
    double loss = 0;

    for (gsize i = 0; i < n; i++) {
      double sum = 0;

      y[i] = (float) (i % n_classes);
      for (gsize k = 0; k < n_classes; k++)
        sum += exp ((double) x[i * n_classes + k]);
      loss += log (sum) - (double) x[i * n_classes + i % n_classes];
    }
    softmax[n * n_classes] = 1234;
    g_assert_cmpfloat (fabs (set->cross_entropy (x, y, softmax, n, n_classes) - loss), <=,
                       1e-6 * (double) n * 10);
    for (gsize i = 0; i < n; i++) {
      double sum = 0;

      for (gsize k = 0; k < n_classes; k++)
        sum += (double) softmax[i * n_classes + k];
      g_assert_cmpfloat (fabs (sum - 1), <=, 1e-6);
    }
    g_assert_cmpfloat (softmax[n * n_classes], ==, 1234);
  }
}

static void
add_for_each_set (const char *property, GTestDataFunc test)
{
  for (guint i = 0; i < get_n_sets (); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/kernels/%s/%s", sets[i]->name, property);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/kernels/%s/is-exact-to-the-last-places", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_is_exact_to_the_last_places);
  }
  g_test_add_func ("/nn/kernels/edges", test_edges);
  add_for_each_set ("length-does-not-matter", test_length_does_not_matter);
  add_for_each_set ("losses-add-up", test_losses_add_up);
  g_test_add_func ("/nn/kernels/sets-agree-on-activations",
                   test_sets_agree_on_activations);
  return g_test_run ();
}
