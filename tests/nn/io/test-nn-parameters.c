/* test-nn-parameters.c - first weights that are given: in the file, and in the run
 *
 * SPDX-License-Identifier: MIT
 *
 * What does not fit a network is in test-nn-chain.c.
 */

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-for-parameters.h"
#include "nn/io/nn-snapshot.h"
#include "nn/run/nn-trainer.h"
#include "tests/nn/scratch.h"

#define NETWORK                                                                          \
  "\"data\":{\"source\":\"plane\",\"examples\":6},\"loss\":{\"type\":\"mse\"},"          \
  "\"batch\":{\"size\":2,\"shuffle\":true},"                                             \
  "\"network\":{\"layers\":[{\"name\":\"net.0\",\"units\":2,\"activation\":\"tanh\"},"   \
  "{\"name\":\"net.2\",\"units\":1}]}"
#define WITH(parameters) "{\"nudge\":1," NETWORK ",\"parameters\":" parameters "}"

/* net.0.weight (2, 2), net.0.bias, net.2.weight (1, 2), net.2.bias: a payload of a NaN
 * would end the run, so that is for test-nn-arrays-torch.c. */
static const float given[] = { -0.0f, 1e-45f, 1, 2, 3, 4, 5, 6, 7 };

static NnExperiment *
parse_in (const char *text, const char *folder, GError **error)
{
  return nn_experiment_file_parse_full (text, strlen (text), "x", folder, NULL, error);
}

static NnExperiment *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = parse_in (text, NULL, &error);

  g_assert_no_error (error);
  return experiment;
}

static NnTrainer *
start (const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (experiment, &error);

  g_assert_no_error (error);
  return trainer;
}

static const float *
get_values (NnTrainer *trainer)
{
  return nn_network_get_values (nn_trainer_get_network (trainer));
}

/* Saves the given values as @name beside the test's other files. */
static char *
save_given (const Scratch *scratch, const char *name)
{
  g_autoptr (NnExperiment) experiment = parse ("{\"nudge\":1," NETWORK "}");
  char *path = g_build_filename (scratch->folder, name, NULL);

  g_assert_true (nn_snapshot_save (experiment->architecture, given, path, NULL));
  return path;
}

static void
test_a_run_begins_with_them (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = save_given (scratch, "given.safetensors");
  g_autoptr (NnExperiment) experiment =
      parse_in (WITH ("{\"file\":\"given.safetensors\"}"), scratch->folder, NULL);
  g_autoptr (NnExperiment) copy = nn_experiment_copy (experiment);
  g_autoptr (NnTrainer) trainer = start (copy);

  g_assert_true (copy->parameters == experiment->parameters);
  g_assert_cmpmem (get_values (trainer), sizeof given, given, sizeof given);
  for (int i = 0; i < 3; i++)
    g_assert_true (nn_trainer_step (trainer, NULL));
  g_assert_cmpfloat (get_values (trainer)[4], !=, given[4]);
  nn_trainer_reset (trainer);
  g_assert_cmpmem (get_values (trainer), sizeof given, given, sizeof given);
}

/* Data and shuffles are drawn as if they were not there, and so is what is not given. */
static void
test_what_is_drawn_stays (void)
{
  g_autoptr (NnExperiment) plain = parse ("{\"nudge\":1," NETWORK "}");
  g_autoptr (NnExperiment) some = parse (WITH ("{\"net.0.bias\":[3,4]}"));
  g_autoptr (NnTrainer) drawn = start (plain);
  g_autoptr (NnTrainer) mixed = start (some);
  const NnDataset *a = nn_trainer_get_dataset (drawn);
  const NnDataset *b = nn_trainer_get_dataset (mixed);

  g_assert_cmpmem (a->table->inputs, 12 * sizeof (float), b->table->inputs,
                   12 * sizeof (float));
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    g_assert_cmpfloat (get_values (mixed)[i], ==,
                       i == 4   ? 3
                       : i == 5 ? 4
                                : get_values (drawn)[i]);
}

static void
test_arrays_are_written_and_read_again (void)
{
  g_autoptr (NnExperiment) experiment =
      parse (WITH ("{\"net.0.bias\":[0.1,-0.0],\"net.2.weight\":[[1e-45,3e38]]}"));
  g_autofree char *text = nn_experiment_file_format (experiment);
  g_autoptr (NnExperiment) again = parse (text);
  g_autofree char *text_again = nn_experiment_file_format (again);
  g_autoptr (NnTrainer) a = start (experiment);
  g_autoptr (NnTrainer) b = start (again);

  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpmem (get_values (a), sizeof given, get_values (b), sizeof given);
}

static void
test_a_path_stays_right (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = save_given (scratch, "given.npz");
  g_autofree char *below = g_build_filename (scratch->folder, "a", "b", NULL);
  g_autoptr (NnExperiment) experiment =
      parse_in (WITH ("{\"file\":\"./given.npz\"}"), scratch->folder, NULL);
  g_autofree char *beside = nn_experiment_file_format_full (experiment, scratch->folder);
  g_autofree char *far = nn_experiment_file_format_full (experiment, below);
  g_autofree char *anywhere = nn_experiment_file_format (experiment);
  g_autofree char *whole = g_strdup_printf ("{ \"file\": \"%s\" }", path);

  g_assert_nonnull (strstr (beside, "\"parameters\": { \"file\": \"given.npz\" }"));
  g_assert_nonnull (strstr (far, "\"parameters\": { \"file\": \"../../given.npz\" }"));
  g_assert_nonnull (strstr (anywhere, whole));
}

static void
test_refusals_name_the_key (Scratch *scratch, gconstpointer data)
{
  static const char *const cases[][2] = {
    { WITH ("3"), "parameters: expected an object" },
    { WITH ("{\"file\":3}"), "parameters.file: " },
    { WITH ("{\"file\":\"none.npz\"}"), "parameters.file: " },
    { WITH ("{\"file\":\"given.npz\",\"net.0.bias\":[1,2]}"),
      "parameters: unknown key \"net.0.bias\"" },
    { WITH ("{\"net.0.bias\":[1]}"), "parameters: 'net.0.bias' has shape (1,), but" },
    { WITH ("{\"net.0.bias\":[1,[2]]}"), "parameters.net.0.bias[1]: " },
    { WITH ("{\"net.0.bias\":\"x\"}"), "parameters.net.0.bias: " },
    { WITH ("{\"fc1.bias\":[1,2]}"), "parameters: the network has no 'fc1.bias'" },
  };
  g_autofree char *path = save_given (scratch, "given.npz");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (parse_in (cases[i][0], scratch->folder, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, cases[i][1]));
  }
}

static void
test_a_snapshot_is_an_experiment (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = save_given (scratch, "given.safetensors");
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_for_parameters (path, NULL, &error);
  g_autoptr (NnTrainer) trainer = NULL;

  g_assert_no_error (error);
  g_assert_true (nn_experiment_is_of_parameters (path));
  g_assert_false (nn_experiment_is_of_parameters (scratch->path));
  g_assert_cmpstr (experiment->name, ==, "given");
  g_assert_cmpuint (experiment->architecture->n_features, ==, 2);
  g_assert_cmpstr (experiment->architecture->layers[0].name, ==, "net.0");
  g_assert_cmpint (experiment->architecture->layers[0].activation, ==,
                   NN_ACTIVATION_RELU);
  trainer = start (experiment);
  g_assert_cmpmem (get_values (trainer), sizeof given, given, sizeof given);
  g_assert_cmpuint (experiment->notes->len, ==, 2);
  g_assert_cmpuint (experiment->parameters->notes->len, ==, 0);
}

#define add_scratch(name, test)                                                          \
  g_test_add ("/nn/parameters/" name, Scratch, NULL, scratch_set_up, test,               \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_scratch ("a-run-begins-with-them", test_a_run_begins_with_them);
  g_test_add_func ("/nn/parameters/what-is-drawn-stays", test_what_is_drawn_stays);
  g_test_add_func ("/nn/parameters/arrays-are-written-and-read-again",
                   test_arrays_are_written_and_read_again);
  add_scratch ("a-path-stays-right", test_a_path_stays_right);
  add_scratch ("refusals-name-the-key", test_refusals_name_the_key);
  add_scratch ("a-snapshot-is-an-experiment", test_a_snapshot_is_an_experiment);
  return g_test_run ();
}
