/* test-nn-network.c - a network's parameters as one vector per layer or for all
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/model/nn-network.h"

#include <math.h>
#include <string.h>

#include "nn-golden.h"
#include "nn/base/nn-error.h"
#include "nn/run/nn-trainer.h"
#include "nn/tensor/nn-grad-mode.h"
#include "nn/tensor/nn-ops.h"

#define COLUMNS  4
#define N_FIRST  (3 * 2 + 3) /* of the network 2-3-2: its first layer */
#define N_SECOND (2 * 3 + 2)
#define N_VALUES (N_FIRST + N_SECOND)
#define ALL      NN_NETWORK_ALL_LAYERS

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
set (NnNetwork *network, gssize layer, const float *vector)
{
  g_autoptr (GError) error = NULL;

  NN_NO_GRAD ()
  {
    g_assert_true (nn_network_set_vector (network, layer, vector, &error));
  }
  g_assert_no_error (error);
}

static void
assert_vector (NnNetwork *network, gssize layer, const float *expected, gsize n)
{
  g_autofree float *vector = g_new (float, n);

  g_assert_cmpuint (nn_network_get_vector_size (network, layer), ==, n);
  nn_network_get_vector (network, layer, vector);
  g_assert_cmpmem (vector, n * sizeof (float), expected, n * sizeof (float));
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
    gsize ends[6];

    experiment->seed = (guint32) json_integer_value (json_object_get (run, "seed"));
    trainer = nn_trainer_new (experiment, NULL);
    expected = load_vector (run, ends);
    assert_vector (nn_trainer_get_network (trainer), ALL, (float *) expected->data,
                   expected->len);
    for (gssize layer = 0; layer < 3; layer++) {
      const gsize first = layer > 0 ? ends[2 * layer - 1] : 0;

      assert_vector (nn_trainer_get_network (trainer), layer,
                     &g_array_index (expected, float, first),
                     ends[2 * layer + 1] - first);
    }
  }
  json_decref (root);
}

/* ---- Reading and writing ----------------------------------------------------------- */

static void
test_what_was_read_can_be_written_back (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float before[N_VALUES], vector[N_VALUES];

  nn_network_get_vector (network, ALL, before);
  fill (vector, N_VALUES, 7);
  set (network, ALL, vector);
  assert_vector (network, ALL, vector, N_VALUES);
  g_assert_cmpmem (nn_network_get_values (network), sizeof vector, vector, sizeof vector);
  set (network, ALL, before);
  assert_vector (network, ALL, before, N_VALUES);
}

static void
test_a_layer_is_written_alone (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float expected[N_VALUES], vector[N_FIRST];

  nn_network_get_vector (network, ALL, expected);
  fill (vector, N_FIRST, 7);
  set (network, 0, vector);
  memcpy (expected, vector, sizeof vector);
  assert_vector (network, ALL, expected, N_VALUES);
  assert_vector (network, 1, expected + N_FIRST, N_SECOND);

  fill (vector, N_SECOND, 9);
  set (network, 1, vector);
  memcpy (expected + N_FIRST, vector, N_SECOND * sizeof (float));
  assert_vector (network, ALL, expected, N_VALUES);
}

static void
test_a_vector_is_a_copy (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float vector[N_VALUES], kept[N_VALUES];

  nn_network_get_vector (network, ALL, vector);
  memcpy (kept, vector, sizeof kept);
  vector[0] = 99;
  assert_vector (network, ALL, kept, N_VALUES);

  set (network, ALL, vector);
  vector[1] = 98;
  kept[0] = 99;
  assert_vector (network, ALL, kept, N_VALUES);
}

/* ---- What a section promises ------------------------------------------------------- */

static void
assert_refused (NnNetwork *network, gssize layer, const char *name)
{
  g_autoptr (GError) error = NULL;
  float before[N_VALUES], vector[N_VALUES] = { 0 };
  guint versions[4];

  nn_network_get_vector (network, ALL, before);
  for (gsize i = 0; i < 4; i++)
    versions[i] = nn_tensor_get_version (nn_network_get_parameter (network, i));
  g_assert_false (nn_network_set_vector (network, layer, vector, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_GRAD_MODE);
  g_assert_true (g_str_has_prefix (error->message, name));
  g_assert_false (nn_network_set_vector (network, layer, vector, NULL));
  assert_vector (network, ALL, before, N_VALUES);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpuint (nn_tensor_get_version (nn_network_get_parameter (network, i)), ==,
                      versions[i]);
}

static void
test_writing_needs_a_section (void)
{
  g_autoptr (NnNetwork) network = make_network ();

  assert_refused (network, ALL, "fc1.weight requires a gradient");
  assert_refused (network, 0, "fc1.weight requires a gradient");
  assert_refused (network, 1, "fc2.weight requires a gradient");
  NN_NO_GRAD ()
  {
    NN_ENABLE_GRAD ()
    {
      assert_refused (network, 1, "fc2.weight requires a gradient");
    }
  }
}

/* What is frozen could be written here; but then it is all or nothing. */
static void
test_frozen_parameters_wait_for_the_others (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float vector[N_VALUES];

  nn_tensor_set_requires_grad (nn_network_get_parameter (network, 0), FALSE);
  assert_refused (network, 0, "fc1.bias requires a gradient");
  assert_refused (network, ALL, "fc1.bias requires a gradient");
  nn_tensor_set_requires_grad (nn_network_get_parameter (network, 1), FALSE);
  fill (vector, N_FIRST, 7);
  g_assert_true (nn_network_set_vector (network, 0, vector, NULL));
  assert_vector (network, 0, vector, N_FIRST);
}

static void
test_a_write_counts_in_the_versions (void)
{
  g_autoptr (NnNetwork) network = make_network ();
  float vector[N_VALUES];
  guint before[4];

  for (gsize i = 0; i < 4; i++)
    before[i] = nn_tensor_get_version (nn_network_get_parameter (network, i));
  nn_network_get_vector (network, ALL, vector); /* reading does not count */
  set (network, 1, vector + N_FIRST);
  set (network, ALL, vector);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpuint (nn_tensor_get_version (nn_network_get_parameter (network, i)), ==,
                      before[i] + (i < 2 ? 1 : 2));
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
    set (network, ALL, vector);
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
  ADD ("a-layer-is-written-alone", test_a_layer_is_written_alone);
  ADD ("a-vector-is-a-copy", test_a_vector_is_a_copy);
  ADD ("writing-needs-a-section", test_writing_needs_a_section);
  ADD ("frozen-parameters-wait-for-the-others",
       test_frozen_parameters_wait_for_the_others);
  ADD ("a-write-counts-in-the-versions", test_a_write_counts_in_the_versions);
  ADD ("the-guards-see-a-write", test_the_guards_see_a_write);
  ADD ("a-chain-is-its-layers", test_a_chain_is_its_layers);
  return g_test_run ();
}
