/* test-nn-dataset.c - tables of examples, given or generated
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/data/nn-dataset.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"

#include "tests/nn/nn-golden.h"
#include "tests/nn/settings.h"
#include "tests/nn/tables.h"

static gsize
get_size (const json_t *record, const char *key)
{
  return (gsize) json_integer_value (json_object_get (record, key));
}

static double
get_number (const json_t *record, const char *key)
{
  return json_number_value (json_object_get (record, key));
}

static void
assert_as_recorded (const json_t *record)
{
  const char *name = json_string_value (json_object_get (record, "source"));
  g_autoptr (NnRandom) random = nn_random_new ((guint32) get_size (record, "seed"));
  NnDataSpec spec = { .n_examples = get_size (record, "examples"),
                      .n_features = 3,
                      .noise = get_number (record, "noise"),
                      .validation = get_number (record, "validation") };
  g_autoptr (NnDataset) data = NULL;
  gsize n_inputs, n_targets, n_next;
  g_autofree float *inputs = golden_floats (record, "inputs", &n_inputs);
  g_autofree float *targets = golden_floats (record, "targets", &n_targets);
  g_autofree float *expected_next = golden_floats (record, "next", &n_next);
  g_autofree float *drawn_inputs = NULL;
  g_autofree float *drawn_targets = NULL;
  float next;

  g_test_message ("%s, %" G_GSIZE_FORMAT " examples", name, spec.n_examples);
  g_assert_true (nn_data_source_find (name, &spec.source, NULL));
  data = nn_dataset_new (&spec, random);
  g_assert_cmpuint (data->n_examples, ==, spec.n_examples);
  g_assert_cmpuint (data->n_training, ==, get_size (record, "training"));
  drawn_inputs = dataset_dup_inputs (data);
  drawn_targets = dataset_dup_targets (data);
  g_assert_cmpmem (drawn_inputs, data->n_examples * data->n_features * sizeof (float),
                   inputs, n_inputs * sizeof (float));
  g_assert_cmpmem (drawn_targets, data->n_examples * data->n_targets * sizeof (float),
                   targets, n_targets * sizeof (float));
  nn_random_fill_uniform (random, 0, 1, &next, 1);
  g_assert_cmpfloat (next, ==, expected_next[0]);
}

/* Features, targets, the order of rows, and where the stream stands afterwards. */
static void
test_sources_are_as_defined (void)
{
  json_t *root = golden_load ("data.json");
  const json_t *sets = json_object_get (root, "sets");
  const guint all = (2U << NN_DATA_SINE) - 1;
  guint seen = 1U << NN_DATA_INLINE;

  for (gsize i = 0; i < json_array_size (sets); i++) {
    const json_t *record = json_array_get (sets, i);
    NnDataSource source;

    assert_as_recorded (record);
    nn_data_source_find (json_string_value (json_object_get (record, "source")), &source,
                         NULL);
    seen |= 1U << source;
  }
  g_assert_cmpuint (seen & all, ==, all);
  json_decref (root);
}

static NnDataset *
make (NnDataSource source, gsize n, double noise)
{
  g_autoptr (NnRandom) random = nn_random_new (4);
  NnDataSpec spec;

  nn_data_spec_init (&spec, source);
  spec.n_examples = n;
  spec.noise = noise;
  return nn_dataset_new (&spec, random);
}

/* As many of one class as of the other, and all but a normal cloud's last few within the
 * ±6 that a picture of them shows. */
static void
test_classes_are_balanced_and_in_view (void)
{
  const gsize n = 2000;

  for (guint source = NN_DATA_XOR; source <= NN_DATA_MOONS; source++) {
    g_autoptr (NnDataset) data = make ((NnDataSource) source, n, 0);
    gsize n_ones = 0, n_outside = 0;

    g_assert_cmpuint (data->n_features, ==, 2);
    g_assert_cmpuint (data->n_targets, ==, 1);
    g_assert_cmpuint (data->n_classes, ==, 2);
    for (gsize i = 0; i < 2 * n; i++)
      n_outside += fabsf (data->table->inputs[i]) > 6;
    g_assert_cmpuint (n_outside, <=, source == NN_DATA_GAUSS ? 4 : 0);
    for (gsize i = 0; i < n; i++) {
      g_assert_true (data->table->targets[i] == 0 || data->table->targets[i] == 1);
      n_ones += data->table->targets[i] == 1;
    }
    g_assert_cmpuint (n_ones, >, n * 9 / 20);
    g_assert_cmpuint (n_ones, <, n * 11 / 20);
  }
}

/* The rules that a person would give for the classes. */
static void
test_classes_follow_their_rule (void)
{
  const gsize n = 500;
  g_autoptr (NnDataset) xor = make (NN_DATA_XOR, n, 0);
  g_autoptr (NnDataset) circle = make (NN_DATA_CIRCLE, n, 0);
  g_autoptr (NnDataset) gauss = make (NN_DATA_GAUSS, n, 0);
  gsize n_astray = 0;

  for (gsize i = 0; i < n; i++) {
    const float *x = &xor->table->inputs[2 * i];
    float radius =
        hypotf (circle->table->inputs[2 * i], circle->table->inputs[2 * i + 1]);
    float side = gauss->table->inputs[2 * i] + gauss->table->inputs[2 * i + 1];

    g_assert_cmpfloat (xor->table->targets[i], ==, (x[0] > 0) != (x[1] > 0) ? 1 : 0);
    g_assert_cmpfloat (circle->table->targets[i], ==, radius < 3 ? 1 : 0);
    n_astray += (side > 0) != (gauss->table->targets[i] == 1);
  }
  g_assert_cmpuint (n_astray, <, n / 50);
}

static void
test_targets_follow_their_formula (void)
{
  const gsize n = 500;
  g_autoptr (NnDataset) plane = make (NN_DATA_PLANE, n, 0);
  g_autoptr (NnDataset) sine = make (NN_DATA_SINE, n, 0);

  g_assert_cmpuint (plane->n_features, ==, 2);
  g_assert_cmpuint (plane->n_classes, ==, 0);
  g_assert_cmpuint (sine->n_features, ==, 1);
  g_assert_cmpuint (sine->n_classes, ==, 0);
  for (gsize i = 0; i < n; i++) {
    float x = plane->table->inputs[2 * i];
    float y = plane->table->inputs[2 * i + 1];

    g_assert_cmpfloat_with_epsilon (plane->table->targets[i], (x + y) / 10, 1e-6f);
    g_assert_cmpfloat (fabsf (plane->table->targets[i]), <=, 1);
    g_assert_cmpfloat (fabsf (sine->table->inputs[i]), <=, (float) G_PI);
    g_assert_cmpfloat_with_epsilon (sine->table->targets[i],
                                    sinf (sine->table->inputs[i]), 1e-6f);
  }
}

/* More noise moves each number further the same way, by as much as it says. */
static void
test_noise_scales_one_jitter (void)
{
  const gsize n = 2000;

  for (guint source = NN_DATA_XOR; source < NN_N_DATA_SOURCES; source++) {
    const NnDataKind *kind = nn_data_source_get_kind (source);
    const gboolean moves_targets = kind->n_classes == 0;

    if (!settings_find (&kind->settings, "noise"))
      continue;

    g_autoptr (NnDataset) clean = make ((NnDataSource) source, n, 0);
    g_autoptr (NnDataset) noisy = make ((NnDataSource) source, n, 0.5);
    g_autoptr (NnDataset) noisier = make ((NnDataSource) source, n, 1);
    const gsize n_moved = moves_targets ? n : 2 * n;
    const float *a = moves_targets ? clean->table->targets : clean->table->inputs;
    const float *b = moves_targets ? noisy->table->targets : noisy->table->inputs;
    const float *c = moves_targets ? noisier->table->targets : noisier->table->inputs;
    double squares = 0;

    for (gsize i = 0; i < n_moved; i++) {
      g_assert_cmpfloat_with_epsilon (c[i] - a[i], 2 * (b[i] - a[i]), 1e-5f);
      squares += pow ((double) b[i] - (double) a[i], 2);
    }
    g_assert_cmpfloat_with_epsilon (sqrt (squares / (double) n_moved), 0.5, 0.03);
    if (moves_targets)
      g_assert_cmpmem (clean->table->inputs, n * clean->n_features * sizeof (float),
                       noisy->table->inputs, n * noisy->n_features * sizeof (float));
    else
      g_assert_cmpmem (clean->table->targets, n * sizeof (float), noisy->table->targets,
                       n * sizeof (float));
  }
}

static const float table_inputs[] = { 1, -1, 2, -2, 3, -3, 4, -4, 5, -5 };
static const float table_targets[] = { 10, 20, 30, 40, 50 };

static NnDataSpec
make_table (void)
{
  return (NnDataSpec){ .source = NN_DATA_INLINE,
                       .table = table_new (5, 2, table_inputs, 1, table_targets,
                                           NN_TARGETS_NUMBERS) };
}

/* Its numbers stay where they are, held out or not. */
static void
test_table_is_shared (void)
{
  g_auto (NnDataSpec) spec = make_table ();
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autoptr (NnRandom) untouched = nn_random_new (1);
  g_autoptr (NnDataset) data = nn_dataset_new (&spec, random);
  g_autofree float *inputs = dataset_dup_inputs (data);
  g_autofree float *targets = dataset_dup_targets (data);
  float a, b;

  g_assert_true (data->table == spec.table);
  g_assert_cmpmem (inputs, 10 * sizeof (float), table_inputs, sizeof table_inputs);
  g_assert_cmpmem (targets, 5 * sizeof (float), table_targets, sizeof table_targets);
  g_assert_cmpuint (data->n_training, ==, 5);
  g_assert_cmpuint (data->n_classes, ==, 0);
  nn_random_fill_uniform (random, 0, 1, &a, 1);
  nn_random_fill_uniform (untouched, 0, 1, &b, 1);
  g_assert_cmpfloat (a, ==, b);
}

/* Every row is there once, its features and target together, in randperm's order. */
static void
test_held_out_rows_are_drawn (void)
{
  g_auto (NnDataSpec) spec = make_table ();
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autoptr (NnRandom) again = nn_random_new (1);
  g_autoptr (NnDataset) data = NULL;
  g_autofree float *inputs = NULL;
  gsize order[5];

  spec.validation = 0.4;
  data = nn_dataset_new (&spec, random);
  inputs = dataset_dup_inputs (data);
  g_assert_true (data->table == spec.table);
  nn_random_fill_permutation (again, order, 5);
  g_assert_cmpuint (data->n_training, ==, 3);
  for (gsize i = 0; i < 5; i++) {
    g_assert_cmpfloat (inputs[2 * i], ==, (float) order[i] + 1);
    g_assert_cmpfloat (inputs[2 * i + 1], ==, -(float) order[i] - 1);
    g_assert_cmpfloat (*nn_dataset_get_targets (data, i), ==,
                       10 * ((float) order[i] + 1));
  }
}

static void
test_held_out_count_rounds_half_up (void)
{
  static const struct {
    double validation;
    gsize n_training;
  } cases[] = { { 0, 5 },   { 0.01, 5 }, { 0.1, 4 },  { 0.29, 4 },
                { 0.3, 3 }, { 0.5, 2 },  { 0.89, 1 }, { 0.9999, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (NnDataSpec) spec = make_table ();
    g_autoptr (NnRandom) random = nn_random_new (1);
    g_autoptr (NnDataset) data = NULL;

    spec.validation = cases[i].validation;
    data = nn_dataset_new (&spec, random);
    g_assert_cmpuint (data->n_training, ==, cases[i].n_training);
    g_assert_cmpuint (data->n_examples, ==, 5);
  }
}

static void
test_table_may_have_no_targets (void)
{
  g_auto (NnDataSpec) spec = make_table ();
  g_autoptr (NnRandom) random = nn_random_new (1);
  g_autoptr (NnDataset) data = NULL;

  nn_table_unref (spec.table);
  spec.table = table_new (5, 2, table_inputs, 0, NULL, NN_TARGETS_NUMBERS);
  spec.validation = 0.2;
  data = nn_dataset_new (&spec, random);
  g_assert_cmpuint (data->n_targets, ==, 0);
}

static void
test_classes_are_counted (void)
{
  g_auto (NnDataSpec) spec = make_table ();
  float *targets = spec.table->targets;

  memcpy (targets, (const float[]){ 0, 4, 1, 1, 65535 }, 5 * sizeof *targets);
  spec.table->targets_are = NN_TARGETS_CLASSES;
  g_assert_true (nn_data_spec_check (&spec, NULL));
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 65536);
  targets[4] = 2;
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 5);
  g_assert_false (nn_data_spec_has_numbers (&spec));
  spec.table->targets_are = NN_TARGETS_EITHER;
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 5);
  g_assert_true (nn_data_spec_has_numbers (&spec));
  spec.table->targets_are = NN_TARGETS_NUMBERS;
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 0);
  g_assert_true (nn_data_spec_has_numbers (&spec));

  /* A class that no example has counts if it has a name. */
  spec.table->targets_are = NN_TARGETS_CLASSES;
  spec.table->class_names = g_strsplit ("a b c d e f", " ", -1);
  g_assert_cmpuint (nn_data_spec_get_n_classes (&spec), ==, 6);
}

static void
test_copy_shares_the_table (void)
{
  g_auto (NnDataSpec) spec = make_table ();
  g_auto (NnDataSpec) copy = { 0 };
  NnDataSpec changed;

  nn_data_spec_copy (&copy, &spec);
  g_assert_true (copy.table == spec.table);
  nn_data_spec_clear (&spec);
  g_assert_cmpmem (copy.table->inputs, sizeof table_inputs, table_inputs,
                   sizeof table_inputs);
  g_assert_cmpmem (copy.table->targets, sizeof table_targets, table_targets,
                   sizeof table_targets);

  changed = copy;
  changed.source = NN_DATA_XOR;
  changed.n_examples = 1000000;
  nn_data_spec_copy (&spec, &changed);
  g_assert_null (spec.table);
}

static void
assert_refused (const NnDataSpec *spec, NnError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_data_spec_check (spec, &error));
  g_assert_error (error, NN_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_impossible_sizes_are_refused (void)
{
  NnDataSpec spec = { NN_DATA_UNIFORM, .n_examples = 0, .n_features = 1 };
  g_auto (NnDataSpec) given = make_table ();

  assert_refused (&spec, NN_ERROR_SHAPE,
                  "data.examples is 0: it must be from 1 to 10000000");
  spec.n_examples = 10000001;
  assert_refused (&spec, NN_ERROR_SHAPE,
                  "data.examples is 10000001: it must be from 1 to 10000000");
  spec.n_examples = 10000000;
  g_assert_true (nn_data_spec_check (&spec, NULL));
  spec.n_features = 0;
  assert_refused (&spec, NN_ERROR_SHAPE,
                  "data.features is 0: it must be from 1 to 100000");
  spec.n_features = G_MAXSIZE;
  g_assert_false (nn_data_spec_check (&spec, NULL));
  spec.n_features = 215;
  assert_refused (&spec, NN_ERROR_SHAPE,
                  "data has 10000000 examples of 215 features and targets, more than "
                  "2147483648 numbers: give fewer of either");
  spec.n_features = 214;
  g_assert_true (nn_data_spec_check (&spec, NULL));
  given.table->n_targets = 100001;
  assert_refused (&given, NN_ERROR_SHAPE,
                  "data.targets is 100001: it must be from 1 to 100000");
  given.table->n_targets = 2;
  given.table->targets_are = NN_TARGETS_CLASSES;
  assert_refused (&given, NN_ERROR_SHAPE,
                  "data.targets has 2 columns: give each example one class number");
}

static void
test_impossible_numbers_are_refused (void)
{
  static const double noises[] = { -0.1, (double) NAN, (double) INFINITY, 2e6 };
  static const double fractions[] = { -0.1, (double) NAN, (double) INFINITY, 1, 1.5 };
  NnDataSpec spec = { NN_DATA_MOONS, .n_examples = 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (noises); i++) {
    spec.noise = noises[i];
    g_assert_false (nn_data_spec_check (&spec, NULL));
  }
  spec.noise = -0.5;
  assert_refused (&spec, NN_ERROR_SYNTAX,
                  "data.noise is -0.5: it must be from 0 to 1000000");
  spec.noise = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (fractions); i++) {
    spec.validation = fractions[i];
    g_assert_false (nn_data_spec_check (&spec, NULL));
  }
  spec.validation = 1;
  assert_refused (&spec, NN_ERROR_SYNTAX,
                  "data.validation is 1: it must be a fraction, at least 0 and less "
                  "than 1");
  spec.validation = 0.999;
  g_assert_true (nn_data_spec_check (&spec, NULL));
}

static void
test_impossible_tables_are_refused (void)
{
  g_auto (NnDataSpec) spec = make_table ();
  float *inputs = spec.table->inputs;
  float *targets = spec.table->targets;

  inputs[7] = NAN;
  assert_refused (&spec, NN_ERROR_SYNTAX,
                  "data.inputs[3][1] is nan: it must be a finite number");
  inputs[7] = 0;
  targets[4] = -INFINITY;
  assert_refused (&spec, NN_ERROR_SYNTAX,
                  "data.targets[4][0] is -inf: it must be a finite number");
  spec.table->targets_are = NN_TARGETS_CLASSES;
  assert_refused (&spec, NN_ERROR_SYNTAX,
                  "data.targets[4] is -inf: a class is a whole number from 0 to 65535");
  targets[4] = 1.5f;
  assert_refused (&spec, NN_ERROR_SYNTAX,
                  "data.targets[4] is 1.5: a class is a whole number from 0 to 65535");
  targets[4] = 65536;
  g_assert_false (nn_data_spec_check (&spec, NULL));
  targets[4] = NAN;
  g_assert_false (nn_data_spec_check (&spec, NULL));
}

static void
test_names_lead_back (void)
{
  g_autoptr (GError) error = NULL;
  NnDataSource source;

  for (guint i = 0; i < NN_N_DATA_SOURCES; i++) {
    g_assert_true (
        nn_data_source_find (nn_data_source_get_name ((NnDataSource) i), &source, NULL));
    g_assert_cmpuint (source, ==, i);
  }
  g_assert_false (nn_data_source_find ("mars", &source, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_true (g_str_has_prefix (
      error->message,
      "unknown data source 'mars': there are uniform, inline, xor, circle, "
      "gauss, spiral, moons, plane"));
}

/* ---- rows that come and go --------------------------------------------------------- */

static NnTable *
three_rows (void)
{
  static const float inputs[] = { 1, 2, 3, 4, 5, 6 };
  static const float targets[] = { 0, 1, 2 };
  NnTable *table = nn_table_new (3, 2, 1);

  memcpy (table->inputs, inputs, sizeof inputs);
  memcpy (table->targets, targets, sizeof targets);
  table->targets_are = NN_TARGETS_CLASSES;
  return table;
}

static void
assert_rows (NnTable *table, const float *inputs, const float *targets, gsize n)
{
  g_assert_cmpuint (table->n_examples, ==, n);
  g_assert_cmpmem (table->inputs, 2 * n * sizeof (float), inputs, 2 * n * sizeof (float));
  g_assert_cmpmem (table->targets, n * sizeof (float), targets, n * sizeof (float));
  g_assert_cmpint (table->targets_are, ==, NN_TARGETS_CLASSES);
  nn_table_unref (table);
}

static void
test_rows_come_and_go (void)
{
  static const float row[] = { 7, 8 }, target = 1;
  static const float added[] = { 1, 2, 3, 4, 5, 6, 7, 8 },
                     added_targets[] = { 0, 1, 2, 1 };
  static const float moved[] = { 1, 2, 7, 8, 5, 6 }, moved_targets[] = { 0, 1, 2 };
  static const float removed[] = { 3, 4, 5, 6 }, removed_targets[] = { 1, 2 };
  g_autoptr (NnTable) table = three_rows ();
  g_autoptr (NnTable) same = three_rows ();

  assert_rows (nn_table_splice (table, 3, 0, row, &target), added, added_targets, 4);
  assert_rows (nn_table_splice (table, 1, 1, row, &target), moved, moved_targets, 3);
  assert_rows (nn_table_splice (table, 0, 1, NULL, NULL), removed, removed_targets, 2);
  g_assert_true (nn_table_is_equal (table, same));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/dataset/sources-are-as-defined", test_sources_are_as_defined);
  g_test_add_func ("/nn/dataset/classes-are-balanced-and-in-view",
                   test_classes_are_balanced_and_in_view);
  g_test_add_func ("/nn/dataset/classes-follow-their-rule",
                   test_classes_follow_their_rule);
  g_test_add_func ("/nn/dataset/targets-follow-their-formula",
                   test_targets_follow_their_formula);
  g_test_add_func ("/nn/dataset/noise-scales-one-jitter", test_noise_scales_one_jitter);
  g_test_add_func ("/nn/dataset/table-is-copied", test_table_is_shared);
  g_test_add_func ("/nn/dataset/held-out-rows-are-drawn", test_held_out_rows_are_drawn);
  g_test_add_func ("/nn/dataset/held-out-count-rounds-half-up",
                   test_held_out_count_rounds_half_up);
  g_test_add_func ("/nn/dataset/table-may-have-no-targets",
                   test_table_may_have_no_targets);
  g_test_add_func ("/nn/dataset/classes-are-counted", test_classes_are_counted);
  g_test_add_func ("/nn/dataset/copy-shares-the-table", test_copy_shares_the_table);
  g_test_add_func ("/nn/dataset/impossible-sizes-are-refused",
                   test_impossible_sizes_are_refused);
  g_test_add_func ("/nn/dataset/impossible-numbers-are-refused",
                   test_impossible_numbers_are_refused);
  g_test_add_func ("/nn/dataset/impossible-tables-are-refused",
                   test_impossible_tables_are_refused);
  g_test_add_func ("/nn/dataset/names-lead-back", test_names_lead_back);
  g_test_add_func ("/nn/dataset/rows-come-and-go", test_rows_come_and_go);
  return g_test_run ();
}
