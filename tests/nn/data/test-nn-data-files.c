/* test-nn-data-files.c - data that come from files
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gstdio.h>
#include <math.h>

#include "nn/arrays/nn-array-file.h"
#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-for-file.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/scratch.h"
#include "tests/nn/tables.h"

static char *
find_table (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "tables", name, NULL);
}

static NnDataSpec
make_spec (NnDataSource source, const char *path)
{
  NnDataSpec spec;

  nn_data_spec_init (&spec, source);
  spec.file = g_strdup (path);
  return spec;
}

static void
load (NnDataSpec *spec)
{
  g_autoptr (GError) error = NULL;

  nn_data_spec_load (spec, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nn_data_spec_check (spec, &error));
  g_assert_no_error (error);
}

static void
assert_fails (NnDataSpec *spec, const char *said)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_data_spec_load (spec, NULL, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, said) == NULL)
    g_assert_cmpstr (error->message, ==, said);
}

static char *
join_notes (const GPtrArray *notes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) notes->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
assert_noted (const GPtrArray *notes, const char *said)
{
  g_autofree char *text = join_notes (notes);

  if (strstr (text, said) == NULL)
    g_assert_cmpstr (text, ==, said);
}

/* ---- columns ----------------------------------------------------------------------- */

static void
test_columns_are_guessed (void)
{
  static const char *const files[] = { "plain.csv", "bom-crlf.csv" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = find_table (files[i]);
    g_auto (NnDataSpec) spec = make_spec (NN_DATA_CSV, path);

    load (&spec);
    g_assert_cmpuint (spec.table->n_examples, ==, 12);
    g_assert_cmpuint (spec.table->n_features, ==, 2);
    g_assert_cmpuint (spec.table->n_targets, ==, 1);
    g_assert_cmpint (spec.table->targets_are, ==, NN_TARGETS_NUMBERS);
    g_assert_cmpstr (spec.table->feature_names[0], ==, "x");
    g_assert_cmpstr (spec.table->feature_names[1], ==, i == 0 ? "y" : "y, in m");
    g_assert_cmpstr (spec.table->target_names[0], ==, "target");
    g_assert_cmpfloat (spec.table->inputs[3], ==, 0.25f);
    g_assert_cmpfloat (spec.table->targets[11], ==, 1.5f);
    assert_noted (spec.table->notes, "targets: target (guessed)");
  }
}

static void
test_columns_can_be_said (void)
{
  g_autofree char *path = find_table ("plain.csv");
  g_auto (NnDataSpec) spec = make_spec (NN_DATA_CSV, path);
  g_auto (NnDataSpec) none = make_spec (NN_DATA_CSV, path);

  spec.inputs = g_strsplit ("target", ",", -1);
  spec.targets = g_strsplit ("y,x", ",", -1);
  load (&spec);
  g_assert_cmpuint (spec.table->n_features, ==, 1);
  g_assert_cmpuint (spec.table->n_targets, ==, 2);
  g_assert_cmpfloat (spec.table->inputs[0], ==, 0.42f);
  g_assert_cmpfloat (spec.table->targets[0], ==, -1.2f);
  g_assert_cmpfloat (spec.table->targets[1], ==, 0.31f);

  none.inputs = g_strsplit ("x,z", ",", -1);
  assert_fails (&none, "plain.csv: inputs: there is no column 'z'; the columns are x, y, "
                       "target");
  g_assert_null (none.table);
}

static void
test_names_become_classes (void)
{
  g_autofree char *path = find_table ("no-header-classes.csv");
  g_auto (NnDataSpec) spec = make_spec (NN_DATA_CSV, path);
  static const float classes[] = { 0, 1, 0, 2 };

  load (&spec);
  g_assert_cmpint (spec.table->targets_are, ==, NN_TARGETS_CLASSES);
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 3);
  g_assert_cmpmem (spec.table->targets, sizeof classes, classes, sizeof classes);
  g_assert_cmpstr (spec.table->class_names[2], ==, "green");
  assert_noted (spec.table->notes, "'red' 0, 'blue' 1, 'green' 2");
}

static void
test_missing_values_are_refused_or_dropped (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = find_table ("missing.csv");
  g_auto (NnDataSpec) refused = make_spec (NN_DATA_CSV, path);
  g_auto (NnDataSpec) target = make_spec (NN_DATA_CSV, path);
  g_auto (NnDataSpec) dropped = make_spec (NN_DATA_CSV, path);
  g_auto (NnDataSpec) some = make_spec (NN_DATA_CSV, scratch->path);

  assert_fails (&refused, "missing.csv: line 2, column 'y': the value is missing");
  target.missing = NN_MISSING_MEAN;
  assert_fails (&target, "missing.csv: line 4, column 'target': the target is missing");
  dropped.missing = NN_MISSING_DROP;
  assert_fails (&dropped, "missing.csv: a value is missing in each of the rows");

  put_contents (scratch->path, "a,b\n1,2\n,3\n4,5\n6,NA\n");
  some.missing = NN_MISSING_DROP;
  load (&some);
  g_assert_cmpuint (some.table->n_examples, ==, 2);
  g_assert_cmpfloat (some.table->inputs[1], ==, 4);
  g_assert_cmpfloat (some.table->targets[1], ==, 5);
  assert_noted (some.table->notes, "2 of 4 rows are left out");
}

/* ---- arrays ------------------------------------------------------------------------ */

/* Two arrays of three examples, and one that is of other ones. */
static void
put_arrays (const Scratch *scratch)
{
  static const float x[] = { 1, 2, 3, 4, 5, 6 };
  static const float y[] = { 0, 1, 0 };
  static const float other[] = { 7, 8 };
  g_autoptr (NnArrayFile) file = nn_array_file_new (&nn_arrays_npz);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_ptr_array_add (file->arrays, nn_array_new_floats ("x", 2, (guint64[]){ 3, 2 }, x));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("y", 1, (guint64[]){ 3 }, y));
  g_ptr_array_add (file->arrays, nn_array_new_floats ("z", 1, (guint64[]){ 2 }, other));
  bytes = file->kind->encode (file, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (scratch->path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static void
test_arrays_are_columns (Scratch *scratch, gconstpointer data)
{
  g_auto (NnDataSpec) guessed = make_spec (NN_DATA_NPZ, scratch->path);
  g_auto (NnDataSpec) said = make_spec (NN_DATA_NPZ, scratch->path);
  g_auto (NnDataSpec) wrong = make_spec (NN_DATA_NPZ, scratch->path);
  static const float x[] = { 1, 2, 3, 4, 5, 6 };

  put_arrays (scratch);
  load (&guessed);
  g_assert_cmpuint (guessed.table->n_features, ==, 2);
  g_assert_cmpmem (guessed.table->inputs, sizeof x, x, sizeof x);
  g_assert_cmpstr (guessed.table->feature_names[1], ==, "x[1]");
  g_assert_cmpstr (guessed.table->target_names[0], ==, "y");
  g_assert_cmpint (guessed.table->targets_are, ==, NN_TARGETS_EITHER);
  assert_noted (guessed.table->notes, "left out, as they do not have 3 examples: z");

  said.inputs = g_strsplit ("y", ",", -1);
  said.targets = g_strsplit ("x[1] x[0]", " ", -1);
  load (&said);
  g_assert_cmpuint (said.table->n_features, ==, 1);
  g_assert_cmpfloat (said.table->targets[0], ==, 2);
  g_assert_cmpfloat (said.table->targets[1], ==, 1);

  wrong.inputs = g_strsplit ("x,z", ",", -1);
  assert_fails (&wrong, "z is (2,), but the other arrays have 3 examples");
}

/* ---- the training part ------------------------------------------------------------- */

/* As PyTorch, to float32's rounding: its sums are float32's, ours are double's. */
static void
assert_recorded (const NnDataSpec *spec, const json_t *root, const char *key)
{
  const json_t *array = json_object_get (root, key);
  g_autoptr (NnRandom) random =
      nn_random_new ((guint32) json_integer_value (json_object_get (root, "seed")));
  g_autoptr (NnDataset) dataset = nn_dataset_new (spec, random);
  g_autofree float *inputs = dataset_dup_inputs (dataset);

  g_assert_cmpuint (json_array_size (array), ==, 600);
  g_assert_cmpuint (dataset->n_training, ==, 120);
  for (gsize i = 0; i < 600; i++) {
    const double value = json_number_value (json_array_get (array, i));

    g_assert_cmpfloat_with_epsilon ((double) inputs[i], value, 4e-6 * (1 + fabs (value)));
  }
}

static void
test_training_part_is_standardised_and_fills (void)
{
  json_t *root = golden_load ("tables.json");
  const json_t *missing = json_object_get (root, "missing");
  g_auto (NnDataSpec) spec = { 0 };

  nn_data_spec_init (&spec, NN_DATA_IRIS);
  load (&spec);
  spec.validation = 0.2;
  spec.standardise = TRUE;
  assert_recorded (&spec, root, "standardised");

  spec.missing = NN_MISSING_MEAN;
  for (gsize i = 0; i < json_array_size (missing); i++) {
    const json_t *at = json_array_get (missing, i);

    spec.table->inputs[4 * json_integer_value (json_array_get (at, 0)) +
                       json_integer_value (json_array_get (at, 1))] = NAN;
  }
  assert_recorded (&spec, root, "both");
  spec.standardise = FALSE;
  assert_recorded (&spec, root, "filled");
  json_decref (root);
}

static void
test_constant_column_is_only_centered (Scratch *scratch, gconstpointer data)
{
  g_auto (NnDataSpec) spec = make_spec (NN_DATA_CSV, scratch->path);
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autoptr (NnDataset) dataset = NULL;
  float row[2];

  put_contents (scratch->path, "a,b,target\n0.1,1,0\n0.1,3,1\n0.1,5,2.5\n");
  load (&spec);
  spec.standardise = TRUE;
  dataset = nn_dataset_new (&spec, random);
  for (gsize i = 0; i < 3; i++) {
    nn_dataset_read_inputs (dataset, i, row);
    g_assert_cmpfloat (row[0], ==, 0);
    g_assert_cmpfloat (row[1], ==, (float) i - 1);
    g_assert_cmpfloat (*nn_dataset_get_targets (dataset, i), ==,
                       i == 2 ? 2.5f : (float) i);
  }
}

/* ---- pictures ---------------------------------------------------------------------- */

static void
test_pictures_are_read (void)
{
  g_autofree char *images = find_table ("pictures-idx3-ubyte.gz");
  g_autofree char *labels = find_table ("labels-idx1-ubyte.gz");
  g_auto (NnDataSpec) spec = make_spec (NN_DATA_IDX, images);
  g_auto (NnDataSpec) swapped = make_spec (NN_DATA_IDX, labels);
  float most = 0;

  spec.labels = g_strdup (labels);
  load (&spec);
  g_assert_cmpuint (spec.table->n_examples, ==, 20);
  g_assert_cmpuint (spec.table->n_features, ==, 25);
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 10);
  for (gsize i = 0; i < 500; i++) {
    const float byte = roundf (spec.table->inputs[i] * 255);

    g_assert_cmpfloat (spec.table->inputs[i], ==, byte / 255);
    most = MAX (most, byte);
  }
  g_assert_cmpfloat (most, >, 1);
  assert_fails (&swapped, "perhaps these are the labels; give the file of the pictures");
  g_free (spec.labels);
  spec.labels = g_strdup (images);
  assert_fails (&spec, "(20, 5, 5), not a class for each of the 20 pictures");
  g_assert_nonnull (spec.table); /* the old one */
}

/* ---- data that come with the program ----------------------------------------------- */

/* What is compiled in is what is in the file that it was made of. */
static void
test_shipped_data_are_the_files (void)
{
  static const struct {
    NnDataSource source;
    const char *name;
    gsize n_examples, n_features, n_classes;
  } sets[] = { { NN_DATA_IRIS, "iris.csv", 150, 4, 3 },
               { NN_DATA_DIGITS, "digits.csv", 1797, 64, 10 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++) {
    g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "data",
                                                   sets[i].name, NULL);
    g_auto (NnDataSpec) shipped = make_spec (sets[i].source, NULL);
    g_auto (NnDataSpec) read = make_spec (NN_DATA_CSV, path);
    const gsize n = sets[i].n_examples;

    load (&shipped);
    load (&read);
    g_assert_cmpuint (shipped.table->n_examples, ==, n);
    g_assert_cmpuint (shipped.table->n_features, ==, sets[i].n_features);
    g_assert_cmpuint (nn_data_spec_get_n_classes (&shipped), ==, sets[i].n_classes);
    g_assert_cmpmem (shipped.table->inputs, n * sets[i].n_features * sizeof (float),
                     read.table->inputs, n * sets[i].n_features * sizeof (float));
    g_assert_cmpmem (shipped.table->targets, n * sizeof (float), read.table->targets,
                     n * sizeof (float));
    g_assert_cmpstrv (shipped.table->feature_names, read.table->feature_names);
  }
}

/* ---- an experiment for a file ------------------------------------------------------ */

static NnExperiment *
open_experiment (const char *path)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *self = nn_experiment_open (path, NULL, &error);

  g_assert_no_error (error);
  return self;
}

static void
test_experiment_is_made_for_data (void)
{
  static const struct {
    const char *file;
    NnDataSource source;
    NnLossType loss;
    gsize n_outputs;
    gboolean standardise;
    const char *note;
  } cases[] = {
    { "plain.csv", NN_DATA_CSV, NN_LOSS_MSE, 1, TRUE, "loss: mse, as the targets are" },
    { "no-header-classes.csv", NN_DATA_CSV, NN_LOSS_CROSS_ENTROPY, 3, TRUE,
      "loss: cross_entropy, as 3 is 3 classes" },
    { "pictures-idx3-ubyte.gz", NN_DATA_IDX, NN_LOSS_CROSS_ENTROPY, 10, FALSE,
      "divided by 255" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = find_table (cases[i].file);
    g_autoptr (NnExperiment) self = open_experiment (path);
    const NnArchitecture *architecture = self->architecture;

    g_assert_cmpint (self->data.source, ==, cases[i].source);
    g_assert_cmpint (self->loss.type, ==, cases[i].loss);
    g_assert_cmpint (self->data.standardise, ==, cases[i].standardise);
    g_assert_cmpuint (architecture->layers[architecture->n_layers - 1].n_units, ==,
                      cases[i].n_outputs);
    assert_noted (self->notes, cases[i].note);
  }
}

static void
test_numbers_are_classes_only_if_they_are_few (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *text;
    NnLossType loss;
  } cases[] = {
    { "x,y\n1,0\n2,1\n3,0\n4,1\n", NN_LOSS_CROSS_ENTROPY },
    { "x,y\n1,0\n2,2\n3,0\n4,2\n5,0\n6,2\n7,0\n", NN_LOSS_MSE }, /* no 1 */
    { "x,y\n1,0\n2,1\n3,2\n4,3\n", NN_LOSS_MSE },                /* each once */
    { "x,y\n1,-1\n2,1\n3,-1\n4,1\n", NN_LOSS_MSE },
    { "x,a,b\n1,0,1\n2,1,0\n3,0.25,0.75\n4,1,0\n", NN_LOSS_MSE }, /* one target: b */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (NnExperiment) self = NULL;

    put_contents (scratch->path, cases[i].text);
    self = open_experiment (scratch->path);
    g_assert_cmpint (self->loss.type, ==, cases[i].loss);
  }
}

/* Written beside its data or in another folder, an experiment finds them again. */
static void
test_paths_follow_the_experiment (Scratch *scratch, gconstpointer data)
{
  g_autofree char *table = g_build_filename (scratch->folder, "d.csv", NULL);
  g_autofree char *folder = g_build_filename (scratch->folder, "runs", NULL);
  g_autofree char *beside = g_build_filename (scratch->folder, "a.nudge", NULL);
  g_autofree char *below = g_build_filename (folder, "b.nudge", NULL);
  g_autofree char *text = NULL;
  g_autoptr (NnExperiment) first = NULL;
  g_autoptr (NnExperiment) second = NULL;
  g_autoptr (NnExperiment) third = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  put_contents (table, "x,target\n1,2.5\n3,4\n");
  first = open_experiment (table);
  g_assert_true (nn_experiment_file_save (first, beside, NULL));
  g_assert_true (g_file_get_contents (beside, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"file\": \"d.csv\""));
  second = open_experiment (beside);
  g_assert_true (nn_experiment_file_save (second, below, NULL));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (below, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"file\": \"../d.csv\""));
  third = open_experiment (below);
  g_assert_cmpmem (third->data.table->inputs, 2 * sizeof (float),
                   first->data.table->inputs, 2 * sizeof (float));
  g_assert_nonnull (third->notes);
  g_assert_cmpint (g_remove (below), ==, 0);
}

static void
test_good_experiments_open (void)
{
  g_autofree char *bom = find_table ("bom.nudge");
  g_autofree char *one_hot = find_table ("one-hot.nudge");
  g_autoptr (NnExperiment) marked = open_experiment (bom);
  g_autoptr (NnExperiment) probable = open_experiment (one_hot);

  g_assert_cmpuint (marked->data.table->n_features, ==, 2);
  g_assert_cmpint (probable->loss.type, ==, NN_LOSS_CROSS_ENTROPY);
}

static gboolean
stop (double fraction, gpointer data)
{
  ++*(guint *) data;
  return FALSE;
}

static void
test_reading_can_be_stopped (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "resources", "data", "digits.csv", NULL);
  guint n_reports = 0;
  const NnProgress progress = { stop, &n_reports };
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_experiment_open (path, &progress, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_CANCELLED);
  g_assert_cmpuint (n_reports, ==, 1);
}

#define ADD_IN_FOLDER(name, function)                                                    \
  g_test_add ("/nn/data-files/" name, Scratch, NULL, scratch_set_up, function,           \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/data-files/" name, test)
  add ("columns-are-guessed", test_columns_are_guessed);
  add ("columns-can-be-said", test_columns_can_be_said);
  add ("names-become-classes", test_names_become_classes);
  ADD_IN_FOLDER ("missing-values-are-refused-or-dropped",
                 test_missing_values_are_refused_or_dropped);
  ADD_IN_FOLDER ("arrays-are-columns", test_arrays_are_columns);
  add ("training-part-is-standardised-and-fills",
       test_training_part_is_standardised_and_fills);
  ADD_IN_FOLDER ("constant-column-is-only-centered",
                 test_constant_column_is_only_centered);
  add ("pictures-are-read", test_pictures_are_read);
  add ("shipped-data-are-the-files", test_shipped_data_are_the_files);
  add ("experiment-is-made-for-data", test_experiment_is_made_for_data);
  ADD_IN_FOLDER ("numbers-are-classes-only-if-they-are-few",
                 test_numbers_are_classes_only_if_they_are_few);
  ADD_IN_FOLDER ("paths-follow-the-experiment", test_paths_follow_the_experiment);
  add ("good-experiments-open", test_good_experiments_open);
  add ("reading-can-be-stopped", test_reading_can_be_stopped);
#undef add
  return g_test_run ();
}
