/* test-nn-init.c - a network's first weights, bit for bit
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-init.h"

#include <string.h>

#include "nn/base/nn-error.h"

#include "tests/nn/nn-golden.h"

#define CONSTANT 0.3f

static NnNetwork *
make_network (const json_t *record)
{
  const json_t *sizes = json_object_get (record, "sizes");
  const json_t *biases = json_object_get (record, "biases");
  const gsize n_layers = json_array_size (sizes) - 1;
  g_autofree NnLayerSpec *layers = g_new0 (NnLayerSpec, n_layers);
  g_autoptr (NnArchitecture) architecture = NULL;

  for (gsize i = 0; i < n_layers; i++) {
    layers[i].name = "fc";
    layers[i].n_units = (gsize) json_integer_value (json_array_get (sizes, i + 1));
    layers[i].without_bias = json_is_false (json_array_get (biases, i));
  }
  architecture = nn_architecture_new (
      (gsize) json_integer_value (json_array_get (sizes, 0)), layers, n_layers);
  return nn_network_new (architecture);
}

/* Parameters, and what the stream gives after them. */
static void
assert_as_recorded (const json_t *record)
{
  g_autoptr (NnNetwork) network = make_network (record);
  g_autoptr (NnRandom) random =
      nn_random_new ((guint32) json_integer_value (json_object_get (record, "seed")));
  gsize n, n_next;
  g_autofree float *expected = golden_floats (record, "parameters", &n);
  g_autofree float *expected_next = golden_floats (record, "next", &n_next);
  NnInit init = { .constant = CONSTANT };
  float next[2];

  g_assert_true (nn_init_find (json_string_value (json_object_get (record, "init")),
                               &init.type, NULL));
  nn_init_network (&init, network, random);
  g_assert_cmpmem (nn_network_get_values (network),
                   nn_network_get_architecture (network)->n_values * sizeof (float),
                   expected, n * sizeof (float));
  nn_random_fill_normal (random, 0, 1, &next[0], 1);
  nn_random_fill_uniform (random, 0, 1, &next[1], 1);
  g_assert_cmpmem (next, sizeof next, expected_next, n_next * sizeof (float));
}

static void
test_every_type_is_pytorchs (void)
{
  json_t *root = golden_load ("init.json");
  const json_t *networks = json_object_get (root, "networks");
  guint seen = 0;

  for (gsize i = 0; i < json_array_size (networks); i++) {
    const json_t *record = json_array_get (networks, i);
    NnInitType type;

    g_test_message ("%s", json_string_value (json_object_get (record, "init")));
    assert_as_recorded (record);
    nn_init_find (json_string_value (json_object_get (record, "init")), &type, NULL);
    seen |= 1U << type;
  }
  g_assert_cmpuint (seen, ==, (1U << NN_N_INITS) - 1);
  json_decref (root);
}

/* Parameters are leaves that require gradients, and stay so. */
static void
test_parameters_stay_parameters (void)
{
  const NnLayerSpec layers[] = { { "fc1", 3, NN_ACTIVATION_RELU },
                                 { "fc2", 2, NN_ACTIVATION_IDENTITY } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (4, layers, 2);
  g_autoptr (NnNetwork) network = nn_network_new (architecture);
  g_autoptr (NnRandom) random = nn_random_new (1);
  const NnInit init = { .type = NN_INIT_XAVIER_NORMAL };

  nn_init_network (&init, network, random);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnTensor *parameter = nn_network_get_parameter (network, i);

    g_assert_true (nn_tensor_is_leaf (parameter));
    g_assert_true (nn_tensor_get_requires_grad (parameter));
    g_assert_null (nn_tensor_get_grad (parameter));
  }
}

static void
test_names_lead_back (void)
{
  for (guint i = 0; i < NN_N_INITS; i++) {
    NnInitType type = NN_N_INITS;

    g_assert_true (nn_init_find (nn_init_get_name ((NnInitType) i), &type, NULL));
    g_assert_cmpuint (type, ==, i);
  }
}

static void
test_unknown_name_lists_the_names (void)
{
  g_autoptr (GError) error = NULL;
  NnInitType type = NN_INIT_ZEROS;

  g_assert_false (nn_init_find ("orthogonal", &type, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpstr (
      error->message, ==,
      "unknown initialisation 'orthogonal': there are torch, xavier_uniform, "
      "xavier_normal, kaiming_uniform, kaiming_normal, zeros and constant");
  g_assert_cmpuint (type, ==, NN_INIT_ZEROS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/init/every-type-is-pytorchs", test_every_type_is_pytorchs);
  g_test_add_func ("/nn/init/parameters-stay-parameters",
                   test_parameters_stay_parameters);
  g_test_add_func ("/nn/init/names-lead-back", test_names_lead_back);
  g_test_add_func ("/nn/init/unknown-name-lists-the-names",
                   test_unknown_name_lists_the_names);
  return g_test_run ();
}
