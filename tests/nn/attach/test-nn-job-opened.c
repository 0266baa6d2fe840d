/* test-nn-job-opened.c - what a nudge would make of the one tensor that is opened
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/attach/nn-job-opened.h"

#include "nn/attach/nn-job-target.h"

static const float values[] = { 1, 2, 3, 6 };

/* Of 1, 2, 3, 6. Returns: (nullable) */
static NnTensorSummary *
preview (const char *name, const char *text)
{
  const guint64 shape[] = { G_N_ELEMENTS (values) };
  g_autoptr (NnArray) array = nn_array_new_floats (name, 1, shape, values);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, &error);

  g_assert_no_error (error);
  return nn_job_opened_preview (array, nudge);
}

static void
assert_doubled (const char *name, const char *text)
{
  g_autoptr (NnTensorSummary) summary = preview (name, text);

  g_test_message ("%s: %s", name, text);
  g_assert_nonnull (summary);
  g_assert_cmpuint (summary->n_values, ==, G_N_ELEMENTS (values));
  g_assert_cmpfloat (summary->min, ==, 2);
  g_assert_cmpfloat (summary->mean, ==, 6);
  g_assert_cmpfloat (summary->max, ==, 12);
}

static void
test_any_parameter_has_a_preview (void)
{
  assert_doubled ("norm.weight", "norm.weight: 2*w");
  assert_doubled ("norm.weight", "norm: 2*w");
  assert_doubled ("norm.weight", "*.weight: 2*w");
  assert_doubled ("norm.bias", "norm.bias: 2*w");
  assert_doubled ("norm.bias", "norm: 2*w");
  assert_doubled ("norm.bias", "*.bias: 2*w");
  assert_doubled ("scale", "scale: 2*w");
  assert_doubled ("attention.in_proj_weight", "attention.in_proj_weight: 2*w");
  assert_doubled ("attention.in_proj_weight", "attention.in_proj_weight.weight: 2*w");
}

/* Whatever else the nudge changes, and wherever the tensor is. */
static void
test_several_targets_have_a_preview (void)
{
  assert_doubled ("norm.bias", "conv.bias, norm.bias: 2*w");
  assert_doubled ("norm.weight", "norm.weight, conv.weight: 2*w");
  assert_doubled ("norm.weight", "conv, *.bias, norm: 2*w");
  assert_doubled ("encoder.0.weight", "encoder: 2*w");
  assert_doubled ("encoder.0.bias", "conv, encoder: 2*w");
  assert_doubled ("attention.in_proj_weight", "attention, conv: 2*w");
  assert_doubled ("norm.weight", "norm.weight[0:2], conv, norm.weight[2:4]: 2*w");
}

static void
test_what_is_not_changed_has_none (void)
{
  g_assert_null (preview ("norm.bias", "norm.weight: 2*w"));
  g_assert_null (preview ("norm.bias", "*.weight: 2*w"));
  g_assert_null (preview ("norm.weight", "conv.weight: 2*w"));
}

static gboolean
names (const char *target, const char *name)
{
  g_autofree char *text = g_strconcat (target, ": 0", NULL);
  g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);

  g_assert_nonnull (nudge);
  return nn_job_target_names (&nudge->target, name);
}

static void
test_which_tensors_a_target_names (void)
{
  g_assert_true (names ("conv.weight[1]", "conv.weight"));
  g_assert_true (names ("encoder", "encoder.0.weight"));
  g_assert_true (names ("conv.bias, norm.bias", "norm.bias"));
  g_assert_false (names ("conv", "convolution.weight"));
  g_assert_false (names ("conv.weight", "conv.bias"));
  g_assert_false (names ("*.bias", "conv.weight"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/job-opened/any-parameter-has-a-preview",
                   test_any_parameter_has_a_preview);
  g_test_add_func ("/nn/job-opened/several-targets-have-a-preview",
                   test_several_targets_have_a_preview);
  g_test_add_func ("/nn/job-opened/what-is-not-changed-has-none",
                   test_what_is_not_changed_has_none);
  g_test_add_func ("/nn/job-opened/which-tensors-a-target-names",
                   test_which_tensors_a_target_names);
  return g_test_run ();
}
