/* test-nn-tables.c - every row of every table is complete
 *
 * SPDX-License-Identifier: MIT
 *
 * A row that is new is tried here without a change: its names and sentences, its settings,
 * and whether an experiment that has it is written and read as it was.
 */

#include <math.h>
#include <string.h>

#include "nn/arrays/nn-array-kind.h"
#include "nn/base/nn-error.h"
#include "nn/expression/nn-catalogue.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/io/nn-experiment-settings.h"
#include "tests/nn/kernel-sets.h"
#include "tests/nn/settings.h"
#include "tests/nn/tables.h"

#define LONGEST 100 /* characters of a sentence, which is a line of a list */

/* Names are of letters, digits and underscores, as files have them, and each is
 * one's alone. */
static void
check_name (GHashTable *names, const char *name)
{
  g_assert_nonnull (name);
  g_assert_true (g_ascii_islower (name[0]));
  g_assert_cmpuint (strspn (name, G_CSET_a_2_z G_CSET_DIGITS "_"), ==, strlen (name));
  if (!g_hash_table_add (names, g_strdup (name)))
    g_error ("there are two called %s", name);
}

/* One line in the middle of a sentence. */
static void
check_sentence (const char *of, const char *sentence)
{
  if (sentence == NULL || !g_utf8_validate (sentence, -1, NULL) ||
      g_utf8_strlen (sentence, -1) < 5 || g_utf8_strlen (sentence, -1) > LONGEST ||
      strchr (sentence, '\n') || g_str_has_suffix (sentence, ".") ||
      g_ascii_isupper (sentence[0]))
    g_error ("%s: '%s' is no sentence for a list", of, sentence ? sentence : "nothing");
}

static void
check_range (const NnSetting *self)
{
  g_autofree char *usual = nn_setting_dup_usual (self);
  g_autofree char *range = nn_setting_dup_range (self);

  g_assert_true (isfinite (self->least) && isfinite (self->most));
  g_assert_cmpfloat (self->least, <, self->most);
  g_assert_true (settings_is_within (self, self->usual));
  if (self->type == NN_SETTING_PAIR)
    g_assert_true (settings_is_within (self, self->usual2));
  else
    g_assert_cmpfloat (self->usual2, ==, 0);
  g_assert_nonnull (usual);
  g_assert_true (*range || self->least == -NN_SETTING_LARGEST_FLOAT);
}

/* Each is found by its name, and one of them is the default. */
static void
check_choices (const NnSetting *self)
{
  guint found = G_MAXUINT;

  for (guint i = 0; self->choices[i] != NULL; i++) {
    g_assert_true (nn_setting_find_choice (self, self->choices[i], &found, NULL));
    g_assert_cmpuint (found, ==, i);
  }
  g_assert_cmpfloat (self->usual, <=, found);
  g_assert_false (nn_setting_find_choice (self, "none of them", &found, NULL));
}

static void
check_setting (const char *of, const NnSetting *self, gsize size)
{
  static const gsize sizes[] = {
    [NN_SETTING_NUMBER] = sizeof (double),
    [NN_SETTING_PAIR] = 2 * sizeof (double),
    [NN_SETTING_FLOAT] = sizeof (float),
    [NN_SETTING_COUNT] = sizeof (gsize),
    [NN_SETTING_FLAG] = sizeof (gboolean),
    [NN_SETTING_SEED] = sizeof (NnSeed),
    [NN_SETTING_TEXT] = sizeof (char *),
    [NN_SETTING_FILE] = sizeof (char *),
    [NN_SETTING_NAMES] = sizeof (char **),
    [NN_SETTING_CHOICE] = sizeof (guint),
    [NN_SETTING_TABLE] = 0,
  };
  g_autofree char *label = g_strdup_printf ("%s, %s", of, self->key);

  g_test_message ("%s", label);
  check_sentence (label, self->sentence);
  g_assert_cmpuint (self->type, <, G_N_ELEMENTS (sizes));
  if (self->type == NN_SETTING_TABLE)
    return;
  g_assert_cmpuint (self->offset, >=, sizeof (guint)); /* not the type itself */
  g_assert_cmpuint (self->offset + sizes[self->type], <=, size);
  g_assert_cmpuint (self->offset % MIN (sizes[self->type], sizeof (double)), ==, 0);
  if (self->type == NN_SETTING_FLAG)
    g_assert_true (self->usual == 0 || self->usual == 1);
  else if (self->type == NN_SETTING_CHOICE)
    check_choices (self);
  else if (nn_setting_has_range (self))
    check_range (self);
  else
    g_assert_nonnull (self->example);
}

/* A file has each key once, and no two settings are one field. */
static void
check_settings (const char *of, const NnSettings *self, gsize size)
{
  g_autoptr (GHashTable) keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) offsets = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < self->n_rows; i++) {
    check_name (keys, self->rows[i].key);
    check_setting (of, &self->rows[i], size);
    if (self->rows[i].type != NN_SETTING_TABLE)
      g_assert_true (g_hash_table_add (offsets, GSIZE_TO_POINTER (self->rows[i].offset)));
  }
}

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
test_optimizers (void)
{
  g_autoptr (GHashTable) names = new_names ();
  g_autoptr (GHashTable) moments = new_names ();

  for (NnOptimizerType type = 0; type < NN_N_OPTIMIZERS; type++) {
    const NnOptimizerKind *kind = nn_optimizer_get_kind (type);
    const NnOptimizerSettings usual = nn_optimizer_get_default (type);
    const char *name = nn_optimizer_get_name (type);
    g_autoptr (GError) error = NULL;

    check_name (names, name);
    check_sentence (name, kind->sentence);
    check_settings (name, &kind->settings, sizeof (NnOptimizerSettings));
    g_assert_nonnull (settings_find (&kind->settings, "lr"));
    nn_optimizer_check (&usual, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (kind->step_size, >, 0);
    g_assert_nonnull (kind->prepare_settings);
    for (gsize i = 0; i < NN_N_SETS; i++)
      g_assert_nonnull (kind->loops[i]);
    g_hash_table_remove_all (moments);
    for (gsize i = 0; i < NN_OPTIMIZER_MAX_MOMENTS && kind->moments[i]; i++)
      check_name (moments, kind->moments[i]);
  }
}

static void
test_activations (void)
{
  g_autoptr (GHashTable) names = new_names ();

  /* The products apply these themselves. */
  g_assert_cmpint (NN_ACTIVATION_IDENTITY, ==, 0);
  g_assert_cmpint (NN_ACTIVATION_RELU, ==, 1);
  for (NnActivation i = 0; i < NN_N_ACTIVATIONS; i++) {
    check_name (names, nn_activation_get_name (i));
    check_sentence (nn_activation_get_name (i), nn_activation_get_sentence (i));
    for (gsize set = 0; set < NN_N_SETS; set++) {
      const NnActivationKind *kind = kernel_sets[set]->activations[i];

      g_assert_true (kind->forward && kind->backward);
      g_assert_cmpint (kind->reads_input, ==, nn_activation_needs_input (i));
    }
  }
}

/* One takes nothing and one takes classes: messages advise them. */
static void
test_losses (void)
{
  g_autoptr (GHashTable) names = new_names ();
  guint taken = 0;

  for (NnLossType type = 0; type < NN_N_LOSSES; type++) {
    const NnLossKind *kind = nn_loss_get_kind (type);
    const NnLoss usual = nn_loss_get_default (type);
    const char *name = nn_loss_get_name (type);
    g_autoptr (GError) error = NULL;

    check_name (names, name);
    check_sentence (name, kind->sentence);
    check_settings (name, &kind->settings, sizeof (NnLoss));
    nn_loss_check (&usual, &error);
    g_assert_no_error (error);
    g_assert_nonnull (kind->sum);
    taken |= 1u << kind->targets;
  }
  g_assert_cmpuint (taken, ==,
                    1u << NN_LOSS_TAKES_NOTHING | 1u << NN_LOSS_TAKES_NUMBERS |
                        1u << NN_LOSS_TAKES_CLASSES);
}

static void
test_initialisations (void)
{
  g_autoptr (GHashTable) names = new_names ();

  for (NnInitType type = 0; type < NN_N_INITS; type++) {
    const NnInitKind *kind = nn_init_get_kind (type);

    check_name (names, kind->name);
    check_sentence (kind->name, kind->sentence);
    check_settings (kind->name, &kind->settings, sizeof (NnInit));
    g_assert_nonnull (kind->draw);
  }
}

/* What is no table has as many features as it says or as its settings say. */
static void
test_sources (void)
{
  g_autoptr (GHashTable) names = new_names ();

  for (NnDataSource source = 0; source < NN_N_DATA_SOURCES; source++) {
    const NnDataKind *kind = nn_data_source_get_kind (source);
    const char *name = nn_data_source_get_name (source);
    g_autoptr (GError) error = NULL;
    NnDataSpec usual;

    check_name (names, name);
    check_sentence (name, kind->sentence);
    check_settings (name, &kind->settings, sizeof (NnDataSpec));
    g_assert_nonnull (settings_find (&kind->settings, "validation"));
    if (kind->is_table) {
      g_assert_cmpint (kind->load != NULL, ==, source != NN_DATA_INLINE);
      continue;
    }
    g_assert_nonnull (kind->fill);
    g_assert_nonnull (settings_find (&kind->settings, "examples"));
    g_assert_cmpint (kind->n_features == 0, ==,
                     settings_find (&kind->settings, "features") != NULL);
    g_assert_true (kind->n_classes == 0 || kind->n_targets == 1);
    nn_data_spec_init (&usual, source);
    nn_data_spec_check (&usual, &error);
    g_assert_no_error (error);
  }
}

static void
test_array_files (void)
{
  g_autoptr (GHashTable) names = new_names ();
  g_autoptr (GHashTable) endings = new_names ();

  for (guint i = 0; i < NN_N_ARRAY_KINDS; i++) {
    const NnArrayFileKind *kind = nn_array_kind_get (i);
    g_auto (GStrv) own = g_strsplit (kind->endings, " ", -1);

    check_name (names, kind->name);
    g_assert_true (kind->label && *kind->label);
    g_assert_true (kind->what && *kind->what);
    g_assert_nonnull (kind->recognise);
    g_assert_nonnull (kind->read);
    for (guint k = 0; own[k] != NULL; k++) {
      g_assert_true (own[k][0] == '.' || own[k][0] == '-'); /* …-ubyte, MNIST's */
      check_name (endings, own[k] + 1);
    }
    g_assert_true (kind->encode == NULL || g_strv_length (own) == 1);
  }
}

static void
test_functions (void)
{
  g_autoptr (GHashTable) names = new_names ();
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n; i++) {
    check_name (names, functions[i].name);
    check_sentence (functions[i].name, functions[i].sentence);
    g_assert_true (functions[i].expression && functions[i].symbol);
    g_assert_cmpfloat (functions[i].least, <, functions[i].most);
  }
}

static void
test_events (void)
{
  g_autoptr (GHashTable) names = new_names ();

  for (NnEventKind kind = 0; kind < NN_N_EVENT_KINDS; kind++) {
    check_name (names, nn_event_kind_get_name (kind));
    g_assert_cmpuint (nn_event_kind_get_parts (kind), !=, 0);
  }
}

/* ---- there and back ---------------------------------------------------------------- */

/* Whether two structs have the same settings. */
static void
assert_same (const NnSettings *settings, gconstpointer a, gconstpointer b)
{
  for (gsize i = 0; i < settings->n_rows; i++) {
    const NnSetting *setting = &settings->rows[i];

    if (setting->type == NN_SETTING_NAMES)
      g_assert_cmpstrv (G_STRUCT_MEMBER (char **, a, setting->offset),
                        G_STRUCT_MEMBER (char **, b, setting->offset));
    else if (setting->type == NN_SETTING_TEXT || setting->type == NN_SETTING_FILE)
      g_assert_cmpstr (G_STRUCT_MEMBER (char *, a, setting->offset), ==,
                       G_STRUCT_MEMBER (char *, b, setting->offset));
    for (gsize k = 0; k < nn_setting_get_n_numbers (&settings->rows[i]); k++)
      if (nn_setting_get_number (&settings->rows[i], a, k) !=
          nn_setting_get_number (&settings->rows[i], b, k))
        g_error ("%s does not come back from a file", settings->rows[i].key);
  }
}

/* Writes and reads @experiment. */
static NnExperiment *
pass_through_a_file (const NnExperiment *experiment)
{
  g_autofree char *text = nn_experiment_file_format (experiment);
  g_autoptr (GError) error = NULL;
  NnExperiment *read = nn_experiment_file_parse (text, strlen (text), "name", &error);

  g_assert_no_error (error);
  return read;
}

static void
set_network (NnExperiment *self, NnActivation activation, gsize n_outputs)
{
  const NnLayerSpec layers[] = { { "fc1", 2, activation },
                                 { "fc2", n_outputs, NN_ACTIVATION_IDENTITY } };

  nn_architecture_unref (self->architecture);
  self->architecture =
      nn_architecture_new (nn_data_spec_get_n_features (&self->data), layers, 2);
  g_ptr_array_set_size (self->nudges, 0);
}

static void
test_optimizers_come_back (void)
{
  for (NnOptimizerType type = 0; type < NN_N_OPTIMIZERS; type++) {
    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
    const NnSettings *settings = &nn_optimizer_get_kind (type)->settings;
    g_autoptr (NnExperiment) read = NULL;

    experiment->optimizer = nn_optimizer_get_default (type);
    settings_make_unusual (settings, &experiment->optimizer);
    read = pass_through_a_file (experiment);
    g_assert_cmpuint (read->optimizer.type, ==, type);
    assert_same (settings, &read->optimizer, &experiment->optimizer);
  }
}

static void
test_activations_come_back (void)
{
  for (NnActivation i = 0; i < NN_N_ACTIVATIONS; i++) {
    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
    g_autoptr (NnExperiment) read = NULL;

    set_network (experiment, i, 1);
    read = pass_through_a_file (experiment);
    g_assert_cmpuint (read->architecture->layers[0].activation, ==, i);
  }
}

static void
test_losses_come_back (void)
{
  static const NnDataSource sources[] = {
    [NN_LOSS_TAKES_NOTHING] = NN_DATA_UNIFORM,
    [NN_LOSS_TAKES_NUMBERS] = NN_DATA_PLANE,
    [NN_LOSS_TAKES_CLASSES] = NN_DATA_XOR,
  };

  for (NnLossType type = 0; type < NN_N_LOSSES; type++) {
    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
    const NnLossKind *kind = nn_loss_get_kind (type);
    g_autoptr (NnExperiment) read = NULL;

    nn_data_spec_init (&experiment->data, sources[kind->targets]);
    set_network (experiment, NN_ACTIVATION_TANH,
                 kind->targets == NN_LOSS_TAKES_CLASSES ? 2 : 1);
    experiment->loss = nn_loss_get_default (type);
    settings_make_unusual (&kind->settings, &experiment->loss);
    read = pass_through_a_file (experiment);
    g_assert_cmpuint (read->loss.type, ==, type);
    assert_same (&kind->settings, &read->loss, &experiment->loss);
  }
}

static void
test_initialisations_come_back (void)
{
  for (NnInitType type = 0; type < NN_N_INITS; type++) {
    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
    const NnSettings *settings = &nn_init_get_kind (type)->settings;
    g_autoptr (NnExperiment) read = NULL;

    experiment->init.type = type;
    settings_make_unusual (settings, &experiment->init);
    read = pass_through_a_file (experiment);
    g_assert_cmpuint (read->init.type, ==, type);
    assert_same (settings, &read->init, &experiment->init);
  }
}

/* Without the files that they name. */
static void
assert_settings_come_back (NnDataSource source, const NnSettings *settings)
{
  g_auto (NnDataSpec) values = { 0 };
  g_auto (NnDataSpec) read = { 0 };
  g_autoptr (GString) text = g_string_new ("{ \"source\": \"x\"");
  g_autoptr (GError) error = NULL;
  json_auto_t *root = NULL;

  nn_data_spec_init (&values, source);
  settings_make_unusual (settings, &values);
  nn_experiment_append_settings (text, settings, &values, ", ", NULL);
  g_string_append (text, " }");
  root = nn_json_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  nn_data_spec_init (&read, source);
  nn_experiment_read_settings (settings, &read, "source", &(NnJson){ .value = root },
                               NULL, &error);
  g_assert_no_error (error);
  assert_same (settings, &read, &values);
}

static void
test_sources_come_back (void)
{
  for (NnDataSource source = 0; source < NN_N_DATA_SOURCES; source++) {
    const NnDataKind *kind = nn_data_source_get_kind (source);

    if (kind->load != NULL) {
      assert_settings_come_back (source, &kind->settings);
      continue;
    }

    g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
    g_autoptr (NnExperiment) read = NULL;
    g_autoptr (NnRandom) random = nn_random_new (1);
    g_autoptr (NnDataset) data = NULL;

    nn_data_spec_init (&experiment->data, source);
    settings_make_unusual (&kind->settings, &experiment->data);
    if (kind->is_table)
      experiment->data.table =
          table_new (2, 2, (const float[]){ 1, 2, 3, 4 }, 0, NULL, NN_TARGETS_NUMBERS);
    set_network (experiment, NN_ACTIVATION_TANH, 1);
    read = pass_through_a_file (experiment);
    g_assert_cmpuint (read->data.source, ==, source);
    assert_same (&kind->settings, &read->data, &experiment->data);
    data = nn_dataset_new (&read->data, random);
    for (gsize i = 0; i < data->n_examples * data->n_features; i++)
      g_assert_true (isfinite (data->table->inputs[i]));
    for (gsize i = 0; i < data->n_examples * data->n_targets; i++)
      g_assert_true (isfinite (data->table->targets[i]));
  }
}

/* What is behind the range is refused by its key, be it in the file or not. */
static void
test_ranges_are_kept (void)
{
  for (NnOptimizerType type = 0; type < NN_N_OPTIMIZERS; type++) {
    const NnSettings *settings = &nn_optimizer_get_kind (type)->settings;

    for (gsize i = 0; i < settings->n_rows; i++) {
      const NnSetting *setting = &settings->rows[i];
      NnOptimizerSettings values = nn_optimizer_get_default (type);
      g_autoptr (GError) error = NULL;

      if (setting->type == NN_SETTING_FLAG)
        continue;
      G_STRUCT_MEMBER (double, &values, setting->offset) = (double) NAN;
      g_assert_false (nn_optimizer_check (&values, &error));
      g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
      g_assert_true (g_str_has_prefix (error->message, setting->key));
    }
  }
}

/* By its key, each number of each setting, and no other, becomes what it is set to. */
static void
test_numbers_are_set_by_key (void)
{
  for (guint type = 0; type < NN_N_OPTIMIZERS; type++) {
    const NnSettings *settings = &nn_optimizer_get_kind (type)->settings;

    for (gsize i = 0; i < settings->n_rows; i++)
      for (gsize k = 0; k < nn_setting_get_n_numbers (&settings->rows[i]); k++) {
        const NnSetting *row = &settings->rows[i];
        const double number = row->type == NN_SETTING_FLAG ? 1 - row->usual : 0.375;
        const NnOptimizerSettings usual = nn_optimizer_get_default (type);
        NnOptimizerSettings values = usual;

        nn_settings_set_number (settings, &values, row->key, k, number);
        g_assert_cmpfloat (nn_setting_get_number (row, &values, k), ==, number);
        nn_settings_set_number (settings, &values, row->key, k,
                                k == 0 ? row->usual : row->usual2);
        g_assert_true (nn_settings_are_equal (settings, &values, &usual));
      }
  }
}

static void
test_a_wrong_number_says_what_is_expected (void)
{
  static const NnSetting count = { .type = NN_SETTING_COUNT, .least = 1, .most = 64 };
  static const NnSetting part = { .type = NN_SETTING_NUMBER,
                                  .most = 1,
                                  .below_most = TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_setting_check_number (&count, 64, &error));
  g_assert_false (nn_setting_check_number (&count, 2.5, &error));
  g_assert_cmpstr (error->message, ==, "expected a whole number from 1 to 64");
  g_clear_error (&error);
  g_assert_false (nn_setting_check_number (&part, 1, &error));
  g_assert_cmpstr (error->message, ==, "expected a finite number from 0 and below 1");
  g_clear_error (&error);
  g_assert_false (nn_setting_check_number (&part, (double) NAN, &error));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/tables/" name, test)
  add ("optimizers", test_optimizers);
  add ("activations", test_activations);
  add ("losses", test_losses);
  add ("initialisations", test_initialisations);
  add ("sources", test_sources);
  add ("array-files", test_array_files);
  add ("functions", test_functions);
  add ("events", test_events);
  add ("optimizers-come-back", test_optimizers_come_back);
  add ("activations-come-back", test_activations_come_back);
  add ("losses-come-back", test_losses_come_back);
  add ("initialisations-come-back", test_initialisations_come_back);
  add ("sources-come-back", test_sources_come_back);
  add ("ranges-are-kept", test_ranges_are_kept);
#undef add
  g_test_add_func ("/nn/tables/numbers-are-set-by-key", test_numbers_are_set_by_key);
  g_test_add_func ("/nn/tables/a-wrong-number-says-what-is-expected",
                   test_a_wrong_number_says_what_is_expected);
  return g_test_run ();
}
