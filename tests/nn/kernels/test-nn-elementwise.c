/* test-nn-elementwise.c - an update function's operations, in every set of kernels
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-kernels.h"
#include "tests/last-place.h"
#include "tests/nn/kernel-sets.h"

#define N_SAMPLES (1u << 16)

static const float special[] = {
  0,
  -0.0f,
  1,
  -1,
  0.5f,
  -0.5f,
  1.5f,
  2.5f,
  1e-45f,
  -1e-45f,
  1e-40f,
  -3e-39f,
  0x1p-126f,
  8388607.5f,
  -8388609,
  3.40282347e38f,
  -3.40282347e38f,
  0x1p20f,
  -0x1p20f,
  1e30f,
  88.8f,
  -88.8f,
  -103.9f,
  INFINITY,
  -INFINITY,
  NAN,
};

/* Special values, and floats of every size: the bits are drawn. */
static float *
make_samples (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  float *samples = g_new (float, N_SAMPLES);

  for (gsize i = 0; i < N_SAMPLES; i++) {
    const guint32 bits = g_rand_int (random);

    memcpy (&samples[i], &bits, sizeof bits);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (special) * G_N_ELEMENTS (special); i++)
    samples[i] = seed == 1 ? special[i % G_N_ELEMENTS (special)]
                           : special[i / G_N_ELEMENTS (special)];
  return samples;
}

static double
sigmoid (double x)
{
  return x < -88.7 ? 0 : 1 / (1 + exp (-x)); /* as PyTorch's, where e⁻ˣ is infinite */
}

static void
test_functions_are_exact (void)
{
  static const struct {
    NnElementwise operation;
    double (*exact) (double x);
    double most; /* units in the last place */
  } cases[] = {
    { NN_ELEMENTWISE_EXP, exp, 2 },     { NN_ELEMENTWISE_LOG, log, 2 },
    { NN_ELEMENTWISE_SIN, sin, 2 },     { NN_ELEMENTWISE_COS, cos, 2 },
    { NN_ELEMENTWISE_TANH, tanh, 2 },   { NN_ELEMENTWISE_SIGMOID, sigmoid, 2.5 },
    { NN_ELEMENTWISE_SQRT, sqrt, 0.5 },
  };
  g_autofree float *x = make_samples (1);
  g_autofree float *y = g_new (float, N_SAMPLES);

  for (gsize set = 0; set < count_kernel_sets (); set++)
    for (gsize k = 0; k < G_N_ELEMENTS (cases); k++) {
      kernel_sets[set]->elementwise_1 (cases[k].operation, x, y, N_SAMPLES);
      for (gsize i = 0; i < N_SAMPLES; i++)
        if (get_error (y[i], cases[k].exact ((double) x[i])) > cases[k].most)
          g_test_fail_printf ("%s, operation %u: of %.9g it is %.9g",
                              kernel_sets[set]->name, cases[k].operation, (double) x[i],
                              (double) y[i]);
    }
}

/* What torch.exp and torch.sigmoid give, most of it where a unit more or less in e⁻ˣ is
 * four in the quotient. */
static void
test_exponentials_are_pytorch_s (void)
{
  static const float recorded[][3] = {
    { -16.6627007f, 5.80070854e-08f, 5.80070747e-08f },
    { -16.7171726f, 5.49318457e-08f, 5.49318351e-08f },
    { -16.6355324f, 5.96046412e-08f, 5.96046448e-08f },
    { -16.6399994f, 5.933898e-08f, 5.93389835e-08f },
    { -16.7000008f, 5.58832696e-08f, 5.5883266e-08f },
    { -16.6499996f, 5.87485367e-08f, 5.8748526e-08f },
    { -16.6832008f, 5.68300358e-08f, 5.68300393e-08f },
    { -17.2999992f, 3.06694368e-08f, 3.06694368e-08f },
    { -3.25f, 0.0387742072f, 0.0373268872f },
    { 0.75f, 2.1170001f, 0.679178715f },
    { -80.5f, 1.0946977e-35f, 1.0946977e-35f },
    { -88.6999969f, 3.00663579e-39f, 3.00663579e-39f },
    { 12.5f, 268337.281f, 0.999996305f },
    { -0.0398434103f, 0.960939884f, 0.490040421f },
    { -16.8041954f, 5.03536164e-08f, 5.03536128e-08f },
    { -17.0155182f, 4.07618934e-08f, 4.07618899e-08f },
    { -16.8952694f, 4.59703422e-08f, 4.59703422e-08f },
    { -17.0567055f, 3.91171255e-08f, 3.9117122e-08f },
    { -17.0717468f, 3.85331518e-08f, 3.85331518e-08f },
    { -16.685215f, 5.67156881e-08f, 5.6715681e-08f },
    { -16.649086f, 5.88022324e-08f, 5.8802236e-08f },
    { -17.2178535f, 3.32951693e-08f, 3.32951693e-08f },
    { -16.8189545f, 4.96158989e-08f, 4.96159025e-08f },
    { -16.8016891f, 5.04799722e-08f, 5.04799722e-08f },
    { -17.3269958f, 2.985254e-08f, 2.985254e-08f },
    { -16.9644814f, 4.28962537e-08f, 4.28962537e-08f },
    { -17.2171593f, 3.33182939e-08f, 3.33182903e-08f },
    { -16.9686832f, 4.27163869e-08f, 4.27163869e-08f },
    { -17.0809574f, 3.81798699e-08f, 3.81798699e-08f },
    { -16.7439251f, 5.3481763e-08f, 5.34817595e-08f },
    { -17.0780544f, 3.82908674e-08f, 3.82908674e-08f },
    { -17.2389507f, 3.26000915e-08f, 3.26000915e-08f },
  };

  for (gsize set = 0; set < count_kernel_sets (); set++)
    for (gsize i = 0; i < G_N_ELEMENTS (recorded); i++)
      for (gsize k = 0; k < 2; k++) {
        const gboolean fused = strcmp (kernel_sets[set]->name, "base") != 0;
        const float expected = recorded[i][1 + k];
        float y;

        kernel_sets[set]->elementwise_1 (
            k == 0 ? NN_ELEMENTWISE_EXP : NN_ELEMENTWISE_SIGMOID, recorded[i], &y, 1);
        if (fused)
          g_assert_cmpfloat (y, ==, expected);
        else
          g_assert_cmpfloat_with_epsilon (y, expected, 4e-7f * expected);
      }
}

/* By C's own operators and functions, one element at a time. */
static float
calculate (NnElementwise operation, float x, float y)
{
  switch (operation) {
  case NN_ELEMENTWISE_NEGATE:
    return -x;
  case NN_ELEMENTWISE_ABS:
    return fabsf (x);
  case NN_ELEMENTWISE_SIGN:
    return x > 0 ? 1 : x < 0 ? -1 : 0;
  case NN_ELEMENTWISE_SQRT:
    return sqrtf (x);
  case NN_ELEMENTWISE_RELU:
    return x < 0 ? 0 : x;
  case NN_ELEMENTWISE_FLOOR:
    return floorf (x);
  case NN_ELEMENTWISE_ROUND:
    return rintf (x);
  case NN_ELEMENTWISE_SQUARE:
    return x * x;
  case NN_ELEMENTWISE_CUBE:
    return x * x * x;
  case NN_ELEMENTWISE_INVERT:
    return 1 / x;
  case NN_ELEMENTWISE_ADD:
    return x + y;
  case NN_ELEMENTWISE_SUBTRACT:
    return x - y;
  case NN_ELEMENTWISE_MULTIPLY:
    return x * y;
  case NN_ELEMENTWISE_DIVIDE:
    return x / y;
  case NN_ELEMENTWISE_NUMBER_OVER:
    return 1 / y * x;
  case NN_ELEMENTWISE_LESS:
    return x < y;
  case NN_ELEMENTWISE_LESS_EQUAL:
    return x <= y;
  case NN_ELEMENTWISE_GREATER:
    return x > y;
  case NN_ELEMENTWISE_GREATER_EQUAL:
    return x >= y;
  case NN_ELEMENTWISE_EQUAL:
    return x == y;
  case NN_ELEMENTWISE_NOT_EQUAL:
    return x != y;
  case NN_ELEMENTWISE_MIN:
    return isnan (x) || x < y ? x : y;
  case NN_ELEMENTWISE_MAX:
    return isnan (x) || x > y ? x : y;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
is_function (NnElementwise operation)
{
  return operation >= NN_ELEMENTWISE_EXP && operation <= NN_ELEMENTWISE_SIGMOID;
}

static void
assert_same (NnElementwise operation, float x, float y, float result)
{
  const float expected = calculate (operation, x, y);

  if (isnan (expected) ? !isnan (result)
                       : memcmp (&expected, &result, sizeof result) != 0)
    g_test_fail_printf ("operation %u of %.9g and %.9g is %.9g, not %.9g", operation,
                        (double) x, (double) y, (double) result, (double) expected);
}

/* Arrays, single values, and every length up to some vectors; nothing is written behind. */
static void
test_arithmetic_is_to_the_bit (void)
{
  g_autofree float *x = make_samples (1);
  g_autofree float *y = make_samples (2);
  g_autofree float *result = g_new (float, N_SAMPLES);
  const NnSource xs[] = { { x, 1 }, { x, 1 }, { x + 7, 0 }, { x + 8, 0 } };
  const NnSource ys[] = { { y, 1 }, { y + 77, 0 }, { y, 1 }, { y + 9, 0 } };

  for (gsize set = 0; set < count_kernel_sets (); set++)
    for (NnElementwise op = 0; op <= NN_ELEMENTWISE_MAX; op++)
      for (gsize k = 0; k < (op < NN_ELEMENTWISE_ADD ? 1 : G_N_ELEMENTS (xs)); k++)
        for (gsize n = 1; n <= N_SAMPLES; n = n < 40 ? n + 1 : n + N_SAMPLES - 40) {
          if (is_function (op))
            continue;
          result[n % N_SAMPLES] = 77;
          if (op < NN_ELEMENTWISE_ADD)
            kernel_sets[set]->elementwise_1 (op, x, result, n);
          else
            kernel_sets[set]->elementwise_2 (op, xs[k], ys[k], result, n);
          for (gsize i = 0; i < n; i++)
            assert_same (op, xs[k].values[i * xs[k].step], ys[k].values[i * ys[k].step],
                         result[i]);
          g_assert_true (n == N_SAMPLES || result[n] == 77);
        }
}

static void
test_choice_is_exact (void)
{
  g_autofree float *x = make_samples (1);
  g_autofree float *y = make_samples (2);
  float result[101];

  for (gsize set = 0; set < count_kernel_sets (); set++)
    for (gsize n = 1; n <= 100; n++) {
      result[n] = 77;
      kernel_sets[set]->choose (x, (NnSource){ y, 1 }, (NnSource){ y + 200, 0 }, result,
                                n);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpmem (&result[i], 4, &y[x[i] != 0 ? i : 200], 4);
      kernel_sets[set]->choose (x, (NnSource){ y + 200, 0 }, (NnSource){ y, 1 }, result,
                                n);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpmem (&result[i], 4, &y[x[i] != 0 ? 200 : i], 4);
      g_assert_cmpfloat (result[n], ==, 77);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/elementwise/exponentials-are-pytorch-s",
                   test_exponentials_are_pytorch_s);
  g_test_add_func ("/nn/elementwise/functions-are-exact", test_functions_are_exact);
  g_test_add_func ("/nn/elementwise/arithmetic-is-to-the-bit",
                   test_arithmetic_is_to_the_bit);
  g_test_add_func ("/nn/elementwise/choice-is-exact", test_choice_is_exact);
  return g_test_run ();
}
