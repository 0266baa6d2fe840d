/* test-nn-dense.c - a dense layer on the tape, and its gradients
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-dense.h"

#include <math.h>
#include <string.h>

#include "nn/kernels/nn-gemm.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-tensor-private.h"
#include "tests/nn/nn-differences.h"
#include "tests/nn/nn-ops.h"

#define MOST_UNITS    40
#define MOST_EXAMPLES 70

/* ---- the layer on the tape --------------------------------------------------------- */

enum { X, WEIGHT, BIAS, N_TENSORS };

typedef struct {
  NnTensor *tensors[N_TENSORS]; /* (owned) */
  guint8
      *grad_status; /* (owned) (nullable) (2) of weight and bias, if they are together */
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

    self->grad_status = g_new0 (guint8, 2);
    nn_tensor_set_grad_storage (self->tensors[WEIGHT], grads, 0, &self->grad_status[0]);
    nn_tensor_set_grad_storage (self->tensors[BIAS], grads, n_values,
                                &self->grad_status[1]);
  }
}

static void
layer_clear (Layer *self)
{
  for (gsize i = 0; i < N_TENSORS; i++)
    nn_tensor_unref (self->tensors[i]);
  g_free (self->grad_status);
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
  add_for_each_activation ("large-layer-equals-loops-in-double",
                           test_large_layer_equals_loops_in_double);
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
