/* test-nn-experiments.c - whole runs, beside PyTorch's of the same files
 *
 * SPDX-License-Identifier: MIT
 *
 * How close is equal: a loss may be off by 1e-5 of itself, a parameter by 1e-6 of the
 * run's largest (of 1, if that is less), and either by four times the largest
 * difference that PyTorch's own float32 has from float64 in that run, which is
 * recorded with it. Where nothing but a nudge was computed, and that is arithmetic which
 * is rounded once each time, the parameters are PyTorch's to the bit ("exact").
 */

#include "nn/io/nn-experiment-file.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/expression/nn-catalogue.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-frame-of-run.h"
#include "tests/nn/functions-by-hand.h"
#include "tests/nn/nn-golden.h"

#define DIFFERENCES        4
#define LOSS_TOLERANCE     1e-5
#define WEIGHT_TOLERANCE   1e-6
#define EXPERIMENTS_FOLDER "experiments"

static double
get_difference (const json_t *run, const char *key)
{
  const json_t *difference = json_object_get (run, key);

  g_assert_true (json_is_number (difference));
  return DIFFERENCES * json_number_value (difference);
}

static void
train (NnTimeline *timeline, gsize n_steps)
{
  for (gsize i = 0; i < n_steps; i++) {
    g_autoptr (GError) error = NULL;

    nn_timeline_step (timeline, &error);
    g_assert_no_error (error);
  }
}

static void
compare_losses (NnTimeline *timeline, const json_t *run)
{
  g_autoptr (NnFrame) frame = nn_frame_of_timeline (timeline);
  const json_t *losses = json_object_get (run, "losses");
  const double difference = get_difference (run, "float64_difference");
  double farthest = 0;

  for (gsize i = 0; i < json_array_size (losses); i++) {
    const double expected = json_number_value (json_array_get (losses, i));
    const double tolerance = MAX (difference, LOSS_TOLERANCE * fabs (expected));
    float loss = NAN;
    double off;

    g_assert_true (nn_history_get_loss (frame->history, i + 1, &loss));
    off = fabs ((double) loss - expected);
    if (!(off <= tolerance)) {
      g_test_fail_printf ("step %" G_GSIZE_FORMAT ": loss is %.9g, but PyTorch's %.9g",
                          i + 1, (double) loss, expected);
      return;
    }
    farthest = MAX (farthest, off / tolerance);
  }
  g_test_message ("farthest loss from PyTorch: %.2g of the tolerance", farthest);
}

/* Of the tolerance. Exact is equal to the bit. */
static double
get_distance (float value, float expected, double tolerance, gboolean exact)
{
  if (exact)
    return memcmp (&value, &expected, sizeof value) == 0 ? 0 : INFINITY;
  return fabs ((double) value - (double) expected) / tolerance;
}

/* Where there is none, it is what the parameter is. */
static const float *
get_slow (const NnTrainer *trainer, gsize parameter)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const float *slow = nn_slow_copies_get (nn_trainer_get_slow (trainer), parameter);

  return slow != NULL
             ? slow
             : nn_network_get_values (network) +
                   nn_network_get_architecture (network)->parameters[parameter].offset;
}

/* @key: "final", or "slow" of the slow copies */
static void
compare_parameters (const NnTrainer *trainer, const json_t *run, const char *key)
{
  const gboolean slow = g_str_equal (key, "slow");
  const NnNetwork *network = nn_trainer_get_network (trainer);
  const NnArchitecture *architecture = nn_network_get_architecture (network);
  const gboolean exact = json_is_true (json_object_get (run, "exact"));
  double tolerance = 1, farthest = 0;
  gsize n, done = 0;
  g_autofree float *expected = golden_floats (run, key, &n);

  for (gsize i = 0; i < n; i++)
    tolerance = MAX (tolerance, fabs ((double) expected[i]));
  tolerance = MAX (WEIGHT_TOLERANCE * tolerance,
                   get_difference (run, "final_float64_difference"));
  for (gsize i = 0; i < architecture->n_parameters; i++) {
    const NnParameterShape *shape = &architecture->parameters[i];
    const float *values =
        slow ? get_slow (trainer, i) : nn_network_get_values (network) + shape->offset;

    g_assert_cmpuint (done + shape->n_values, <=, n);
    for (gsize k = 0; k < shape->n_values; k++, done++) {
      const double off = get_distance (values[k], expected[done], tolerance, exact);

      if (!(off <= 1))
        g_test_fail_printf (
            "%s of %s, value %" G_GSIZE_FORMAT ": %.9g, but PyTorch's %.9g", key,
            shape->name, k, (double) values[k], (double) expected[done]);
      farthest = MAX (farthest, off);
    }
  }
  g_test_message ("farthest weight from PyTorch: %.2g of the tolerance", farthest);
  g_assert_cmpuint (done, ==, n);
}

/* The step after the recorded losses is the one that PyTorch refuses, too. What it had
 * changed until then is taken back. */
static void
check_refusal (NnTimeline *timeline, const json_t *refused)
{
  const NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const char *why = json_string_value (json_object_get (refused, "why"));
  const json_int_t step = json_integer_value (json_object_get (refused, "step"));
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_timeline_step (timeline, &error));
  if (g_strcmp0 (why, "stale") == 0)
    g_assert_error (error, NN_ERROR, NN_ERROR_STALE);
  else if (g_strcmp0 (why, "diverged") == 0)
    g_assert_error (error, NN_ERROR, NN_ERROR_DIVERGED);
  else
    g_assert_not_reached ();
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer) + 1, ==, (guint64) step);
}

/* From its file, or from a file beside its results. */
static NnExperiment *
load (const json_t *run, GError **error)
{
  const char *name = json_string_value (json_object_get (run, "name"));
  const json_t *given = json_object_get (run, "experiment");
  g_autofree char *file = g_strconcat (name, ".nudge", NULL);
  g_autofree char *path = NULL;
  NnExperiment *experiment;
  char *text;

  if (given == NULL) {
    path = g_test_build_filename (G_TEST_DIST, "golden", EXPERIMENTS_FOLDER, file, NULL);
    return nn_experiment_file_load_full (path, NULL, error);
  }
  text = json_dumps (given, 0);
  experiment = nn_experiment_file_parse (text, strlen (text), name, error);
  free (text);
  return experiment;
}

static void
test_follows_pytorch (gconstpointer data)
{
  const json_t *run = data;
  const json_t *refused = json_object_get (run, "refused");
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = load (run, &error);
  g_autoptr (NnTimeline) timeline = NULL;

  g_assert_no_error (error);
  timeline = nn_timeline_new (experiment, NN_TIMELINE_BUDGET, &error);
  g_assert_no_error (error);
  train (timeline, json_array_size (json_object_get (run, "losses")));
  compare_losses (timeline, run);
  if (refused != NULL)
    check_refusal (timeline, refused);
  compare_parameters (nn_timeline_get_trainer (timeline), run, "final");
  g_assert_cmpint (
      nn_slow_copies_get_n (nn_trainer_get_slow (nn_timeline_get_trainer (timeline))) > 0,
      ==, json_object_get (run, "slow") != NULL);
  if (json_object_get (run, "slow") != NULL)
    compare_parameters (nn_timeline_get_trainer (timeline), run, "slow");
}

/* A file that was not recorded would be a test that is not run. */
static void
test_every_file_is_recorded (gconstpointer data)
{
  gsize n_recorded = 0;
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "golden", EXPERIMENTS_FOLDER, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  gsize n_files = 0;

  g_assert_nonnull (folder);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    n_files += g_str_has_suffix (name, ".nudge");
  for (gsize i = 0; i < json_array_size (data); i++)
    n_recorded += json_object_get (json_array_get (data, i), "experiment") == NULL;
  g_assert_cmpuint (n_files, ==, n_recorded);
}

static gboolean
has_run (const json_t *runs, const char *name)
{
  for (gsize i = 0; i < json_array_size (runs); i++) {
    const json_t *run = json_array_get (runs, i);

    if (g_str_equal (json_string_value (json_object_get (run, "name")), name))
      return TRUE;
  }
  return FALSE;
}

static void
test_every_function_is_recorded (gconstpointer data)
{
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *name = g_strconcat ("function/", functions[i].name, NULL);

    if (!has_run (data, name) && !functions_by_hand_have (functions[i].name))
      g_test_fail_printf ("no run called %s", name);
  }
}

static void
add_runs (const json_t *runs)
{
  for (gsize i = 0; i < json_array_size (runs); i++) {
    const json_t *run = json_array_get (runs, i);
    g_autofree char *path = g_strconcat (
        "/nn/experiments/", json_string_value (json_object_get (run, "name")),
        "/follows-pytorch", NULL);

    g_test_add_data_func (path, run, test_follows_pytorch);
  }
}

int
main (int argc, char *argv[])
{
  json_t *root, *edits;
  const json_t *runs;
  int status;

  g_test_init (&argc, &argv, NULL);
  root = golden_load ("experiments.json");
  edits = golden_load ("edits.json");
  runs = json_object_get (root, "runs");
  g_test_add_data_func ("/nn/experiments/every-file-is-recorded", runs,
                        test_every_file_is_recorded);
  g_test_add_data_func ("/nn/experiments/every-function-is-recorded", runs,
                        test_every_function_is_recorded);
  add_runs (runs);
  add_runs (json_object_get (edits, "runs"));
  status = g_test_run ();
  json_decref (edits);
  json_decref (root);
  return status;
}
