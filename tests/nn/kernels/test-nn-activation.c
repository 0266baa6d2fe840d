/* test-nn-activation.c - the activations, alone and in a layer on the tape
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-activation.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/tensor/nn-dense.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/kernel-sets.h"
#include "tests/nn/nn-differences.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/nn-ops.h"

#define N_UNITS   2
#define N_INPUTS  3
#define N_COLUMNS 4

/* Of a layer on the tape. */
enum { X, WEIGHT, BIAS, N_TENSORS };

/* Squared, so that what comes back to the layer is not 1 and relu has no corner. */
static NnTensor *
layer_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  NnTensor *y = nn_dense (tape, inputs[X], inputs[WEIGHT], inputs[BIAS],
                          (NnActivation) GPOINTER_TO_UINT (data));

  return nn_mean (tape, nn_square (tape, y));
}

static void
make_layer (GRand *random, NnTensor **inputs)
{
  inputs[X] = differences_new_random (random, 2, (const gsize[]){ N_INPUTS, N_COLUMNS });
  inputs[WEIGHT] =
      differences_new_random (random, 2, (const gsize[]){ N_UNITS, N_INPUTS });
  inputs[BIAS] = differences_new_random (random, 1, (const gsize[]){ N_UNITS });
  nn_tensor_set_name (inputs[X], "x");
}

static void
clear_layer (NnTensor **inputs)
{
  for (gsize i = 0; i < N_TENSORS; i++)
    nn_tensor_unref (inputs[i]);
}

static void
test_backward_matches_differences (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int round = 0; round < 10; round++) {
    NnTensor *inputs[N_TENSORS];

    make_layer (random, inputs);
    differences_check (layer_then_square, data, inputs, N_TENSORS);
    clear_layer (inputs);
  }
}

/* How far a result may be from PyTorch's: a part in a million, and what one rounding of
 * a number of @scale's size makes. */
static void
check_near (const float *ours, const float *theirs, const float *scale, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (isnan (theirs[i]) || isinf (theirs[i])) {
      g_assert_true (isnan (theirs[i]) ? isnan (ours[i]) : ours[i] == theirs[i]);
      continue;
    }
    const double tolerance = 1e-6 * fabs ((double) theirs[i]) + 0x1p-147 +
                             (scale ? 0x1p-22 * fabs ((double) scale[i]) : 0);

    g_assert_cmpfloat (fabs ((double) ours[i] - (double) theirs[i]), <=, tolerance);
  }
}

static void
check_golden (const NnKernels *kernels, const json_t *record)
{
  const char *name = json_string_value (json_object_get (record, "name"));
  gsize n;
  g_autofree float *x = golden_floats (record, "x", &n);
  g_autofree float *y = golden_floats (record, "y", &n);
  g_autofree float *dy = golden_floats (record, "dy", &n);
  g_autofree float *dx = golden_floats (record, "dx", &n);
  g_autofree float *our_y = g_new (float, n);
  g_autofree float *our_dx = g_new (float, n);
  NnActivation activation;
  gboolean rounds;

  g_assert_true (nn_activation_find (name, &activation, NULL));
  /* 1 + erf, 1 − y² and 1 − y lose what is far below 1, in PyTorch as here. */
  rounds = activation != NN_ACTIVATION_RELU && activation != NN_ACTIVATION_LEAKY_RELU &&
           activation != NN_ACTIVATION_SOFTPLUS;
  kernels->activate (activation, x, our_y, n);
  check_near (our_y, y, activation == NN_ACTIVATION_GELU ? x : NULL, n);
  if (nn_activation_needs_input (activation))
    kernels->activate_backward (activation, x, NULL, dy, our_dx, n);
  else
    kernels->activate_backward (activation, NULL, our_y, dy, our_dx, n);
  check_near (our_dx, dx, rounds ? dy : NULL, n);
}

static void
test_equals_pytorch (void)
{
  json_t *root = golden_load ("functions.json");
  const json_t *records = json_object_get (root, "activations");

  g_assert_cmpuint (json_array_size (records), >=, 6); /* PyTorch's */
  for (gsize set = 0; set < count_kernel_sets (); set++)
    for (gsize i = 0; i < json_array_size (records); i++)
      check_golden (kernel_sets[set], json_array_get (records, i));
  json_decref (root);
}

/* What a layer on the tape gives is what the kernel gives of w x + b. */
static void
test_layer_applies_it (gconstpointer data)
{
  const NnActivation activation = (NnActivation) GPOINTER_TO_UINT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  float expected[N_UNITS * N_COLUMNS];
  NnTensor *inputs[N_TENSORS];
  const NnTensor *z, *y;

  make_layer (random, inputs);
  z = nn_dense (tape, inputs[X], inputs[WEIGHT], inputs[BIAS], NN_ACTIVATION_IDENTITY);
  nn_kernels_get ()->activate (activation, nn_tensor_get_values (z), expected,
                               G_N_ELEMENTS (expected));
  y = nn_dense (tape, inputs[X], inputs[WEIGHT], inputs[BIAS], activation);
  g_assert_cmpmem (nn_tensor_get_values (y), sizeof expected, expected, sizeof expected);
  g_assert_false (memcmp (nn_tensor_get_values (z), expected, sizeof expected) == 0);
  clear_layer (inputs);
}

static void
test_identity_changes_nothing (void)
{
  const float x[] = { -0.0f, 1, -2, INFINITY, 0x1p-149f };
  float y[G_N_ELEMENTS (x)], dx[G_N_ELEMENTS (x)];

  for (gsize set = 0; set < count_kernel_sets (); set++) {
    memset (y, 1, sizeof y);
    memset (dx, 1, sizeof dx);
    kernel_sets[set]->activate (NN_ACTIVATION_IDENTITY, x, y, G_N_ELEMENTS (x));
    kernel_sets[set]->activate_backward (NN_ACTIVATION_IDENTITY, NULL, y, x, dx,
                                         G_N_ELEMENTS (x));
    g_assert_cmpmem (y, sizeof y, x, sizeof x);
    g_assert_cmpmem (dx, sizeof dx, x, sizeof x);
  }
}

/* A layer's input may not change before backward; its bias may, whether or not the
 * derivative is written in w x + b, which the layer keeps for itself. */
static void
test_only_inputs_that_are_needed_are_saved (gconstpointer data)
{
  const NnActivation activation = (NnActivation) GPOINTER_TO_UINT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (GError) error = NULL;
  NnTensor *inputs[N_TENSORS], *loss;

  make_layer (random, inputs);
  loss = layer_then_square (tape, inputs, data);
  NN_NO_GRAD ()
  {
    nn_tensor_write (inputs[BIAS], NULL)[0] = 100;
  }
  g_assert_true (nn_tape_backward (tape, loss, 1, NULL));

  nn_tape_rewind (tape);
  loss = layer_then_square (tape, inputs, data);
  NN_NO_GRAD ()
  {
    nn_tensor_write (inputs[X], NULL)[0] = 1;
  }
  g_assert_false (nn_tape_backward (tape, loss, 1, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, nn_activation_get_name (activation)));
  g_assert_true (g_str_has_prefix (error->message, "x, "));
  clear_layer (inputs);
}

/* The gradients of a pass whose bias was changed behind its back are those of the
 * forward pass that there was. */
static void
test_backward_uses_what_forward_saw (gconstpointer data)
{
  float grads[2][N_UNITS * N_INPUTS];

  for (int change = 0; change < 2; change++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (8);
    g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
    NnTensor *inputs[N_TENSORS], *loss;

    make_layer (random, inputs);
    loss = layer_then_square (tape, inputs, data);
    NN_NO_GRAD ()
    {
      for (gsize i = 0; change && i < N_UNITS; i++)
        nn_tensor_write (inputs[BIAS], NULL)[i] += 3;
    }
    g_assert_true (nn_tape_backward (tape, loss, 1, NULL));
    memcpy (grads[change], nn_tensor_get_values (nn_tensor_get_grad (inputs[WEIGHT])),
            sizeof grads[change]);
    clear_layer (inputs);
  }
  g_assert_cmpfloat (grads[0][0], !=, 0);
  g_assert_cmpmem (grads[0], sizeof grads[0], grads[1], sizeof grads[1]);
}

static void
test_names_are_found (void)
{
  g_autoptr (GError) error = NULL;
  NnActivation activation = NN_ACTIVATION_TANH;

  for (guint i = 0; i < NN_N_ACTIVATIONS; i++) {
    g_assert_true (nn_activation_find (nn_activation_get_name (i), &activation, NULL));
    g_assert_cmpuint (activation, ==, i);
  }
  g_assert_false (nn_activation_find ("ReLU\n", &activation, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_true (g_str_has_prefix (
      error->message, "unknown activation 'ReLU\xef\xbf\xbd': there are identity, relu, "
                      "leaky_relu, tanh, sigmoid, gelu"));
  g_assert_cmpuint (activation, ==, NN_N_ACTIVATIONS - 1);
}

static void
add_for_each (const char *property, GTestDataFunc test)
{
  for (guint i = NN_ACTIVATION_IDENTITY + 1; i < NN_N_ACTIVATIONS; i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/activation/%s/%s", nn_activation_get_name (i), property);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each ("backward-matches-differences", test_backward_matches_differences);
  add_for_each ("layer-applies-it", test_layer_applies_it);
  add_for_each ("only-inputs-that-are-needed-are-saved",
                test_only_inputs_that_are_needed_are_saved);
  add_for_each ("backward-uses-what-forward-saw", test_backward_uses_what_forward_saw);
  g_test_add_func ("/nn/activation/equals-pytorch", test_equals_pytorch);
  g_test_add_func ("/nn/activation/identity-changes-nothing",
                   test_identity_changes_nothing);
  g_test_add_func ("/nn/activation/names-are-found", test_names_are_found);
  return g_test_run ();
}
