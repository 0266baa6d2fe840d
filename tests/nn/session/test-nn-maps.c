/* test-nn-maps.c - what each neuron puts out over its map, beside PyTorch
 *
 * SPDX-License-Identifier: MIT
 *
 * Recorded values are in tests/golden/maps.json: of the maps that frames have while a network
 * is trained, and of the fine ones that they have while it rests.
 */

#include "nn/session/nn-refiner.h"

#include <stdlib.h>
#include <string.h>

#include "nn/io/nn-experiment-file.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/tensor/nn-grad-mode.h"
#include "tests/nn/nn-golden.h"

/* Of 1 + |value|: PyTorch's kernels round as they like. */
#define TOLERANCE 1e-5

/* The trainer of one of the recorded networks, with its weights and its plane. */
static NnTrainer *
new_trainer (const json_t *recorded)
{
  char *text = json_dumps (json_object_get (recorded, "experiment"), 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (text, strlen (text), "maps.json", &error);
  NnTrainer *trainer;
  NnNetwork *network;
  gsize n;
  g_autofree float *values = golden_floats (recorded, "parameters", &n);

  free (text);
  g_assert_no_error (error);
  trainer = nn_trainer_new (experiment, &error);
  g_assert_no_error (error);
  network = nn_trainer_get_network (trainer);
  g_assert_cmpuint (n, ==, nn_network_get_architecture (network)->n_values);
  NN_NO_GRAD ()
  memcpy (nn_network_write_values (network), values, n * sizeof (float));
  return trainer;
}

static void
choose_plane (NnTrainer *trainer, const json_t *plane)
{
  NnPlaneChoice choice = { .any = TRUE };

  if (json_is_null (plane))
    return;
  choice.example = (gsize) json_integer_value (json_object_get (plane, "example"));
  for (gsize i = 0; i < 2; i++)
    choice.feature[i] = (gsize) json_integer_value (
        json_array_get (json_object_get (plane, "features"), i));
  nn_trainer_set_plane (trainer, &choice);
}

/* @values: of a unit at each point of the map
 * @recorded: the same at every @every-th */
static void
check_unit (const float *values, gsize n, gsize every, const json_t *recorded)
{
  g_assert_cmpuint (json_array_size (recorded), ==, (n + every - 1) / every);
  for (gsize i = 0; i < json_array_size (recorded); i++) {
    const double expected = json_number_value (json_array_get (recorded, i));

    g_assert_cmpfloat_with_epsilon ((double) values[i * every], expected,
                                    TOLERANCE * (1 + ABS (expected)));
  }
}

static void
check_map (const NnFrame *frame, const json_t *recorded)
{
  const gsize n = frame->probes.n;
  const gsize every = (gsize) json_integer_value (json_object_get (recorded, "every"));
  const json_t *inputs = json_object_get (recorded, "inputs");
  const json_t *outputs = json_object_get (recorded, "outputs");
  const gsize n_inputs = json_array_size (inputs);

  g_assert_cmpuint (n, ==, json_integer_value (json_object_get (recorded, "points")));
  g_assert_cmpuint (n_inputs + json_array_size (outputs), ==,
                    frame->architecture->n_units);
  for (gsize u = 0; u < frame->architecture->n_units; u++)
    check_unit (frame->activations + u * n, n, every,
                u < n_inputs ? json_array_get (inputs, u)
                             : json_array_get (outputs, u - n_inputs));
}

static void
check_network (const json_t *recorded)
{
  const json_t *maps = json_object_get (recorded, "maps");
  g_autoptr (NnTrainer) trainer = new_trainer (recorded);
  g_autoptr (NnRefiner) refiner = nn_refiner_new ();
  g_autoptr (NnFrame) frame = NULL;

  g_test_message ("%s", json_string_value (json_object_get (recorded, "name")));
  choose_plane (trainer, json_object_get (recorded, "plane"));
  frame = nn_frame_of_trainer (trainer);
  check_map (frame, json_array_get (maps, 0));
  if (frame->probes.kind != NN_PROBES_PLANE) {
    g_assert_cmpuint (json_array_size (maps), ==, 1);
    return;
  }
  while (nn_refiner_is_missing (refiner, trainer, 1))
    nn_refiner_work (refiner, trainer, 1);
  nn_refiner_write (refiner, frame, 1);
  g_assert_cmpuint (json_array_size (maps), ==, 2);
  check_map (frame, json_array_get (maps, 1));
}

static void
test_maps_are_pytorchs (void)
{
  json_t *root = golden_load ("maps.json");
  const json_t *networks = json_object_get (root, "networks");

  g_assert_cmpuint (json_array_size (networks), >=, 4);
  for (gsize i = 0; i < json_array_size (networks); i++)
    check_network (json_array_get (networks, i));
  json_decref (root);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/maps/maps-are-pytorchs", test_maps_are_pytorchs);
  return g_test_run ();
}
