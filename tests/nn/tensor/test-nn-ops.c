/* test-nn-ops.c - operations, their derivatives, and the tape that holds them
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/model/nn-network.h"
#include "nn/tensor/nn-dense.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/nn-differences.h"
#include "tests/nn/nn-ops.h"

static const gsize columns[] = { 4, 8, 16, 32, 48 };

static NnTensor *
square_sum (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_sum (tape, nn_square (tape, inputs[0]));
}

static NnTensor *
seed_loss (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_mean (tape,
                  nn_square (tape, nn_subtract_from (tape, 5, nn_sum (tape, inputs[0]))));
}

/* Of a layer with the activation that @data is. */
static NnTensor *
dense_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  const NnActivation activation = GPOINTER_TO_UINT (data);
  NnTensor *y = nn_dense (tape, inputs[0], inputs[1], inputs[2], activation);

  return nn_mean (tape, nn_square (tape, y));
}

/* One input on two paths: its gradients add up. */
static NnTensor *
used_twice (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  const NnActivation activation = GPOINTER_TO_UINT (data);
  NnTensor *y = nn_dense (tape, inputs[0], inputs[1], inputs[2], activation);

  return nn_mean (tape, nn_dense (tape, nn_square (tape, y), inputs[1], inputs[2],
                                  NN_ACTIVATION_IDENTITY));
}

static void
check_elementwise (DifferencesFunction function)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int round = 0; round < 10; round++) {
    g_autoptr (NnTensor) x = differences_new_random (random, 2, (const gsize[]){ 4, 3 });

    differences_check (function, NULL, &x, 1);
  }
}

static void
test_square_matches_differences (void)
{
  check_elementwise (square_sum);
}

static void
test_seed_loss_matches_differences (void)
{
  check_elementwise (seed_loss);
}

static void
check_dense (DifferencesFunction function, gconstpointer activation, gsize n_out)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autoptr (NnTensor) x =
        differences_new_random (random, 2, (const gsize[]){ 3, columns[i] });
    g_autoptr (NnTensor) w =
        differences_new_random (random, 2, (const gsize[]){ n_out, 3 });
    g_autoptr (NnTensor) b = differences_new_random (random, 1, &n_out);
    NnTensor *inputs[] = { x, w, b };

    differences_check (function, activation, inputs, 3);
  }
}

static void
test_dense_matches_differences (gconstpointer activation)
{
  check_dense (dense_then_square, activation, 2);
  check_dense (dense_then_square, activation, 5);
  check_dense (used_twice, activation, 3);
}

/* w (2,2) = ((1, 2), (3, 4)), b = (0.5, −0.5), the first column of x is (1, −2) and the
 * others are zero, L = Σ (w x + b). */
static void
test_dense_by_hand (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 2, 4 });
  g_autoptr (NnTensor) w = nn_tensor_new (2, (const gsize[]){ 2, 2 });
  g_autoptr (NnTensor) b = nn_tensor_new (1, (const gsize[]){ 2 });
  float *x_values = nn_tensor_write (x, NULL);
  const float *y_values;
  NnTensor *y;

  x_values[0] = 1;
  x_values[4] = -2;
  memcpy (nn_tensor_write (w, NULL), (float[]){ 1, 2, 3, 4 }, 4 * sizeof (float));
  memcpy (nn_tensor_write (b, NULL), (float[]){ 0.5f, -0.5f }, 2 * sizeof (float));
  nn_tensor_set_requires_grad (w, TRUE);

  y = nn_dense (tape, x, w, b, NN_ACTIVATION_IDENTITY);
  y_values = nn_tensor_get_values (y);
  g_assert_cmpfloat (y_values[0], ==, -2.5f);
  g_assert_cmpfloat (y_values[1], ==, 0.5f);
  g_assert_cmpfloat (y_values[4], ==, -5.5f);
  g_assert_true (nn_tape_backward (tape, nn_sum (tape, y), 1, NULL));
  g_assert_cmpmem (nn_tensor_get_values (nn_tensor_get_grad (w)), 4 * sizeof (float),
                   ((float[]){ 1, -2, 1, -2 }), 4 * sizeof (float));
  g_assert_null (nn_tensor_get_grad (x));
  g_assert_null (nn_tensor_get_grad (b));
}

/* Whose gradient is wanted decides about what is computed, not about its bits. */
static void
test_gradient_is_the_same_alone (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (NnTensor) x = differences_new_random (random, 2, (const gsize[]){ 3, 16 });
  g_autoptr (NnTensor) w = differences_new_random (random, 2, (const gsize[]){ 5, 3 });
  g_autoptr (NnTensor) b = differences_new_random (random, 1, (const gsize[]){ 5 });
  NnTensor *inputs[] = { x, w, b };
  float together[3][48];

  for (gsize wanted = 3; wanted <= 3; wanted--) { /* 3: all of them */
    g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
    NnTensor *loss;

    for (gsize i = 0; i < 3; i++) {
      nn_tensor_clear_grad (inputs[i]);
      nn_tensor_set_requires_grad (inputs[i], wanted == 3 || wanted == i);
    }
    loss = dense_then_square (tape, inputs, GUINT_TO_POINTER (NN_ACTIVATION_RELU));
    g_assert_true (nn_tape_backward (tape, loss, 1, NULL));
    for (gsize i = 0; i < 3; i++) {
      const NnTensor *grad = nn_tensor_get_grad (inputs[i]);
      const gsize size = nn_tensor_get_size (inputs[i]) * sizeof (float);

      g_assert_true ((grad != NULL) == (wanted == 3 || wanted == i));
      if (wanted == 3)
        memcpy (together[i], nn_tensor_get_values (grad), size);
      else if (grad)
        g_assert_cmpmem (nn_tensor_get_values (grad), size, together[i], size);
    }
  }
}

static void
test_gradients_accumulate_until_cleared (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) x = nn_tensor_new (1, (const gsize[]){ 1 });

  nn_tensor_write (x, NULL)[0] = 3;
  nn_tensor_set_requires_grad (x, TRUE);
  g_assert_null (nn_tensor_get_grad (x));
  for (int i = 1; i <= 2; i++) {
    g_assert_true (nn_tape_backward (tape, square_sum (tape, &x, NULL), 1, NULL));
    g_assert_cmpfloat (*nn_tensor_get_values (nn_tensor_get_grad (x)), ==,
                       6.0f * (float) i);
  }
  nn_tensor_clear_grad (x);
  g_assert_null (nn_tensor_get_grad (x));
}

static void
test_backward_scales (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) x = nn_tensor_new (1, (const gsize[]){ 1 });

  nn_tensor_write (x, NULL)[0] = 3;
  nn_tensor_set_requires_grad (x, TRUE);
  g_assert_true (nn_tape_backward (tape, square_sum (tape, &x, NULL), 0.25f, NULL));
  g_assert_cmpfloat (*nn_tensor_get_values (nn_tensor_get_grad (x)), ==, 1.5f);
}

/* Two layers, 2-3-2, on a batch of four; parameter @index is doubled after forward. */
typedef struct {
  NnGuard guard;
  gssize index; /* -1 for none */
  gboolean through_data;
} Change;

#define PARAMETERS 4
#define VALUES     (3 * 2 + 3 + 2 * 3 + 2)

static NnNetwork *
new_two_layers (void)
{
  static const NnLayerSpec layers[] = { { "fc1", 3, NN_ACTIVATION_TANH },
                                        { "fc2", 2, NN_ACTIVATION_IDENTITY } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (2, layers, 2);
  NnNetwork *network = nn_network_new (architecture);

  NN_NO_GRAD ()
  {
    float *values = nn_network_write_values (network);

    for (gsize i = 0; i < VALUES; i++)
      values[i] = 0.1f + 0.07f * (float) (i * 5 % 11);
  }
  return network;
}

static void
double_values (NnNetwork *network, const Change *change)
{
  NnTensor *parameter;
  g_autoptr (NnTensor) view = NULL;
  float *values;

  if (change->index < 0)
    return;
  parameter = nn_network_get_parameter (network, (gsize) change->index);
  view = change->through_data ? nn_tensor_data (parameter) : nn_tensor_ref (parameter);
  NN_NO_GRAD ()
  {
    values = nn_tensor_write (view, NULL);
    for (gsize i = 0; i < nn_tensor_get_size (view); i++)
      values[i] *= 2;
  }
}

/* Returns: FALSE if backward refused; then there are no gradients */
static gboolean
differentiate (const Change *change, float grads[VALUES], GError **error)
{
  g_autoptr (NnNetwork) network = new_two_layers ();
  g_autoptr (NnTape) tape = nn_tape_new (change->guard);
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 2, 4 });
  float *x_values = nn_tensor_write (x, NULL);
  NnTensor *y;
  gboolean done;

  for (gsize i = 0; i < 8; i++)
    x_values[i] = 0.25f * (float) i - 1;
  y = nn_network_forward (network, tape, x, NULL);
  y = nn_mean (tape, nn_square (tape, y));
  double_values (network, change);
  done = nn_tape_backward (tape, y, 1, error);
  for (gsize i = 0; i < PARAMETERS; i++)
    g_assert_true ((nn_tensor_get_grad (nn_network_get_parameter (network, i)) != NULL) ==
                   done);
  memcpy (grads, nn_network_get_grads (network), VALUES * sizeof (float));
  return done;
}

/* The same cases fail and pass in PyTorch. */
static void
test_stale_values_are_refused (void)
{
  float plain[VALUES], grads[VALUES];
  g_autoptr (GError) error = NULL;

  g_assert_true (differentiate (&(Change){ NN_GUARD_CHECK, -1 }, plain, NULL));
  g_assert_false (differentiate (&(Change){ NN_GUARD_CHECK, 2 }, grads, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "fc2.weight"));
  g_assert_nonnull (strstr (error->message, "linear"));
  g_assert_nonnull (strstr (error->message, "version 1"));
  g_assert_nonnull (strstr (error->message, "version 2"));

  /* No bias is saved, and the first layer's input needs no gradient. */
  for (gssize i = 0; i < PARAMETERS; i++) {
    if (i == 2)
      continue;
    g_assert_true (differentiate (&(Change){ NN_GUARD_CHECK, i }, grads, NULL));
    g_assert_cmpmem (grads, sizeof grads, plain, sizeof plain);
  }
}

static void
test_shield_gives_gradients_of_what_forward_saw (void)
{
  float plain[VALUES], grads[VALUES];

  g_assert_true (differentiate (&(Change){ NN_GUARD_SHIELD, -1 }, plain, NULL));
  g_assert_cmpfloat (plain[0], !=, 0.0f);
  for (gssize i = 0; i < PARAMETERS; i++) {
    g_assert_true (differentiate (&(Change){ NN_GUARD_SHIELD, i }, grads, NULL));
    g_assert_cmpmem (grads, sizeof grads, plain, sizeof plain);
  }
}

/* Without a guard, and through .data with PyTorch's: fc2's weight was doubled, and so
 * is what comes back through it, as the doubling is exact. */
static void
test_unguarded_change_goes_unnoticed (void)
{
  const Change changes[] = { { NN_GUARD_OFF, 2, FALSE },
                             { NN_GUARD_OFF, 2, TRUE },
                             { NN_GUARD_CHECK, 2, TRUE } };
  float plain[VALUES], grads[VALUES];

  g_assert_true (differentiate (&(Change){ NN_GUARD_OFF, -1 }, plain, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_assert_true (differentiate (&changes[i], grads, NULL));
    for (gsize k = 0; k < VALUES; k++) /* of fc1 are the first nine */
      g_assert_cmpfloat (grads[k], ==, k < 9 ? 2 * plain[k] : plain[k]);
  }
}

static void
test_results_are_reused_unless_held (void)
{
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) x = nn_tensor_new (1, (const gsize[]){ 4 });
  g_autoptr (NnTensor) held = NULL;
  NnTensor *first = nn_square (tape, x);

  nn_tape_rewind (tape);
  g_assert_true (nn_square (tape, x) == first);
  held = nn_tensor_ref (first);
  nn_tape_rewind (tape);
  g_assert_true (nn_square (tape, x) != first);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/ops/square/backward-matches-differences",
                   test_square_matches_differences);
  g_test_add_func ("/nn/ops/seed-loss/backward-matches-differences",
                   test_seed_loss_matches_differences);
  for (guint i = 0; i < NN_N_ACTIVATIONS; i++) {
    g_autofree char *path = g_strdup_printf (
        "/nn/ops/dense/%s/backward-matches-differences", nn_activation_get_name (i));

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_dense_matches_differences);
  }
  g_test_add_func ("/nn/ops/dense/by-hand", test_dense_by_hand);
  g_test_add_func ("/nn/ops/dense/gradient-is-the-same-alone",
                   test_gradient_is_the_same_alone);
  g_test_add_func ("/nn/tape/gradients-accumulate-until-cleared",
                   test_gradients_accumulate_until_cleared);
  g_test_add_func ("/nn/tape/backward-scales", test_backward_scales);
  g_test_add_func ("/nn/tape/stale-values-are-refused", test_stale_values_are_refused);
  g_test_add_func ("/nn/tape/shield-gives-gradients-of-what-forward-saw",
                   test_shield_gives_gradients_of_what_forward_saw);
  g_test_add_func ("/nn/tape/unguarded-change-goes-unnoticed",
                   test_unguarded_change_goes_unnoticed);
  g_test_add_func ("/nn/tape/results-are-reused-unless-held",
                   test_results_are_reused_unless_held);
  return g_test_run ();
}
