/* test-nn-target.c - targets as text, and the elements they mean
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/nudge/nn-target.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/nudge/nn-area.h"

static NnTarget
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  const char *at = text;
  NnTarget target;

  nn_target_parse (&target, text, &at, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (at, ==, "");
  return target;
}

static void
assert_text (const char *text, const char *expected)
{
  NnTarget target = parse (text);
  g_autofree char *written = nn_target_dup_text (&target);

  g_assert_cmpstr (written, ==, expected);
  nn_target_clear (&target);
}

/* Targets that are written as they were read. */
static const char *const written_the_same[] = {
  "fc1",
  "fc1.weight",
  "*.bias",
  "fc1[2]",
  "fc1[1:4]",
  "fc1[:2]",
  "fc1[1:]",
  "fc1.weight[2]",
  "fc1.weight[:,1]",
  "fc1.weight[1:3,1]",
  "fc1.weight[2,1:]",
  "fc1.weight[0,1]",
  "fc1.bias[2]",
  "fc1.bias[1:3]",
  "fc1.weight[0,1; 2,1]",
  "fc1.weight[2,1; 0,1; 0,0]",
  "fc1[999999999]",
  "fc1[-1]",
  "fc1[:-1]",
  "fc1[-3:-1]",
  "fc1[::2]",
  "fc1.weight[1::2,:-1]",
  "fc1[1:4:3]",
  "fc1, fc2.bias",
  "fc1.weight[0], fc1.weight[2], *.bias",
  "net.0.weight",
  "encoder.*",
  "fc*.bias",
  "\"my layer\".weight[0]",
  "\"*\".bias",
  "net.0",
  "module.net.0.weight[0,1]",
  "a.bias.weight",
};

/* And how the others are. */
static const char *const written_otherwise[][2] = {
  { " fc1 [ 2 ] ", "fc1[2]" },
  { "fc1[:]", "fc1" },
  { "fc1[0:]", "fc1" },
  { "fc1.bias[:]", "fc1.bias" },
  { "fc1.weight[:,:]", "fc1.weight" },
  { "fc1.weight[:,0:]", "fc1.weight" },
  { "fc1.weight[2,:]", "fc1.weight[2]" },
  { "fc1.weight[2:3]", "fc1.weight[2]" },
  { "fc1.weight[:1,:1]", "fc1.weight[0,0]" },
  { "fc1.weight[0:3,1]", "fc1.weight[:3,1]" },
  { "fc1.weight[ 0 , 1;2,1 ]", "fc1.weight[0,1; 2,1]" },
  { "fc1[007]", "fc1[7]" },
  { "fc1[−1]", "fc1[-1]" },
  { "fc1[...]", "fc1" },
  { "fc1[0:3:1]", "fc1[:3]" },
  { "fc1[::1]", "fc1" },
  { "fc1.weight[0][1]", "fc1.weight[0,1]" },
  { "fc1.weight[0][:]", "fc1.weight[0]" },
  { "fc1.weight.data", "fc1.weight" },
  { "'fc1'", "fc1" },
  { "'a.weight'", "a.weight" },
  { "\"my layer.weight\"", "\"my layer\".weight" },
  { "fc1 ,fc2", "fc1, fc2" },
};

static void
test_text (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (written_the_same); i++)
    assert_text (written_the_same[i], written_the_same[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (written_otherwise); i++)
    assert_text (written_otherwise[i][0], written_otherwise[i][1]);
}

/* Each with what is said of it. */
static const char *const faults[][2] = {
  { "fc1[", "column 5: found the end, expected a neuron's index, or a range as in 0:3" },
  { "fc1[]", "column 5: found ']', expected a neuron's index, or a range as in 0:3" },
  { "fc1[x]", "column 5: found 'x', expected a neuron's index, or a range as in 0:3" },
  { "fc1[2", "column 6: found the end, expected ']'" },
  { "fc1[2:2]", "column 5: the range is empty: its end, which is not part of it, must "
                "be larger than its start" },
  { "fc1[:0]", "column 5: the range is empty: its end, which is not part of it, must "
               "be larger than its start" },
  { "fc1[0,1]", "column 6: found ',', expected ']': only a weight has inputs, as in "
                "fc1.weight[0,1]" },
  { "fc1.bias[0,1]", "column 11: found ',', expected ']': only a weight has inputs, as "
                     "in fc1.weight[0,1]" },
  { "fc1.weight[0 1]", "column 14: found '1', expected ',' or ']'" },
  { "fc1.weight[0,]",
    "column 14: found ']', expected an input's index, or a range as in 0:3" },
  { "fc1.weight[,0]",
    "column 12: found ',', expected a neuron's index, or a range as in 0:3" },
  { "fc1.weight[0,1", "column 15: found the end, expected ';' and another edge, or ']'" },
  { "fc1.weight[0,1,2]", "column 15: found ',', expected ';' and another edge, or ']'" },
  { "fc1.weight[:,1; 2,1]", "column 15: found ';', expected ']'" },
  { "fc1.weight[0; 2]", "column 13: found ';', expected ',' or ']'" },
  { "fc1.weight[0,1; ]",
    "column 17: found ']', expected the next edge's output, from 0" },
  { "fc1.weight[0,1; 2]", "column 18: found ']', expected ',' and the edge's input" },
  { "fc1.weight[0,1; 2,:]", "column 19: found ':', expected the edge's input, from 0" },
  { "fc1.weight[0,1; 2,1; 0, 1]",
    "column 22: the edge 0,1 is there a second time: remove one of them" },
  { "fc1[1000000000]",
    "column 5: the index is larger than 999999999, and so than any layer" },
  { "fc1[99999999999999999999999999]",
    "column 5: the index is larger than 999999999, and so than any layer" },
  { "*[2]", "column 2: layers differ in size, so a part is one of a single layer: name "
            "it in place of *" },
  { "*.weight[:,0]", "column 9: layers differ in size, so a part is one of a single "
                     "layer: name it in place of *" },
  { "fc1[::-1]",
    "column 7: the step is negative: a part keeps its order, so steps are 1 or more" },
  { "fc1[::0]",
    "column 7: the step is 0: a part keeps its order, so steps are 1 or more" },
  { "fc1[1:2:3:4]", "column 10: found ':', expected ']'" },
  { "fc1.weight[0:2][1]", "column 16: a second '[' behind a range: write rows and "
                          "columns in one, as in [0:2,1]" },
  { "fc1.weight[-1,0; 0,0]", "column 17: chosen edges are counted from 0" },
  { "fc1.weight[0,0; 0,-1]", "column 19: chosen edges are counted from 0" },
  { "fc*.weight[0]", "column 11: layers differ in size, so a part is one of a single "
                     "layer: name it in place of fc*" },
  { "fc[1-2]", "column 3: layers are named one by one, or by a pattern: fc*" },
  { "*.wight", "column 3: found 'wight', expected weight or bias" },
  { "\"fc1", "column 5: found the end, expected the quote at its end" },
  { "fc1,", "column 5: found the end, expected a layer's name or '*'" },
};

static void
test_errors_name_the_location (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GError) error = NULL;
    const char *at = faults[i][0];
    NnTarget target;

    g_assert_false (nn_target_parse (&target, faults[i][0], &at, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
    g_assert_cmpstr (error->message, ==, faults[i][1]);
    nn_target_clear (&target);
  }
}

static GString *
list_edges (guint n)
{
  GString *text = g_string_new ("fc1.weight[0,0");

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, ";%u,0", i);
  g_string_append_c (text, ']');
  return text;
}

static void
test_edges_are_bounded (void)
{
  g_autoptr (GString) most = list_edges (NN_TARGET_EDGES);
  g_autoptr (GString) more = list_edges (NN_TARGET_EDGES + 1);
  g_autoptr (GError) error = NULL;
  NnTarget target = parse (most->str);
  const char *at = more->str;

  g_assert_cmpuint (target.n_edges, ==, NN_TARGET_EDGES);
  nn_target_clear (&target);
  g_assert_false (nn_target_parse (&target, more->str, &at, &error));
  g_assert_nonnull (strstr (error->message, "more than 512 chosen edges"));
  nn_target_clear (&target);
}

/* ---- in a network ------------------------------------------------------------------ */

/* fc1: (3, 2), fc2: (1, 3); bit i of @lacking: that layer has no bias */
static NnArchitecture *
architecture_new (guint lacking)
{
  const NnLayerSpec layers[] = {
    { "fc1", 3, NN_ACTIVATION_RELU, (lacking & 1) != 0 },
    { "fc2", 1, NN_ACTIVATION_IDENTITY, (lacking & 2) != 0 },
  };

  return nn_architecture_new (2, layers, G_N_ELEMENTS (layers));
}

/* Where in the flat vector the elements of @text are, in their order. */
static char *
dup_indices (const char *text, guint lacking)
{
  g_autoptr (NnArchitecture) architecture = architecture_new (lacking);
  g_autoptr (GError) error = NULL;
  GString *indices = g_string_new (NULL);
  NnTarget target = parse (text);
  NnAreaIter iter;
  NnArea area;

  nn_area_iter_init (&iter, &target, architecture, &error);
  g_assert_no_error (error);
  while (nn_area_iter_next (&iter, &area)) {
    float parameter[6], gathered[6], scattered[6];

    for (gsize i = 0; i < 6; i++) {
      parameter[i] = (float) i;
      scattered[i] = NAN;
    }
    g_assert_true (area.parameter == &architecture->parameters[area.index]);
    g_assert_cmpint (area.whole, ==, area.n == area.parameter->n_values);
    nn_area_gather (&area, parameter, gathered);
    nn_area_scatter (&area, gathered, scattered);
    for (gsize i = 0; i < area.n; i++) {
      const gsize index = nn_area_get_flat_index (&area, i);

      g_assert_cmpfloat (gathered[i], ==, (float) index);
      g_assert_cmpfloat (scattered[index], ==, (float) index);
      scattered[index] = NAN;
      g_string_append_printf (indices, "%" G_GSIZE_FORMAT " ",
                              area.parameter->offset + index);
    }
    for (gsize i = 0; i < 6; i++)
      g_assert_true (isnan (scattered[i]));
  }
  nn_target_clear (&target);
  return g_string_free (indices, FALSE);
}

static void
test_elements (void)
{
  static const char *const cases[][2] = {
    { "*", "0 1 2 3 4 5 6 7 8 9 10 11 12 " },
    { "*.weight", "0 1 2 3 4 5 9 10 11 " },
    { "*.bias", "6 7 8 12 " },
    { "fc1", "0 1 2 3 4 5 6 7 8 " },
    { "fc2", "9 10 11 12 " },
    { "fc2.bias", "12 " },
    { "fc1.weight", "0 1 2 3 4 5 " },
    { "fc1[1]", "2 3 7 " },
    { "fc1[1:]", "2 3 4 5 7 8 " },
    { "fc1[0:3]", "0 1 2 3 4 5 6 7 8 " },
    { "fc1.weight[1]", "2 3 " },
    { "fc1.weight[:,1]", "1 3 5 " },
    { "fc1.weight[:2,1]", "1 3 " },
    { "fc1.weight[1:,:1]", "2 4 " },
    { "fc1.weight[0:3,0:2]", "0 1 2 3 4 5 " },
    { "fc1.bias[:2]", "6 7 " },
    { "fc1.weight[2,1; 0,0; 1,1]", "5 0 3 " },
    { "fc2.weight[0,2]", "11 " },
    { "fc2.weight[0,1:]", "10 11 " },
    { "fc2[0]", "9 10 11 12 " },
    { "fc1.bias[-1]", "8 " },
    { "fc1.weight[-1,-2]", "4 " },
    { "fc1.bias[:-1]", "6 7 " },
    { "fc1.weight[::2]", "0 1 4 5 " },
    { "fc2.weight[0,::2]", "9 11 " },
    { "fc2.weight[:,-2:]", "10 11 " },
    { "fc1.weight[1:99]", "2 3 4 5 " },
    { "fc1[-99:1]", "0 1 6 " },
    { "fc1[1:5]", "2 3 4 5 7 8 " },
    { "fc*.bias", "6 7 8 12 " },
    { "*c2", "9 10 11 12 " },
    { "fc2.bias, fc1.weight[0], fc1.weight[2]", "12 0 1 4 5 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *indices = dup_indices (cases[i][0], 0);

    g_assert_cmpstr (indices, ==, cases[i][1]);
  }
}

static void
test_elements_without_a_bias (void)
{
  static const struct {
    guint lacking;
    const char *text;
    const char *indices;
  } cases[] = {
    { 1, "*", "0 1 2 3 4 5 6 7 8 9 " },
    { 1, "*.weight", "0 1 2 3 4 5 6 7 8 " },
    { 1, "*.bias", "9 " },
    { 1, "fc1", "0 1 2 3 4 5 " },
    { 1, "fc1[1]", "2 3 " },
    { 1, "fc2", "6 7 8 9 " },
    { 1, "fc2.bias[0]", "9 " },
    { 2, "fc2", "9 10 11 " },
    { 2, "fc2.weight", "9 10 11 " },
    { 2, "*.bias", "6 7 8 " },
    { 3, "*", "0 1 2 3 4 5 6 7 8 " },
    { 3, "fc2[0]", "6 7 8 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *indices = dup_indices (cases[i].text, cases[i].lacking);

    g_assert_cmpstr (indices, ==, cases[i].indices);
  }
}

static void
assert_no_bias (const char *text, guint lacking, const char *message)
{
  g_autoptr (NnArchitecture) architecture = architecture_new (lacking);
  g_autoptr (GError) error = NULL;
  NnTarget target = parse (text);
  NnAreaIter iter;

  g_assert_false (nn_area_iter_init (&iter, &target, architecture, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==, message);
  nn_target_clear (&target);
}

static void
test_a_bias_that_is_not_there_is_refused (void)
{
  assert_no_bias ("fc1.bias", 1, "fc1 has no bias: name fc1.weight");
  assert_no_bias ("fc1.bias[1]", 3, "fc1 has no bias: name fc1.weight");
  assert_no_bias ("*.bias", 3, "no layer has a bias: name *.weight");
}

static void
test_out_of_range_names_the_size (void)
{
  static const char *const cases[][2] = {
    { "fc1[3]", "there is no neuron 3: fc1 has 3 neurons, 0 to 2" },
    { "fc1[-4]", "there is no neuron -4: fc1 has 3 neurons, 0 to 2" },
    { "fc1[:-3]", "the range has no neuron in it: fc1 has 3 neurons" },
    { "fc1[7:]", "there is no neuron 7: fc1 has 3 neurons, 0 to 2" },
    { "fc2[1]", "there is no neuron 1: fc2 has 1 neuron, 0" },
    { "fc1.bias[3]", "there is no neuron 3: fc1 has 3 neurons, 0 to 2" },
    { "fc1.weight[0,2]", "there is no input 2: fc1 has 2 inputs, 0 to 1" },
    { "fc1.weight[0,0; 3,0]", "there is no neuron 3: fc1 has 3 neurons, 0 to 2" },
    { "fc1.weight[0,0; 0,2]", "there is no input 2: fc1 has 2 inputs, 0 to 1" },
  };
  g_autoptr (NnArchitecture) architecture = architecture_new (0);
  NnTarget target = parse ("fc3[0]");
  g_autoptr (GError) unknown = NULL;
  NnAreaIter iter;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    NnTarget wrong = parse (cases[i][0]);

    g_assert_false (nn_area_iter_init (&iter, &wrong, architecture, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_SHAPE);
    g_assert_cmpstr (error->message, ==, cases[i][1]);
    nn_target_clear (&wrong);
  }
  g_assert_false (nn_area_iter_init (&iter, &target, architecture, &unknown));
  g_assert_error (unknown, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpstr (
      unknown->message, ==,
      "there is no layer 'fc3'; the layers are fc1, fc2, * (all); did you mean "
      "fc1?");
  nn_target_clear (&target);
}

static void
test_names_that_are_nearly_right (void)
{
  static const char *const cases[][2] = {
    { "fc1.weights", "fc1.weight" },
    { "Fc1.weight", "fc1.weight" },
    { "fc1.W", "fc1.weight" },
    { "fc1.b", "fc1.bias" },
    { "fcl", "fc1" },
    { "Fc2.bais", "fc2.bias" },
  };
  g_autoptr (NnArchitecture) architecture = architecture_new (0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    NnTarget target = parse (cases[i][0]);
    g_autofree char *end = g_strdup_printf ("did you mean %s?", cases[i][1]);
    g_autoptr (GError) error = NULL;
    NnAreaIter iter;

    g_assert_false (nn_area_iter_init (&iter, &target, architecture, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
    g_assert_true (g_str_has_suffix (error->message, end));
    nn_target_clear (&target);
  }
}

static void
test_overlaps_are_found (void)
{
  static const struct {
    const char *text;
    gboolean overlap;
  } cases[] = {
    { "fc1, fc2", FALSE },
    { "fc1, *.bias", TRUE },
    { "fc1.weight[0], fc1.weight[1:]", FALSE },
    { "fc1.weight[:2], fc1.weight[1:]", TRUE },
    { "fc1.weight[::2], fc1.weight[1]", FALSE },
    { "fc1.weight[::2], fc1.weight[2,1]", TRUE },
    { "fc1.weight[0,0; 1,1], fc1.weight[:,1]", TRUE },
    { "fc1.weight[0,0; 1,0], fc1.weight[:,1]", FALSE },
  };
  g_autoptr (NnArchitecture) architecture = architecture_new (0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    NnTarget target = parse (cases[i].text);
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (nn_area_check_overlap (&target, architecture, &error), !=,
                     cases[i].overlap);
    nn_target_clear (&target);
  }
}

static void
test_a_layers_name_may_have_dots (void)
{
  const NnLayerSpec layers[] = { { .name = "net.0", .n_units = 2 } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (1, layers, 1);
  NnTarget target = parse ("net.0.bias");
  NnTarget wrong = parse ("net.0.wight");
  g_autoptr (GError) error = NULL;
  NnAreaIter iter;

  g_assert_cmpstr (target.layer, ==, "net.0");
  g_assert_cmpint (target.part, ==, NN_PART_BIAS);
  g_assert_true (nn_area_iter_init (&iter, &target, architecture, NULL));
  g_assert_false (nn_area_iter_init (&iter, &wrong, architecture, &error));
  g_assert_cmpstr (
      error->message, ==,
      "there is no 'wight' in net.0, which has weight and bias; did you mean "
      "net.0.weight?");
  nn_target_clear (&target);
  nn_target_clear (&wrong);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/target/text", test_text);
  g_test_add_func ("/nn/target/errors-name-the-location", test_errors_name_the_location);
  g_test_add_func ("/nn/target/edges-are-bounded", test_edges_are_bounded);
  g_test_add_func ("/nn/target/elements", test_elements);
  g_test_add_func ("/nn/target/a-layers-name-may-have-dots",
                   test_a_layers_name_may_have_dots);
  g_test_add_func ("/nn/target/elements-without-a-bias", test_elements_without_a_bias);
  g_test_add_func ("/nn/target/a-bias-that-is-not-there-is-refused",
                   test_a_bias_that_is_not_there_is_refused);
  g_test_add_func ("/nn/target/out-of-range-names-the-size",
                   test_out_of_range_names_the_size);
  g_test_add_func ("/nn/target/names-that-are-nearly-right",
                   test_names_that_are_nearly_right);
  g_test_add_func ("/nn/target/overlaps-are-found", test_overlaps_are_found);
  return g_test_run ();
}
