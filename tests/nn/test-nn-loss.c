/* test-nn-loss.c - the losses on the tape
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-loss.h"

#include <math.h>
#include <string.h>

#include "nn-differences.h"
#include "nn-golden.h"
#include "nn/nn-error.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-ops.h"

#define N_EXAMPLES 5
#define N_OUTPUTS  3

/* Squared, so that the gradient that comes back to the loss is not 1. */
static NnTensor *
loss_then_square (NnTape *tape, NnTensor **inputs, gconstpointer data)
{
  return nn_square (tape, nn_loss_forward (data, tape, inputs[0], inputs[1]));
}

static NnTensor *
new_targets (NnLossType type, GRand *random)
{
  const gboolean classes = nn_loss_takes_classes (type);
  NnTensor *targets =
      nn_tensor_new (2, (const gsize[]){ N_EXAMPLES, classes ? 1 : N_OUTPUTS });
  float *values = nn_tensor_write (targets, NULL);

  for (gsize i = 0; i < nn_tensor_get_size (targets); i++)
    values[i] = classes ? (float) g_rand_int_range (random, 0, N_OUTPUTS)
                        : (float) g_rand_double (random);
  return targets;
}

static void
test_backward_matches_differences (gconstpointer data)
{
  NnLoss loss = nn_loss_get_default (GPOINTER_TO_UINT (data));
  /* By this seed no output is so near its target that l1's corner comes between. */
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  loss.target = 2;
  for (int round = 0; round < 10; round++) {
    g_autoptr (NnTensor) out =
        differences_new_random (random, 2, (const gsize[]){ N_EXAMPLES, N_OUTPUTS });
    g_autoptr (NnTensor) targets = new_targets (loss.type, random);
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

static NnTensor *
golden_tensor (const json_t *record, const char *key, gsize n_rows)
{
  gsize n;
  g_autofree float *values = golden_floats (record, key, &n);
  NnTensor *tensor = nn_tensor_new (2, (const gsize[]){ n_rows, n / n_rows });

  memcpy (nn_tensor_write (tensor, NULL), values, n * sizeof *values);
  return tensor;
}

/* Beside a part in a million, sums may differ by a rounding of a number near 1, and
 * gradients by one of an element's share. */
static void
check_golden (const json_t *record)
{
  const char *name = json_string_value (json_object_get (record, "name"));
  const json_t *shape = json_object_get (record, "shape");
  const gsize n_rows = (gsize) json_integer_value (json_array_get (shape, 0));
  gsize n;
  g_autofree float *value = golden_floats (record, "loss", &n);
  g_autofree float *gradient = golden_floats (record, "gradient", &n);
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) out = golden_tensor (record, "out", n_rows);
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
    targets = golden_tensor (record, "targets", n_rows);
  nn_tensor_set_requires_grad (out, TRUE);
  result = nn_loss_forward (&loss, tape, out, targets);
  check_near (nn_tensor_get_values (result), value, 1, 0x1p-22);
  g_assert_true (nn_tape_backward (tape, result, NULL));
  check_near (nn_tensor_get_values (nn_tensor_get_grad (out)), gradient, n,
              type == NN_LOSS_SQUARED_SUM ? 0x1p-20 : 0x1p-22 / (double) n_rows);
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
  g_assert_cmpuint (seen, ==, (1u << NN_N_LOSSES) - 1);
  json_decref (root);
}

static NnTensor *
new_matrix (gsize n_rows, gsize n_columns, const float *values)
{
  NnTensor *tensor = nn_tensor_new (2, (const gsize[]){ n_rows, n_columns });

  memcpy (nn_tensor_write (tensor, NULL), values, n_rows * n_columns * sizeof (float));
  return tensor;
}

/* Wrong by 10⁴ costs 10⁴, and pulls no harder than any error. */
static void
test_extreme_logits_stay_finite (void)
{
  static const float logits[] = { 1e4f, -1e4f, 1e4f, -1e4f };
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) out = new_matrix (2, 2, logits);
  g_autoptr (NnTensor) bits = new_matrix (2, 2, (float[]){ 0, 1, 1, 0 });
  g_autoptr (NnTensor) classes = new_matrix (2, 1, (float[]){ 1, 0 });
  NnLoss bce = nn_loss_get_default (NN_LOSS_BCE_LOGITS);
  NnLoss cross_entropy = nn_loss_get_default (NN_LOSS_CROSS_ENTROPY);
  NnTensor *result;

  nn_tensor_set_requires_grad (out, TRUE);
  result = nn_loss_forward (&bce, tape, out, bits);
  g_assert_cmpfloat (*nn_tensor_get_values (result), ==, 5e3f);
  g_assert_true (nn_tape_backward (tape, result, NULL));
  g_assert_cmpmem (nn_tensor_get_values (nn_tensor_get_grad (out)), sizeof logits,
                   ((float[]){ 0.25f, -0.25f, 0, 0 }), sizeof logits);

  nn_tensor_clear_grad (out);
  result = nn_loss_forward (&cross_entropy, tape, out, classes);
  g_assert_cmpfloat (*nn_tensor_get_values (result), ==, 1e4f);
  g_assert_true (nn_tape_backward (tape, result, NULL));
  g_assert_cmpmem (nn_tensor_get_values (nn_tensor_get_grad (out)), sizeof logits,
                   ((float[]){ 0.5f, -0.5f, 0, 0 }), sizeof logits);
}

/* One case by hand: mean ((5 − (1 + 2 + 4))²) is 4, and each gradient −2 (5 − 7). */
static void
test_squared_sum_is_one_number_for_the_batch (void)
{
  const NnLoss loss = { .type = NN_LOSS_SQUARED_SUM, .target = 5 };
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) out = new_matrix (3, 1, (float[]){ 1, 2, 4 });
  NnTensor *result;

  nn_tensor_set_requires_grad (out, TRUE);
  result = nn_loss_forward (&loss, tape, out, NULL);
  g_assert_cmpfloat (*nn_tensor_get_values (result), ==, 4);
  g_assert_true (nn_tape_backward (tape, result, NULL));
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpfloat (nn_tensor_get_values (nn_tensor_get_grad (out))[i], ==, 4);
}

/* Whether backward notices that the output or the targets have been changed. */
static gboolean
notices (NnLossType type, gboolean change_out)
{
  NnLoss loss = nn_loss_get_default (type);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NnTensor) out =
      differences_new_random (random, 2, (const gsize[]){ N_EXAMPLES, N_OUTPUTS });
  g_autoptr (NnTensor) targets = new_targets (type, random);
  NnTensor *result = nn_loss_forward (&loss, tape, out, targets);

  NN_NO_GRAD ()
  {
    nn_tensor_write (change_out ? out : targets, NULL);
  }
  if (nn_tape_backward (tape, result, &error))
    return FALSE;
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, nn_loss_get_name (type)));
  return TRUE;
}

/* The same cases fail and pass in PyTorch. */
static void
test_saves_what_pytorch_saves (void)
{
  static const struct {
    NnLossType type;
    gboolean out;
    gboolean targets;
  } saved[] = {
    { NN_LOSS_MSE, TRUE, TRUE },
    { NN_LOSS_L1, FALSE, FALSE },
    { NN_LOSS_HUBER, TRUE, TRUE },
    { NN_LOSS_BCE_LOGITS, TRUE, TRUE },
    { NN_LOSS_CROSS_ENTROPY, FALSE, TRUE },
    { NN_LOSS_SQUARED_SUM, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (saved); i++) {
    g_assert_cmpint (notices (saved[i].type, TRUE), ==, saved[i].out);
    g_assert_cmpint (notices (saved[i].type, FALSE), ==, saved[i].targets);
  }
}

static void
try_class (gconstpointer number)
{
  const NnLoss loss = nn_loss_get_default (NN_LOSS_CROSS_ENTROPY);
  g_autoptr (NnTape) tape = nn_tape_new ();
  g_autoptr (NnTensor) out = new_matrix (1, 2, (float[]){ 1, 2 });
  g_autoptr (NnTensor) targets = new_matrix (1, 1, number);

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*are_classes*");
  g_assert_null (nn_loss_forward (&loss, tape, out, targets));
  g_test_assert_expected_messages ();
}

static void
test_no_class_leads_out_of_the_row (void)
{
  static const float numbers[] = { -1, 2, 0.5f, 1e30f, INFINITY, NAN };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    try_class (&numbers[i]);
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
  g_assert_cmpstr (error->message, ==,
                   "unknown loss '': there are mse, l1, huber, bce_logits, cross_entropy "
                   "and squared_sum");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < NN_N_LOSSES; i++) {
    g_autofree char *path = g_strdup_printf ("/nn/loss/%s/backward-matches-differences",
                                             nn_loss_get_name (i));

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_backward_matches_differences);
  }
  g_test_add_func ("/nn/loss/equals-pytorch", test_equals_pytorch);
  g_test_add_func ("/nn/loss/extreme-logits-stay-finite",
                   test_extreme_logits_stay_finite);
  g_test_add_func ("/nn/loss/squared-sum-is-one-number-for-the-batch",
                   test_squared_sum_is_one_number_for_the_batch);
  g_test_add_func ("/nn/loss/saves-what-pytorch-saves", test_saves_what_pytorch_saves);
  g_test_add_func ("/nn/loss/no-class-leads-out-of-the-row",
                   test_no_class_leads_out_of_the_row);
  g_test_add_func ("/nn/loss/names-are-found", test_names_are_found);
  return g_test_run ();
}
