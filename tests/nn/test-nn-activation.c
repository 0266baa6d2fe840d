/* test-nn-activation.c - the activations on the tape
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/kernels/nn-activation.h"

#include <math.h>
#include <string.h>

#include "nn-differences.h"
#include "nn-golden.h"
#include "nn/nn-error.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-ops.h"

static NnTensor *
activate_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  NnTensor *y = nn_activate (tape, GPOINTER_TO_UINT (data), inputs[0]);

  return nn_mean (tape, nn_square (tape, y));
}

static void
test_backward_matches_differences (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int round = 0; round < 10; round++) {
    g_autoptr (NnTensor) x = differences_new_random (random, 2, (const gsize[]){ 4, 5 });

    differences_check (activate_then_square, data, &x, 1);
  }
}

static NnTensor *
new_vector (const float *values, gsize n)
{
  NnTensor *tensor = nn_tensor_new (2, (const gsize[]){ 1, n });

  memcpy (nn_tensor_write (tensor, NULL), values, n * sizeof *values);
  return tensor;
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

/* L = Σ y dy, whose gradient in y is dy. */
static void
check_golden (const json_t *record)
{
  const char *name = json_string_value (json_object_get (record, "name"));
  g_autoptr (NnTape) tape = nn_tape_new ();
  gsize n;
  g_autofree float *x_values = golden_floats (record, "x", &n);
  g_autofree float *y_values = golden_floats (record, "y", &n);
  g_autofree float *dy_values = golden_floats (record, "dy", &n);
  g_autofree float *dx_values = golden_floats (record, "dx", &n);
  g_autoptr (NnTensor) x = new_vector (x_values, n);
  g_autoptr (NnTensor) dy = new_vector (dy_values, n);
  g_autoptr (NnTensor) zero = nn_tensor_new (1, (const gsize[]){ 1 });
  g_autoptr (NnTensor) y = NULL;
  NnActivation activation;
  gboolean rounds;

  g_assert_true (nn_activation_find (name, &activation, NULL));
  /* 1 + erf, 1 − y² and 1 − y lose what is far below 1, in PyTorch as here. */
  rounds = activation != NN_ACTIVATION_RELU && activation != NN_ACTIVATION_LEAKY_RELU &&
           activation != NN_ACTIVATION_SOFTPLUS;
  nn_tensor_set_requires_grad (x, TRUE);
  y = nn_tensor_ref (nn_activate (tape, activation, x));
  check_near (nn_tensor_get_values (y), y_values,
              activation == NN_ACTIVATION_GELU ? x_values : NULL, n);
  g_assert_true (nn_tape_backward (tape, nn_linear (tape, y, dy, zero), NULL));
  check_near (nn_tensor_get_values (nn_tensor_get_grad (x)), dx_values,
              rounds ? dy_values : NULL, n);
}

static void
test_equals_pytorch (void)
{
  json_t *root = golden_load ("functions.json");
  const json_t *records = json_object_get (root, "activations");

  g_assert_cmpuint (json_array_size (records), ==, NN_N_ACTIVATIONS - 1);
  for (gsize i = 0; i < json_array_size (records); i++)
    check_golden (json_array_get (records, i));
  json_decref (root);
}

/* Used twice, with more elements than are worked on at a time. */
static void
test_gradients_add_up (gconstpointer data)
{
  const NnActivation activation = GPOINTER_TO_UINT (data);
  const gsize n = 1000;
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (NnTensor) x = differences_new_random (random, 2, (const gsize[]){ 2, n });
  g_autofree float *once = NULL;

  g_assert_true (
      nn_tape_backward (tape, nn_sum (tape, nn_activate (tape, activation, x)), NULL));
  once = g_memdup2 (nn_tensor_get_values (nn_tensor_get_grad (x)), 2 * n * sizeof *once);
  g_assert_true (
      nn_tape_backward (tape, nn_sum (tape, nn_activate (tape, activation, x)), NULL));
  for (gsize i = 0; i < 2 * n; i++)
    g_assert_cmpfloat (nn_tensor_get_values (nn_tensor_get_grad (x))[i], ==, 2 * once[i]);
}

static void
test_identity_is_no_operation (void)
{
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) x = new_vector ((float[]){ 1, 2 }, 2);

  nn_tensor_set_requires_grad (x, TRUE);
  g_assert_true (nn_activate (tape, NN_ACTIVATION_IDENTITY, x) == x);
  g_assert_cmpuint (nn_tape_get_length (tape), ==, 0);
}

/* An input that backward reads may not change; one that it does not read may. */
static void
test_only_inputs_that_are_needed_are_saved (gconstpointer data)
{
  const NnActivation activation = GPOINTER_TO_UINT (data);
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTensor) x = new_vector ((float[]){ -0.5f, 0.5f }, 2);
  NnTensor *sum;

  nn_tensor_set_requires_grad (x, TRUE);
  sum = nn_sum (tape, nn_activate (tape, activation, x));
  NN_NO_GRAD ()
  {
    nn_tensor_write (x, NULL)[0] = 1;
  }
  g_assert_true (nn_tape_backward (tape, sum, &error) !=
                 nn_activation_needs_input (activation));
  if (error) {
    g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
    g_assert_nonnull (strstr (error->message, nn_activation_get_name (activation)));
  }
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
  g_assert_cmpstr (error->message, ==,
                   "unknown activation 'ReLU\xef\xbf\xbd': there are identity, relu, "
                   "leaky_relu, tanh, sigmoid, gelu and softplus");
  g_assert_cmpuint (activation, ==, NN_ACTIVATION_SOFTPLUS);
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
  add_for_each ("gradients-add-up", test_gradients_add_up);
  add_for_each ("only-inputs-that-are-needed-are-saved",
                test_only_inputs_that_are_needed_are_saved);
  g_test_add_func ("/nn/activation/equals-pytorch", test_equals_pytorch);
  g_test_add_func ("/nn/activation/identity-is-no-operation",
                   test_identity_is_no_operation);
  g_test_add_func ("/nn/activation/names-are-found", test_names_are_found);
  return g_test_run ();
}
