/* test-nn-chain.c - networks made of arrays, and arrays put into networks
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-chain.h"

#include <string.h>

#include "nn/base/nn-error.h"

/* Arrays of zeros, "fc1.weight 8 2; fc1.bias 8": names and sizes. */
static GPtrArray *
make_arrays (const char *text)
{
  GPtrArray *arrays =
      g_ptr_array_new_with_free_func ((GDestroyNotify) (gpointer) nn_array_unref);
  g_auto (GStrv) each = g_strsplit (text, "; ", -1);

  for (guint i = 0; each[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (each[i], " ", -1);
    guint64 shape[4] = { 0 };
    guint64 n_values = 1;
    guint rank = 0;
    g_autofree float *values = NULL;

    for (; words[1 + rank] != NULL; rank++) {
      shape[rank] = g_ascii_strtoull (words[1 + rank], NULL, 10);
      n_values *= shape[rank];
    }
    values = g_new0 (float, n_values + 1);
    g_ptr_array_add (arrays, nn_array_new_floats (words[0], rank, shape, values));
  }
  return arrays;
}

static NnChain *
find (const char *text, GError **error)
{
  g_autoptr (GPtrArray) arrays = make_arrays (text);

  return nn_chain_find (arrays, error);
}

/* "2-fc1:8-fc2:1": inputs, then each layer's name and units; '~' has no bias. */
static void
assert_chain (const char *text, const char *expected, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnChain) chain = find (text, &error);
  g_autoptr (GString) found = g_string_new (NULL);
  gboolean noted = note == NULL;

  g_assert_no_error (error);
  g_string_append_printf (found, "%" G_GSIZE_FORMAT, chain->architecture->n_features);
  for (gsize i = 0; i < chain->architecture->n_layers; i++) {
    const NnLayerShape *layer = &chain->architecture->layers[i];
    const gboolean last = i + 1 == chain->architecture->n_layers;

    g_string_append_printf (found, "-%s:%" G_GSIZE_FORMAT "%s", layer->name,
                            layer->n_units, layer->has_bias ? "" : "~");
    g_assert_cmpint (layer->activation, ==,
                     last ? NN_ACTIVATION_IDENTITY : NN_ACTIVATION_RELU);
  }
  g_assert_cmpstr (found->str, ==, expected);
  for (guint i = 0; i < chain->notes->len; i++) {
    g_test_message ("%s", (const char *) chain->notes->pdata[i]);
    noted = noted || strstr (chain->notes->pdata[i], note) != NULL;
  }
  g_assert_true (noted);
}

static void
test_a_chain_is_a_network (void)
{
  assert_chain ("fc1.weight 8 2; fc1.bias 8; fc2.weight 1 8; fc2.bias 1", "2-fc1:8-fc2:1",
                "relu between layers");
  assert_chain ("0.weight 8 2; 0.bias 8; 2.weight 1 8; 2.bias 1", "2-0:8-2:1", NULL);
  assert_chain ("module.fc1.weight 8 2; module.fc1.bias 8", "2-module.fc1:8", NULL);
  assert_chain ("a.b.0.weight 3 1; a.b.1.weight 2 3; a.b.1.bias 2", "1-a.b.0:3~-a.b.1:2",
                NULL);
  assert_chain ("b.bias 3; a.bias 1; a.weight 1 3; c.weight 3 2; b.weight 3 3",
                "2-c:3~-b:3-a:1", "shapes fit");
  assert_chain ("weight 2 3; bias 2", "3-fc1:2", "no name in the file");
  assert_chain ("bias 2; weight 2 3", "3-fc1:2", NULL);
  assert_chain ("weight 2 3", "3-fc1:2~", NULL);
  /* JSON and npz may be sorted as text. */
  assert_chain ("n.10.weight 1 3; n.2.weight 3 2; n.9.weight 3 3",
                "2-n.2:3~-n.9:3~-n.10:1~", "order of their names");
}

static void
test_a_part_of_a_checkpoint_is_chosen (void)
{
  g_autoptr (NnChain) chain =
      find ("model.0.weight 3 1; model.0.bias 3; optimizer.state.0.exp_avg 3 1", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (chain->member, ==, "model");
  g_assert_cmpuint (chain->arrays->len, ==, 2);
  g_assert_cmpstr (chain->architecture->layers[0].name, ==, "0");
  g_assert_null (find ("model.0.weight 3 1; ema.0.weight 3 1; n 2", &error));
  g_assert_nonnull (strstr (error->message, "one of 'model', 'ema'"));
}

static void
assert_refused (const char *text, const char *const *said)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (find (text, &error));
  g_test_message ("%s", error->message);
  for (; *said != NULL; said++)
    g_assert_nonnull (strstr (error->message, *said));
}

#define ASSERT_REFUSED(text, ...)                                                        \
  assert_refused (text, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_what_does_not_fit_is_named (void)
{
  ASSERT_REFUSED ("a.weight 3 2; b.weight 1 4", "'b.weight' of shape (1, 4)", "a.weight",
                  "inputs have to be 3");
  ASSERT_REFUSED ("a.weight 3 2; a.bias 2", "'a.bias' of shape (2,)", "3 outputs");
  ASSERT_REFUSED ("a.weight 3 2; b.bias 2", "'b.bias'");
  ASSERT_REFUSED ("conv1.weight 8 3 3 3; fc.weight 2 8", "'conv1.weight'", "(8, 3, 3, 3)",
                  "(outputs, inputs)");
  ASSERT_REFUSED ("fc.weight 2 8; bn.weight 2; bn.num_batches_tracked", "'bn.weight'");
  ASSERT_REFUSED ("bn.num_batches_tracked; fc.weight 2 8", "tracked' of shape ()");
  ASSERT_REFUSED ("x 5", "'x' of shape (5,)");
  ASSERT_REFUSED ("weight 2 2; fc2.weight 1 2", "'weight' of shape (2, 2)");
  ASSERT_REFUSED ("weight 2 2 2", "'weight' of shape (2, 2, 2)");
  ASSERT_REFUSED ("a.weight 0 2", "'a.weight'");
  ASSERT_REFUSED ("net.0.weight 3 2; net.1.weight 3 3; norm.weight 3", "'norm.weight'");
}

static void
test_transposed_kernels_are_named_so (void)
{
  ASSERT_REFUSED ("a.weight 2 8; b.weight 8 1", "'b.weight'", "transposed", "Keras");
  ASSERT_REFUSED ("a.weight 8 2; b.weight 8 1", "'b.weight'", "transposed");
  ASSERT_REFUSED ("a.weight 2 8; a.bias 8; b.weight 8 1", "'a.bias'", "transposed");
  ASSERT_REFUSED ("dense/kernel:0 2 8; dense/bias:0 8", "dense/kernel:0", "transposed");
}

static void
test_data_are_no_likely_network (void)
{
  g_autoptr (GPtrArray) data = make_arrays ("X 5 2; y 5");
  g_autoptr (GPtrArray) network = make_arrays ("X 5 2; conv.weight 3 2 1 1");

  g_autoptr (GPtrArray) column = make_arrays ("height 5; weight 5");
  g_autoptr (GPtrArray) layer = make_arrays ("weight 5 2; bias 5");
  g_autoptr (GPtrArray) keras = make_arrays ("dense/kernel:0 2 8; dense/bias:0 8");

  g_assert_true (nn_chain_is_likely (layer));
  g_assert_true (nn_chain_is_likely (keras));
  g_assert_false (nn_chain_is_likely (column));
  g_assert_false (nn_chain_is_likely (data));
  g_assert_true (nn_chain_is_likely (network));
}

/* Shapes that fit in many orders, and end nowhere. */
static void
test_the_search_for_an_order_ends (void)
{
  g_autoptr (GString) text = g_string_new ("end.weight 7 9");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 60; i++)
    g_string_append_printf (text, "; n%d.weight %d %d", i, i % 3, (i + 1) % 3 + 1);
  g_assert_null (find (text->str, &error));
  for (int i = 0; i < 2000; i++)
    g_string_append_printf (text, "; m%d.weight 2 3", i);
  g_assert_null (find (text->str, NULL));
}

/* ---- parameters ---------------------------------------------------------------------- */

static NnArchitecture *
make_architecture (void)
{
  const NnLayerSpec layers[] = { { .name = "fc1", .n_units = 3 },
                                 { .name = "fc2", .n_units = 1 } };

  return nn_architecture_new (2, layers, G_N_ELEMENTS (layers));
}

static void
assert_parameters_refused (const char *text, const char *message)
{
  g_autoptr (NnArchitecture) architecture = make_architecture ();
  g_autoptr (GPtrArray) arrays = make_arrays (text);
  g_autoptr (NnParameters) parameters = nn_parameters_new (arrays, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_parameters_check (parameters, architecture, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_parameters_that_do_not_fit_are_named (void)
{
  assert_parameters_refused ("fc1.weight 2 3",
                             "'fc1.weight' has shape (2, 3), but fc1.weight (3, 2) is "
                             "needed: it fits only transposed; weights here are "
                             "(outputs, inputs)");
  assert_parameters_refused ("fc1.bias 4",
                             "'fc1.bias' has shape (4,), but fc1.bias (3,) is needed");
  assert_parameters_refused ("module.fc1.bias 3",
                             "the network has no 'module.fc1.bias', which has shape "
                             "(3,); it would fit fc1.bias (3,); without what is before "
                             "it, as FILE:module, it is fc1.bias");
  assert_parameters_refused ("x 5",
                             "the network has no 'x', which has shape (5,); what it has "
                             "is fc1.weight (3, 2), fc1.bias (3,), fc2.weight (1, 3), "
                             "fc2.bias (1,)");
}

static void
test_only_what_is_given_is_put (void)
{
  g_autoptr (NnArchitecture) architecture = make_architecture ();
  g_autoptr (GPtrArray) arrays = make_arrays ("fc1.bias 3; fc2.weight 1 3");
  g_autoptr (NnParameters) parameters = nn_parameters_new (arrays, NULL);
  g_autofree float *values = g_new (float, architecture->n_values);

  for (gsize i = 0; i < architecture->n_values; i++)
    values[i] = 1;
  g_assert_true (nn_parameters_check (parameters, architecture, NULL));
  nn_parameters_put (parameters, architecture, values);
  for (gsize i = 0; i < architecture->n_values; i++)
    g_assert_cmpfloat (values[i], ==, i < 6 || i == 12 ? 1 : 0);
}

static void
test_a_layers_own_file_is_the_only_layer (void)
{
  const NnLayerSpec layers[] = { { .name = "net.0", .n_units = 3 } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (2, layers, 1);
  g_autoptr (GPtrArray) arrays = make_arrays ("weight 3 2; bias 3");
  g_autoptr (NnParameters) parameters = nn_parameters_new (arrays, NULL);
  float values[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };

  g_assert_true (nn_parameters_check (parameters, architecture, NULL));
  nn_parameters_put (parameters, architecture, values);
  for (gsize i = 0; i < architecture->n_values; i++)
    g_assert_cmpfloat (values[i], ==, 0);
  assert_parameters_refused ("bias 3", "the network has no 'bias', which has shape (3,); "
                                       "it would fit fc1.bias (3,)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/chain/a-chain-is-a-network", test_a_chain_is_a_network);
  g_test_add_func ("/nn/chain/a-part-of-a-checkpoint-is-chosen",
                   test_a_part_of_a_checkpoint_is_chosen);
  g_test_add_func ("/nn/chain/what-does-not-fit-is-named",
                   test_what_does_not_fit_is_named);
  g_test_add_func ("/nn/chain/transposed-kernels-are-named-so",
                   test_transposed_kernels_are_named_so);
  g_test_add_func ("/nn/chain/data-are-no-likely-network",
                   test_data_are_no_likely_network);
  g_test_add_func ("/nn/chain/the-search-for-an-order-ends",
                   test_the_search_for_an_order_ends);
  g_test_add_func ("/nn/parameters/what-does-not-fit-is-named",
                   test_parameters_that_do_not_fit_are_named);
  g_test_add_func ("/nn/parameters/a-layers-own-file-is-the-only-layer",
                   test_a_layers_own_file_is_the_only_layer);
  g_test_add_func ("/nn/parameters/only-what-is-given-is-put",
                   test_only_what_is_given_is_put);
  return g_test_run ();
}
