/* test-nn-ops.c - operations, their derivatives, and the tape that holds them
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tensor/nn-ops.h"

#include <string.h>

#include "nn-differences.h"
#include "nn/nn-error.h"
#include "nn/tensor/nn-grad-mode.h"

static NnTensor *
linear_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_sum (tape,
                 nn_square (tape, nn_linear (tape, inputs[0], inputs[1], inputs[2])));
}

static NnTensor *
relu_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_mean (tape,
                  nn_square (tape, nn_activate (tape, NN_ACTIVATION_RELU, inputs[0])));
}

static NnTensor *
seed_loss (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_mean (tape,
                  nn_square (tape, nn_subtract_from (tape, 5, nn_sum (tape, inputs[0]))));
}

/* One input on two paths: its gradients add up. */
static NnTensor *
used_twice (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  NnTensor *y = nn_linear (tape, inputs[0], inputs[1], inputs[2]);

  return nn_sum (tape, nn_linear (tape, nn_square (tape, y), inputs[1], inputs[2]));
}

static void
test_backward_matches_differences (gconstpointer data)
{
  const DifferencesFunction function = *(const DifferencesFunction *) data;
  const gboolean two_layers = function == used_twice;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int round = 0; round < 10; round++) {
    g_autoptr (NnTensor) x = differences_new_random (random, 2, (const gsize[]){ 4, 3 });
    g_autoptr (NnTensor) w =
        differences_new_random (random, 2, (const gsize[]){ two_layers ? 3 : 2, 3 });
    g_autoptr (NnTensor) b =
        differences_new_random (random, 1, (const gsize[]){ two_layers ? 3 : 2 });
    NnTensor *inputs[] = { x, w, b };
    const gboolean linear = function == linear_then_square || two_layers;

    differences_check (function, NULL, inputs, linear ? 3 : 1);
  }
}

/* x (1,2) = (1, −2), w (2,2) = ((1, 2), (3, 4)), b = (0.5, −0.5), L = Σ x wᵀ + b. */
static void
test_linear_by_hand (void)
{
  static const float w_values[] = { 1, 2, 3, 4 };
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 1, 2 });
  g_autoptr (NnTensor) w = nn_tensor_new (2, (const gsize[]){ 2, 2 });
  g_autoptr (NnTensor) b = nn_tensor_new (1, (const gsize[]){ 2 });
  NnTensor *y;

  memcpy (nn_tensor_write (x, NULL), (float[]){ 1, -2 }, 2 * sizeof (float));
  memcpy (nn_tensor_write (w, NULL), w_values, sizeof w_values);
  memcpy (nn_tensor_write (b, NULL), (float[]){ 0.5f, -0.5f }, 2 * sizeof (float));
  nn_tensor_set_requires_grad (w, TRUE);

  y = nn_linear (tape, x, w, b);
  g_assert_cmpfloat (nn_tensor_get_values (y)[0], ==, -2.5f);
  g_assert_cmpfloat (nn_tensor_get_values (y)[1], ==, -5.5f);
  g_assert_true (nn_tape_backward (tape, nn_sum (tape, y), NULL));
  g_assert_cmpmem (nn_tensor_get_values (nn_tensor_get_grad (w)), 4 * sizeof (float),
                   ((float[]){ 1, -2, 1, -2 }), 4 * sizeof (float));
  g_assert_null (nn_tensor_get_grad (x));
  g_assert_null (nn_tensor_get_grad (b));
}

static void
test_gradients_accumulate_until_cleared (void)
{
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) x = nn_tensor_new (1, (const gsize[]){ 1 });

  nn_tensor_write (x, NULL)[0] = 3;
  nn_tensor_set_requires_grad (x, TRUE);
  g_assert_null (nn_tensor_get_grad (x));
  for (int i = 1; i <= 2; i++) {
    g_assert_true (nn_tape_backward (tape, nn_sum (tape, nn_square (tape, x)), NULL));
    g_assert_cmpfloat (*nn_tensor_get_values (nn_tensor_get_grad (x)), ==,
                       6.0f * (float) i);
  }
  nn_tensor_clear_grad (x);
  g_assert_null (nn_tensor_get_grad (x));
}

/* x → hidden → output, each (1,1); a parameter of each is changed after forward. */
static gboolean
backward_after_change (gsize layer,
                       gboolean weight,
                       gboolean through_data,
                       GError **error)
{
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 1, 1 });
  NnTensor *parameters[4];
  NnTensor *y = x;
  gboolean done;

  for (gsize i = 0; i < 4; i++) {
    parameters[i] = nn_tensor_new (i % 2 ? 1 : 2, (const gsize[]){ 1, 1 });
    nn_tensor_set_name (parameters[i], i % 2 ? "a bias" : "a weight");
    nn_tensor_set_requires_grad (parameters[i], TRUE);
  }
  for (gsize i = 0; i < 2; i++)
    y = nn_linear (tape, y, parameters[2 * i], parameters[2 * i + 1]);
  NN_NO_GRAD ()
  {
    NnTensor *changed = parameters[2 * layer + (weight ? 0 : 1)];
    g_autoptr (NnTensor) view =
        through_data ? nn_tensor_data (changed) : nn_tensor_ref (changed);

    nn_tensor_write (view, NULL)[0] = 9;
  }
  done = nn_tape_backward (tape, nn_sum (tape, y), error);
  for (gsize i = 0; i < 4; i++) {
    g_assert_true ((nn_tensor_get_grad (parameters[i]) != NULL) == done);
    nn_tensor_unref (parameters[i]);
  }
  return done;
}

/* The same cases fail and pass in PyTorch. */
static void
test_stale_values_are_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (backward_after_change (1, TRUE, FALSE, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "a weight"));
  g_assert_nonnull (strstr (error->message, "version 1"));

  g_assert_true (backward_after_change (1, FALSE, FALSE, NULL)); /* no bias is saved */
  g_assert_true (backward_after_change (0, TRUE, FALSE, NULL));  /* x needs no gradient */
  g_assert_true (backward_after_change (1, TRUE, TRUE, NULL));   /* .data is not seen */
}

static void
test_results_are_reused_unless_held (void)
{
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) x = nn_tensor_new (1, (const gsize[]){ 4 });
  g_autoptr (NnTensor) held = NULL;
  NnTensor *first = nn_square (tape, x);

  nn_tape_reset (tape);
  g_assert_true (nn_square (tape, x) == first);
  held = nn_tensor_ref (first);
  nn_tape_reset (tape);
  g_assert_true (nn_square (tape, x) != first);
}

int
main (int argc, char *argv[])
{
  static const DifferencesFunction functions[] = { linear_then_square, relu_then_square,
                                                   seed_loss, used_twice };
  static const char *const names[] = { "linear", "relu", "seed-loss", "used-twice" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++) {
    g_autofree char *path =
        g_strdup_printf ("/nn/ops/%s/backward-matches-differences", names[i]);

    g_test_add_data_func (path, &functions[i], test_backward_matches_differences);
  }
  g_test_add_func ("/nn/ops/linear/by-hand", test_linear_by_hand);
  g_test_add_func ("/nn/tape/gradients-accumulate-until-cleared",
                   test_gradients_accumulate_until_cleared);
  g_test_add_func ("/nn/tape/stale-values-are-refused", test_stale_values_are_refused);
  g_test_add_func ("/nn/tape/results-are-reused-unless-held",
                   test_results_are_reused_unless_held);
  return g_test_run ();
}
