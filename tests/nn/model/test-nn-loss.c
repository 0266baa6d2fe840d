/* test-nn-loss.c - the losses on the tape
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/kernels/nn-kernels.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/nn-differences.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/nn-ops.h"

#define N_EXAMPLES 5
#define N_COLUMNS  8 /* what they take: three columns are no examples */
#define N_OUTPUTS  3

/* A test's number: the loss's type, or cross_entropy of rows of probabilities. */
#define PROBABILITIES NN_N_LOSSES

/* Squared, so that the gradient that comes back to the loss is not 1. */
static NnTensor *
loss_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_square (tape, nn_loss_forward (data, tape, inputs[0], inputs[1], N_EXAMPLES));
}

static NnTensor *
new_out (GRand *random)
{
  return differences_new_random (random, 2, (const gsize[]){ N_OUTPUTS, N_COLUMNS });
}

static NnLoss
get_loss (gconstpointer number)
{
  const guint type = GPOINTER_TO_UINT (number);

  return nn_loss_get_default (type == PROBABILITIES ? NN_LOSS_CROSS_ENTROPY : type);
}

static NnTensor *
new_targets (gconstpointer number, GRand *random)
{
  const gboolean classes = GPOINTER_TO_UINT (number) == NN_LOSS_CROSS_ENTROPY;
  NnTensor *targets =
      nn_tensor_new (2, (const gsize[]){ classes ? 1 : N_OUTPUTS, N_COLUMNS });
  float *values = nn_tensor_write (targets, NULL);

  for (gsize i = 0; i < nn_tensor_get_size (targets); i++)
    values[i] = classes ? (float) g_rand_int_range (random, 0, N_OUTPUTS)
                        : (float) g_rand_double (random);
  return targets;
}

static void
test_backward_matches_differences (gconstpointer data)
{
  NnLoss loss = get_loss (data);
  /* By this seed no output is so near its target that l1's corner comes between. */
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  loss.target = 2;
  for (int round = 0; round < 10; round++) {
    g_autoptr (NnTensor) out = new_out (random);
    g_autoptr (NnTensor) targets = new_targets (data, random);
    NnTensor *inputs[] = { out, targets };

    differences_check (loss_then_square, &loss, inputs, 1);
  }
}

static void
check_near (const float *ours, const float *theirs, gsize n, double scale)
{
  for (gsize i = 0; i < n; i++) {
    const double theirs_i = (double) theirs[i];

    if (isnan (theirs[i]) || isinf (theirs[i]))
      g_assert_true (isnan (theirs[i]) ? isnan (ours[i]) : ours[i] == theirs[i]);
    else
      g_assert_cmpfloat (fabs ((double) ours[i] - theirs_i), <=,
                         1e-6 * fabs (theirs_i) + scale);
  }
}

/* Rows become columns; those that are left are as @padding says. */
static NnTensor *
new_columns (const float *rows, gsize n_examples, gsize n_outputs, float padding)
{
  const gsize n_columns = nn_kernels_get_columns (n_examples);
  NnTensor *tensor = nn_tensor_new (2, (const gsize[]){ n_outputs, n_columns });
  float *values = nn_tensor_write (tensor, NULL);

  for (gsize k = 0; k < n_outputs; k++)
    for (gsize c = 0; c < n_columns; c++)
      values[k * n_columns + c] = c < n_examples ? rows[c * n_outputs + k] : padding;
  return tensor;
}

/* The gradient as PyTorch has it: an example to a row. Where no example is, it is 0. */
static float *
get_rows_of_gradient (const NnTensor *out, gsize n_examples)
{
  const float *grad = nn_tensor_get_values (nn_tensor_get_grad (out));
  const gsize n_outputs = nn_tensor_get_shape (out)[0];
  const gsize n_columns = nn_tensor_get_shape (out)[1];
  float *rows = g_new (float, n_examples *n_outputs);

  for (gsize k = 0; k < n_outputs; k++)
    for (gsize c = 0; c < n_columns; c++)
      if (c < n_examples)
        rows[c * n_outputs + k] = grad[k * n_columns + c];
      else
        g_assert_cmpfloat (grad[k * n_columns + c], ==, 0);
  return rows;
}

static NnTensor *
golden_tensor (const json_t *record, const char *key, gsize n_examples)
{
  gsize n;
  g_autofree float *values = golden_floats (record, key, &n);

  return new_columns (values, n_examples, n / n_examples, 1);
}

static void
check_accuracy (const json_t *record,
                const NnLoss *loss,
                const NnTensor *out,
                const NnTensor *targets,
                gsize n_examples)
{
  const double ours = nn_loss_get_accuracy (loss, out, targets, n_examples);
  gsize n;

  if (json_object_get (record, "accuracy")) {
    g_autofree float *accuracy = golden_floats (record, "accuracy", &n);

    g_assert_cmpfloat ((float) ours, ==, accuracy[0]);
  } else {
    g_assert_true (isnan (ours));
  }
  g_assert_cmpint (nn_loss_has_accuracy (loss->type), ==, !isnan (ours));
}

/* Beside a part in a million, sums may differ by a rounding of a number near 1, and
 * gradients by one of an element's share. */
static void
check_golden (const json_t *record)
{
  const char *name = json_string_value (json_object_get (record, "name"));
  const json_t *shape = json_object_get (record, "shape");
  const gsize n_examples = (gsize) json_integer_value (json_array_get (shape, 0));
  gsize n;
  g_autofree float *value = golden_floats (record, "loss", &n);
  g_autofree float *gradient = golden_floats (record, "gradient", &n);
  g_autofree float *our_gradient = NULL;
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) out = golden_tensor (record, "out", n_examples);
  g_autoptr (NnTensor) targets = NULL;
  NnLossType type;
  NnTensor *result;
  NnLoss loss;

  g_assert_true (nn_loss_find (name, &type, NULL));
  loss = nn_loss_get_default (type);
  if (json_object_get (record, "delta"))
    loss.delta = (float) json_number_value (json_object_get (record, "delta"));
  if (json_object_get (record, "target"))
    loss.target = (float) json_number_value (json_object_get (record, "target"));
  if (nn_loss_takes_targets (type))
    targets = golden_tensor (record, "targets", n_examples);
  nn_tensor_set_requires_grad (out, TRUE);
  result = nn_loss_forward (&loss, tape, out, targets, n_examples);
  check_near (nn_tensor_get_values (result), value, 1, 0x1p-22);
  check_accuracy (record, &loss, out, targets, n_examples);
  g_assert_true (nn_tape_backward (tape, result, 1, NULL));
  our_gradient = get_rows_of_gradient (out, n_examples);
  check_near (our_gradient, gradient, n,
              type == NN_LOSS_SQUARED_SUM ? 0x1p-20 : 0x1p-22 / (double) n_examples);
}

static void
test_equals_pytorch (void)
{
  json_t *root = golden_load ("functions.json");
  const json_t *records = json_object_get (root, "losses");
  guint seen = 0;

  for (gsize i = 0; i < json_array_size (records); i++) {
    const json_t *record = json_array_get (records, i);
    NnLossType type;

    check_golden (record);
    g_assert_true (
        nn_loss_find (json_string_value (json_object_get (record, "name")), &type, NULL));
    seen |= 1u << type;
  }
  g_assert_cmpuint (seen & 63, ==, 63); /* PyTorch's, and squared_sum */
  json_decref (root);
}

/* Wrong by 10⁴ costs 10⁴, and pulls no harder than any error. */
static void
test_extreme_logits_stay_finite (void)
{
  static const float logits[] = { 1e4f, -1e4f, 1e4f, -1e4f };
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) out = new_columns (logits, 2, 2, 1e4f);
  g_autoptr (NnTensor) bits = new_columns ((float[]){ 0, 1, 1, 0 }, 2, 2, 0);
  g_autoptr (NnTensor) classes = new_columns ((float[]){ 1, 0 }, 2, 1, 0);
  NnLoss bce = nn_loss_get_default (NN_LOSS_BCE_LOGITS);
  NnLoss cross_entropy = nn_loss_get_default (NN_LOSS_CROSS_ENTROPY);
  g_autofree float *bce_rows = NULL;
  g_autofree float *rows = NULL;
  NnTensor *result;

  nn_tensor_set_requires_grad (out, TRUE);
  result = nn_loss_forward (&bce, tape, out, bits, 2);
  g_assert_cmpfloat (*nn_tensor_get_values (result), ==, 5e3f);
  g_assert_true (nn_tape_backward (tape, result, 1, NULL));
  bce_rows = get_rows_of_gradient (out, 2);
  g_assert_cmpmem (bce_rows, sizeof logits, ((float[]){ 0.25f, -0.25f, 0, 0 }),
                   sizeof logits);

  nn_tensor_clear_grad (out);
  result = nn_loss_forward (&cross_entropy, tape, out, classes, 2);
  g_assert_cmpfloat (*nn_tensor_get_values (result), ==, 1e4f);
  g_assert_true (nn_tape_backward (tape, result, 1, NULL));
  rows = get_rows_of_gradient (out, 2);
  g_assert_cmpmem (rows, sizeof logits, ((float[]){ 0.5f, -0.5f, 0, 0 }), sizeof logits);
}

/* One case by hand: mean ((5 − (1 + 2 + 4))²) is 4, and each gradient −2 (5 − 7). */
static void
test_squared_sum_is_one_number_for_the_batch (void)
{
  const NnLoss loss = { .type = NN_LOSS_SQUARED_SUM, .target = 5 };
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) out = new_columns ((float[]){ 1, 2, 4 }, 3, 1, 100);
  g_autofree float *rows = NULL;
  NnTensor *result;

  nn_tensor_set_requires_grad (out, TRUE);
  result = nn_loss_forward (&loss, tape, out, NULL, 3);
  g_assert_cmpfloat (*nn_tensor_get_values (result), ==, 4);
  g_assert_true (nn_tape_backward (tape, result, 1, NULL));
  rows = get_rows_of_gradient (out, 3);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpfloat (rows[i], ==, 4);
}

/* A loss and its gradient of an output whose columns from N_EXAMPLES on are @padding. */
static float
compute_padded (gconstpointer number, float padding, float *grads)
{
  const NnLoss loss = get_loss (number);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) out = new_out (random);
  g_autoptr (NnTensor) targets = new_targets (number, random);
  NnTensor *result;

  NN_NO_GRAD ()
  {
    for (gsize i = 0; i < N_OUTPUTS * N_COLUMNS; i++)
      if (i % N_COLUMNS >= N_EXAMPLES)
        nn_tensor_write (out, NULL)[i] = padding;
  }
  result = nn_loss_forward (&loss, tape, out, targets, N_EXAMPLES);
  g_assert_true (nn_tape_backward (tape, result, 1, NULL));
  memcpy (grads, nn_tensor_get_values (nn_tensor_get_grad (out)),
          N_OUTPUTS * N_COLUMNS * sizeof *grads);
  return *nn_tensor_get_values (result);
}

static void
test_padding_counts_for_nothing (gconstpointer data)
{
  float grads[2][N_OUTPUTS * N_COLUMNS];
  const float loss = compute_padded (data, 1, grads[0]);

  g_assert_cmpfloat (compute_padded (data, -1e30f, grads[1]), ==, loss);
  g_assert_cmpmem (grads[0], sizeof grads[0], grads[1], sizeof grads[1]);
  for (gsize i = 0; i < N_OUTPUTS * N_COLUMNS; i++)
    g_assert_true ((grads[0][i] != 0) == (i % N_COLUMNS < N_EXAMPLES));
}

/* A replayed loss may have fewer examples than before, and then again more. */
static void
test_number_of_examples_may_change (gconstpointer data)
{
  const NnLoss loss = get_loss (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
  g_autoptr (NnTensor) out = new_out (random);
  g_autoptr (NnTensor) targets = new_targets (data, random);

  for (gsize i = 0; i < 4; i++) {
    const gsize n = (const gsize[]){ 5, 1, 8, 5 }[i];
    g_autoptr (NnTape) fresh_tape = nn_tape_new (NN_GUARD_CHECK);
    float grads[N_OUTPUTS * N_COLUMNS];
    NnTensor *fresh = nn_loss_forward (&loss, fresh_tape, out, targets, n);
    NnTensor *result;

    nn_tape_rewind (tape);
    result = nn_loss_forward (&loss, tape, out, targets, n);
    g_assert_cmpfloat (*nn_tensor_get_values (result), ==, *nn_tensor_get_values (fresh));
    nn_tensor_clear_grad (out);
    g_assert_true (nn_tape_backward (tape, result, 1, NULL));
    memcpy (grads, nn_tensor_get_values (nn_tensor_get_grad (out)), sizeof grads);
    nn_tensor_clear_grad (out);
    g_assert_true (nn_tape_backward (fresh_tape, fresh, 1, NULL));
    g_assert_cmpmem (grads, sizeof grads, nn_tensor_get_values (nn_tensor_get_grad (out)),
                     sizeof grads);
    g_assert_cmpfloat (grads[0], !=, 0);
  }
}

/* The derivative is computed with the loss: what changes afterwards is neither refused
 * nor seen. */
static void
test_later_changes_are_harmless (gconstpointer data)
{
  const NnLoss loss = get_loss (data);
  float grads[2][N_OUTPUTS * N_COLUMNS];

  for (int change = 0; change < 2; change++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (5);
    g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_CHECK);
    g_autoptr (NnTensor) out = new_out (random);
    g_autoptr (NnTensor) targets = new_targets (data, random);
    NnTensor *result = nn_loss_forward (&loss, tape, out, targets, N_EXAMPLES);

    NN_NO_GRAD ()
    {
      for (gsize i = 0; change && i < nn_tensor_get_size (out); i++)
        nn_tensor_write (out, NULL)[i] += 3;
      for (gsize i = 0; change && i < nn_tensor_get_size (targets); i++)
        nn_tensor_write (targets, NULL)[i] = 0;
    }
    g_assert_true (nn_tape_backward (tape, result, 1, NULL));
    memcpy (grads[change], nn_tensor_get_values (nn_tensor_get_grad (out)),
            sizeof grads[change]);
  }
  g_assert_cmpfloat (grads[0][0], !=, 0);
  g_assert_cmpmem (grads[0], sizeof grads[0], grads[1], sizeof grads[1]);
}

static void
test_names_are_found (void)
{
  g_autoptr (GError) error = NULL;
  NnLossType type;

  for (guint i = 0; i < NN_N_LOSSES; i++) {
    g_assert_true (nn_loss_find (nn_loss_get_name (i), &type, NULL));
    g_assert_cmpuint (type, ==, i);
  }
  g_assert_false (nn_loss_find ("", &type, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_true (g_str_has_prefix (
      error->message,
      "unknown loss '': there are mse, l1, huber, bce_logits, cross_entropy"));
}

static void
add_for_each (const char *property, GTestDataFunc test)
{
  for (guint i = 0; i <= PROBABILITIES; i++) {
    g_autofree char *path = g_strdup_printf (
        "/nn/loss/%s/%s", i == PROBABILITIES ? "probabilities" : nn_loss_get_name (i),
        property);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_for_each ("backward-matches-differences", test_backward_matches_differences);
  add_for_each ("padding-counts-for-nothing", test_padding_counts_for_nothing);
  add_for_each ("number-of-examples-may-change", test_number_of_examples_may_change);
  add_for_each ("later-changes-are-harmless", test_later_changes_are_harmless);
  g_test_add_func ("/nn/loss/equals-pytorch", test_equals_pytorch);
  g_test_add_func ("/nn/loss/extreme-logits-stay-finite",
                   test_extreme_logits_stay_finite);
  g_test_add_func ("/nn/loss/squared-sum-is-one-number-for-the-batch",
                   test_squared_sum_is_one_number_for_the_batch);
  g_test_add_func ("/nn/loss/names-are-found", test_names_are_found);
  return g_test_run ();
}
