/* test-nn-network.c - a network's parameters as one vector, and its layers as a chain
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-network.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/run/nn-trainer.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/nn-ops.h"

#define COLUMNS  4
#define N_VALUES (3 * 2 + 3 + 2 * 3 + 2) /* of the network 2-3-2 */

/* No two alike. */
static void
fill (float *values, gsize n, float first)
{
  for (gsize i = 0; i < n; i++)
    values[i] = first + 0.0625f * (float) i;
}

static NnNetwork *
make_network (void)
{
  static const NnLayerSpec layers[] = { { "fc1", 3, NN_ACTIVATION_TANH },
                                        { "fc2", 2, NN_ACTIVATION_IDENTITY } };
  g_autoptr (NnArchitecture) architecture = nn_architecture_new (2, layers, 2);
  NnNetwork *network = nn_network_new (architecture);

  NN_NO_GRAD ()
  {
    fill (nn_network_write_values (network), N_VALUES, -0.5f);
  }
  return network;
}

static void
set (NnNetwork *network, const float *vector)
{
  NN_NO_GRAD ()
  {
    memcpy (nn_network_write_values (network), vector, N_VALUES * sizeof (float));
  }
}

/* ---- PyTorch's order --------------------------------------------------------------- */

/* The initial parameters that PyTorch drew, one after the other as it lists them, which
 * is what parameters_to_vector () does. @ends[i]: where the i-th one ends. */
static GArray *
load_vector (const json_t *run, gsize *ends)
{
  json_t *initial = json_object_get (run, "initial");
  GArray *vector = g_array_new (FALSE, FALSE, sizeof (float));
  const char *name;
  json_t *value;

  json_object_foreach (initial, name, value)
  {
    gsize n;
    g_autofree float *floats = golden_floats (initial, name, &n);

    g_array_append_vals (vector, floats, (guint) n);
    *ends++ = vector->len;
  }
  return vector;
}

static void
test_order_is_pytorchs (void)
{
  json_t *root = golden_load ("seed.json");
  const json_t *runs = json_object_get (root, "runs");

  g_assert_cmpuint (json_array_size (runs), >, 1);
  for (gsize i = 0; i < json_array_size (runs); i++) {
    const json_t *run = json_array_get (runs, i);
    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
    g_autoptr (NnTrainer) trainer = NULL;
    g_autoptr (GArray) expected = NULL;
    const NnArchitecture *architecture;
    const NnNetwork *network;
    gsize ends[6];

    experiment->seed = (guint32) json_integer_value (json_object_get (run, "seed"));
    trainer = nn_trainer_new (experiment, NULL);
    expected = load_vector (run, ends);
    network = nn_trainer_get_network (trainer);
    architecture = nn_network_get_architecture (network);
    g_assert_cmpuint (architecture->n_values, ==, expected->len);
    g_assert_cmpmem (nn_network_get_values (network), expected->len * sizeof (float),
                     expected->data, expected->len * sizeof (float));
    for (gsize k = 0; k < 6; k++)
      g_assert_cmpuint (architecture->parameters[k].offset +
                            architecture->parameters[k].n_values,
                        ==, ends[k]);
  }
  json_decref (root);
}

/* ---- What a section promises ------------------------------------------------------- */

static void
test_what_was_read_can_be_written_back (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float before[N_VALUES], vector[N_VALUES];

  memcpy (before, nn_network_get_values (network), sizeof before);
  fill (vector, N_VALUES, 7);
  set (network, vector);
  g_assert_cmpmem (nn_network_get_values (network), sizeof vector, vector, sizeof vector);
  set (network, before);
  g_assert_cmpmem (nn_network_get_values (network), sizeof before, before, sizeof before);
}

static void
test_a_write_counts_in_the_versions (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float vector[N_VALUES];
  guint before[4];

  for (gsize i = 0; i < 4; i++)
    before[i] = nn_tensor_get_version (nn_network_get_parameter (network, i));
  memcpy (vector, nn_network_get_values (network), sizeof vector); /* does not count */
  set (network, vector);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpuint (nn_tensor_get_version (nn_network_get_parameter (network, i)), ==,
                      before[i] + 1);
}

/* Forward, perhaps a change of all parameters, backward.
 * @grads: (N_VALUES) out */
static gboolean
run_step (NnGuard guard, gboolean changes, float *grads, GError **error)
{
  g_autoptr (NnNetwork) network = make_network ();
  g_autoptr (NnTape) tape = nn_tape_new (guard);
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 2, COLUMNS });
  NnTensor *loss;
  float vector[N_VALUES];

  fill (nn_tensor_write (x, NULL), 2 * COLUMNS, 0.25f);
  loss = nn_network_forward (network, tape, x, NULL);
  loss = nn_mean (tape, nn_square (tape, loss));
  fill (vector, N_VALUES, 3);
  if (changes)
    set (network, vector);
  if (!nn_tape_backward (tape, loss, 1, error))
    return FALSE;
  memcpy (grads, nn_network_get_grads (network), N_VALUES * sizeof (float));
  return TRUE;
}

static void
test_the_guards_see_a_write (void)
{
  g_autoptr (GError) error = NULL;
  float plain[N_VALUES], changed[N_VALUES];

  g_assert_true (run_step (NN_GUARD_SHIELD, FALSE, plain, NULL));
  g_assert_true (run_step (NN_GUARD_SHIELD, TRUE, changed, NULL));
  g_assert_cmpmem (changed, sizeof changed, plain, sizeof plain);
  g_assert_true (run_step (NN_GUARD_OFF, TRUE, changed, NULL));
  g_assert_true (memcmp (changed, plain, sizeof plain) != 0);
  g_assert_false (run_step (NN_GUARD_CHECK, TRUE, changed, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
}

enum { DEEP = 23, WIDTH = 5 }; /* more layers than one operation takes */

/* Steps of a deep network, layer by layer or chained, with the parameters of @frozen
 * frozen: a bit for each. Returns: (transfer full): the network with its gradients */
static NnNetwork *
train_deep (gboolean layer_by_layer, guint64 frozen)
{
  NnLayerSpec layers[DEEP];
  NnTensor *outputs[DEEP];
  g_autoptr (NnArchitecture) architecture = NULL;
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 2, COLUMNS });
  NnNetwork *network;

  for (gsize i = 0; i < DEEP; i++)
    layers[i] = (NnLayerSpec){ "l", i % 4 + 2, i % NN_N_ACTIVATIONS };
  architecture = nn_architecture_new (2, layers, DEEP);
  network = nn_network_new (architecture);
  fill (nn_tensor_write (x, NULL), 2 * COLUMNS, 0.25f);
  NN_NO_GRAD ()
  {
    float *values = nn_network_write_values (network);

    for (gsize i = 0; i < architecture->n_values; i++)
      values[i] = 0.6f * sinf ((float) i) + 0.1f;
  }
  for (gsize i = 0; i < architecture->n_parameters; i++)
    if (frozen >> i & 1)
      nn_tensor_set_requires_grad (nn_network_get_parameter (network, i), FALSE);
  for (gsize step = 0; step < 3; step++) { /* gradients add up */
    NnTensor *out;

    nn_tape_rewind (tape);
    out = nn_network_forward (network, tape, x, layer_by_layer ? outputs : NULL);
    g_assert_true (
        nn_tape_backward (tape, nn_mean (tape, nn_square (tape, out)), 1, NULL));
  }
  return network;
}

/* A layer of each kind of loop; two of three have no bias, or, unless @absent, one of
 * zeros that is frozen. Returns: (transfer full): the network with its gradients */
static NnNetwork *
train_without_biases (gboolean absent, gsize n_columns)
{
  static const gsize units[] = { 3, 4, 2, 1, 5, 40, 70, 64, 12, 3 };
  NnLayerSpec layers[G_N_ELEMENTS (units)];
  g_autoptr (NnArchitecture) architecture = NULL;
  g_autoptr (NnTape) tape = nn_tape_new (NN_GUARD_SHIELD);
  g_autoptr (NnTensor) x = nn_tensor_new (2, (const gsize[]){ 2, n_columns });
  NnNetwork *network;

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    layers[i] = (NnLayerSpec){ "l", units[i], i % NN_N_ACTIVATIONS, absent && i % 3 < 2 };
  architecture = nn_architecture_new (2, layers, G_N_ELEMENTS (units));
  network = nn_network_new (architecture);
  fill (nn_tensor_write (x, NULL), 2 * n_columns, -1);
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];
    NnTensor *parameter = nn_network_get_parameter (network, i);
    const gboolean none = shape->rank == 1 && shape->layer % 3 < 2;

    if (none)
      nn_tensor_set_requires_grad (parameter, FALSE);
    NN_NO_GRAD ()
    {
      for (gsize v = 0; !none && v < shape->n_values; v++)
        nn_tensor_write (parameter, NULL)[v] = 0.4f * sinf ((float) (v + shape->layer));
    }
  }
  for (gsize step = 0; step < 3; step++) { /* gradients add up */
    NnTensor *out;

    nn_tape_rewind (tape);
    out = nn_network_forward (network, tape, x, NULL);
    g_assert_true (
        nn_tape_backward (tape, nn_mean (tape, nn_square (tape, out)), 1, NULL));
  }
  return network;
}

static gboolean
has_some (const NnTensor *tensor)
{
  for (gsize i = 0; i < nn_tensor_get_size (tensor); i++)
    if (nn_tensor_get_values (tensor)[i] != 0)
      return TRUE;
  return FALSE;
}

static void
check_without_biases (gsize n_columns)
{
  g_autoptr (NnNetwork) absent = train_without_biases (TRUE, n_columns);
  g_autoptr (NnNetwork) frozen = train_without_biases (FALSE, n_columns);
  const NnArchitecture *a = nn_network_get_architecture (absent);
  const NnArchitecture *f = nn_network_get_architecture (frozen);

  g_assert_cmpuint (a->n_parameters, ==, 2 * f->n_layers - 7);
  for (gsize i = 0; i < f->n_layers; i++)
    for (gsize k = 0; k < (a->layers[i].has_bias ? 2 : 1); k++) {
      const NnTensor *theirs =
          nn_tensor_get_grad (nn_network_get_parameter (frozen, f->layers[i].weight + k));
      const NnTensor *ours =
          nn_tensor_get_grad (nn_network_get_parameter (absent, a->layers[i].weight + k));
      const gsize n_bytes = nn_tensor_get_size (theirs) * sizeof (float);

      g_assert_true (has_some (theirs));
      g_assert_cmpmem (nn_tensor_get_values (ours), n_bytes,
                       nn_tensor_get_values (theirs), n_bytes);
    }
}

static void
test_no_bias_is_a_frozen_zero (void)
{
  check_without_biases (4);
  check_without_biases (8);
  check_without_biases (64);
}

static void
test_a_chain_is_its_layers (void)
{
  static const guint64 frozen[] = { 0, 3, 0xFFFFFF, 0x5004, 0x3FFFFFFFFFFF ^ 1u << 30 };
  gboolean some = FALSE;

  for (gsize k = 0; k < G_N_ELEMENTS (frozen); k++) {
    g_autoptr (NnNetwork) layers = train_deep (TRUE, frozen[k]);
    g_autoptr (NnNetwork) chain = train_deep (FALSE, frozen[k]);

    for (gsize i = 0; i < 2 * DEEP; i++) {
      const NnTensor *a = nn_tensor_get_grad (nn_network_get_parameter (layers, i));
      const NnTensor *b = nn_tensor_get_grad (nn_network_get_parameter (chain, i));
      const gsize n = nn_tensor_get_size (nn_network_get_parameter (layers, i));

      g_assert_true ((a == NULL) == (frozen[k] >> i & 1));
      g_assert_true ((a == NULL) == (b == NULL));
      for (gsize v = 0; a && v < n; v++) {
        some |= nn_tensor_get_values (a)[v] != 0;
        g_assert_cmpfloat (nn_tensor_get_values (a)[v], ==, nn_tensor_get_values (b)[v]);
      }
    }
  }
  g_assert_true (some);
}

#define ADD(name, test) g_test_add_func ("/nn/network/" name, test)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order-is-pytorchs", test_order_is_pytorchs);
  ADD ("what-was-read-can-be-written-back", test_what_was_read_can_be_written_back);
  ADD ("a-write-counts-in-the-versions", test_a_write_counts_in_the_versions);
  ADD ("the-guards-see-a-write", test_the_guards_see_a_write);
  ADD ("a-chain-is-its-layers", test_a_chain_is_its_layers);
  ADD ("no-bias-is-a-frozen-zero", test_no_bias_is_a_frozen_zero);
  return g_test_run ();
}
