/* test-nn-edit.c - what is being trained changes, in the midst of a run
 *
 * SPDX-License-Identifier: MIT
 *
 * What follows an edit is PyTorch's: test-nn-experiments.c. Along a run:
 * test-nn-edit-run.c.
 */

#include "nn/base/nn-error.h"
#include "nn/experiment/nn-change.h"
#include "nn/experiment/nn-fit.h"
#include "nn/io/nn-experiment-demo.h"
#include "tests/nn/small-edit.h"

#define RENAMED                                                                          \
  "'network': {'layers': [{'name': 'a', 'was': 'fc1', 'units': 6, 'activation': "        \
  "'relu'},"                                                                             \
  " {'name': 'fc1', 'was': 'fc2', 'units': 5, 'activation': 'tanh'},"                    \
  " {'name': 'fc3', 'units': 1}]}"

/* ---- what an edit is --------------------------------------------------------------- */

static void
test_kinds_are_found_by_comparing (void)
{
  static const struct {
    const char *keys;
    NnChangeKind kind;
  } edits[] = {
    { "'optimizer': {'type': 'adam'}", NN_CHANGE_NOTHING },
    { "'batch': {'size': 0}, 'guard': 'shield', 'seed': 1," RELU_NETWORK,
      NN_CHANGE_NOTHING },
    { MOONS, NN_CHANGE_NOTHING },
    { "'optimizer': {'type': 'adam', 'lr': 0.1}", NN_CHANGE_SETTING },
    { "'batch': {'size': 3}", NN_CHANGE_SETTING },
    { "'batch': {'shuffle': true}", NN_CHANGE_SETTING },
    { "'guard': 'off'", NN_CHANGE_SETTING },
    { "'seed': 2", NN_CHANGE_SETTING },
    { "'optimizer': {'type': 'sgd'}, 'batch': {'size': 3}", NN_CHANGE_PART },
    { "'loss': {'type': 'l1'}", NN_CHANGE_PART },
    { "'data': {'source': 'moons', 'examples': 24}", NN_CHANGE_PART },
    { "'network': {'layers': [{'units': 6, 'activation': 'relu'},"
      " {'units': 5, 'activation': 'relu'}, {'units': 1}]}",
      NN_CHANGE_PART },
    { WIDER ", 'loss': {'type': 'l1'}", NN_CHANGE_SHAPE },
    { RENAMED, NN_CHANGE_SHAPE },
    { "'data': {'source': 'sine', 'examples': 24}", NN_CHANGE_SHAPE },
  };
  g_autoptr (NnExperiment) experiment = small_experiment (RELU);

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autoptr (NnEdit) edit = small_edit (experiment, edits[i].keys);
    g_autoptr (NnChange) change = nn_change_new (edit, experiment, NULL);

    g_test_message ("%s", edits[i].keys);
    g_assert_cmpint (change->kind, ==, edits[i].kind);
  }
}

/* What a file says of edits is what is written of them. */
static void
test_files_keep_edits (void)
{
  static const char *const edits[] = {
    "'seed': 7, 'guard': 'check', 'batch': {'size': 3, 'shuffle': 'dataloader'}",
    "'data': {'source': 'moons', 'examples': 9, 'seed': 0}, 'loss': {'type': 'huber',"
    " 'delta': 0.5}, 'optimizer': {'type': 'sgd', 'lr': 0.5}",
    "'data': {'source': 'inline', 'inputs': [[1, 2], [3, 4]], 'targets': [[1], [2]],"
    " 'seed': 4294967295}",
    "'network': {'layers': [{'name': 'a', 'was': 'fc1', 'units': 3, 'bias': false},"
    " {'name': 'fc3', 'units': 1}], 'init': {'type': 'constant', 'value': 0.5},"
    " 'new': 'fresh'}",
  };
  g_autoptr (NnExperiment) experiment = small_experiment (RELU);

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autoptr (NnExperiment) logged = small_logged (experiment, edits[i], NULL);
    g_autofree char *text = nn_experiment_file_format (logged);
    g_autoptr (NnExperiment) read =
        nn_experiment_file_parse (text, strlen (text), "small", NULL);
    g_autofree char *again = NULL;

    g_assert_nonnull (read);
    again = nn_experiment_file_format (read);
    g_assert_cmpstr (text, ==, again);
    g_assert_cmpuint (g_array_index (read->events, NnEvent, 0).edit->parts, ==,
                      g_array_index (logged->events, NnEvent, 0).edit->parts);
  }
}

static const struct {
  const char *keys;
  NnError code;
  const char *message;
} refusals[] = {
  { "'title': 'new'", NN_ERROR_UNKNOWN,
    "log[0]: unknown key \"title\": the keys here are step, do, seed, data, network, "
    "loss, optimizer, batch, guard" },
  { "'step': 0", NN_ERROR_SYNTAX, NULL },
  { "'network': {'layers': []}", NN_ERROR_SHAPE,
    "log[0].network.layers: expected 1 to 64 layers, found 0" },
  { "'network': {'layers': [{'units': 0}]}", NN_ERROR_SYNTAX,
    "log[0].network.layers[0].units: expected a whole number from 1 to 65536, "
    "found 0" },
  { "'network': {'layers': [{'units': 2}]}", NN_ERROR_SHAPE,
    "log[0]: loss.type: mse needs an output for each column of targets, but the "
    "columns "
    "are 1 and the last layer's units 2" },
  { "'data': {'source': 'inline', 'inputs': [[1, 2], [3, 4]], 'targets': [0, 2]},"
    " 'loss': {'type': 'cross_entropy'}, 'network': {'layers': [{'units': 2}]}",
    NN_ERROR_SHAPE,
    "log[0]: loss.type: cross_entropy needs an output for each of the 3 classes, but "
    "the last layer's units are 2" },
  { "'network': {'layers': [{'name': 'a', 'was': 'fc4', 'units': 1}]}", NN_ERROR_UNKNOWN,
    "log[0]: network.layers[0].was: there is no layer 'fc4'; there are fc1, fc2, fc3" },
  { "'network': {'layers': [{'name': 'a', 'was': 'fc1', 'units': 2},"
    " {'name': 'b', 'was': 'fc1', 'units': 1}]}",
    NN_ERROR_SYNTAX,
    "log[0]: network.layers[1].was: network.layers[0] was 'fc1' already: remove "
    "\"was\" from one of them" },
  { "'network': {'layers': [{'name': 'a', 'units': 2}, {'name': 'a', 'units': 1}]}",
    NN_ERROR_SYNTAX,
    "log[0]: network.layers[1].name: 'a' is the name of network.layers[0] already: "
    "choose another" },
  { "'network': {'layers': [{'units': 1}], 'new': 'zero'}", NN_ERROR_SYNTAX,
    "log[0].network.new: expected \"fresh\", or no such key, found \"zero\"" },
  { "'optimizer': {'type': 'adam', 'lr': -1}", NN_ERROR_SYNTAX,
    "log[0]: optimizer.lr is -1; give a number from 0 to 3.4e38" },
  { "'network': {'layers': [{'units': 5, 'activation': 'relu'},"
    " {'units': 5, 'activation': 'tanh'}, {'units': 1}]}",
    NN_ERROR_UNKNOWN, NULL },
  { "'network': {'layers': [{'name': 'fc3', 'units': 1}]}", NN_ERROR_UNKNOWN,
    "log[0]: the nudge 'fc1.weight[5]: w*0.5' would have no target: layer fc1 is gone; "
    "remove or change it first" },
};

static void
test_what_does_not_fit_is_refused (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (RELU ", 'nudges': ['fc1.weight[5]: w*0.5']");

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", refusals[i].keys);
    g_assert_null (small_logged (experiment, refusals[i].keys, &error));
    g_assert_error (error, NN_ERROR, (int) refusals[i].code);
    if (refusals[i].message)
      g_assert_cmpstr (error->message, ==, refusals[i].message);
    else
      g_test_message ("%s", error->message);
  }
}

/* An edit that would not fit by then, though it fitted once. */
static void
test_refused_edits_change_nothing (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU "," SHUFFLED);
  g_autoptr (NnEdit) narrower =
      small_edit (nn_trainer_get_experiment (trainer), NARROWER);
  const NnEvent event = { .kind = NN_EVENT_EDIT, .edit = narrower };
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  small_trainer_steps (trainer, 7);
  small_trainer_add (trainer, "*: w + 0*w");
  small_trainer_add (trainer, "fc1[5]: w - a*w a=0.1");
  before = small_trainer_copy_run (trainer);
  g_assert_false (nn_trainer_do (trainer, &event, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "'fc1[5]: w - a*w a=0.1'"));
  after = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (nn_trainer_get_experiment (trainer)->architecture->layers[0].n_units,
                    ==, 6);
}

/* ---- what stays -------------------------------------------------------------------- */

static void
test_growth_keeps_the_loss (gconstpointer keys)
{
  for (NnOptimizerType type = 0; type < NN_N_OPTIMIZERS; type++) {
    g_autofree char *optimizer = small_dup_optimizer (type);
    g_autofree char *text = g_strconcat (RELU "," SHUFFLED ",", optimizer, NULL);
    g_autoptr (NnTrainer) trainer = small_trainer (text);
    float before, after;

    small_trainer_steps (trainer, 11);
    before = nn_trainer_evaluate (trainer);
    small_trainer_edit (trainer, keys);
    after = nn_trainer_evaluate (trainer);
    g_assert_cmpfloat (before, >, 0);
    g_assert_cmpfloat_with_epsilon (before, after, 1e-6f * before);
    g_assert_cmpfloat (after, ==, nn_trainer_get_loss (trainer));
    g_assert_null (nn_trainer_get_note (trainer));
    small_trainer_steps (trainer, 11);
  }
}

/* The elements of a parameter that are in a smaller one of its kind, too. */
static void
assert_part_of (const float *part,
                gsize n_rows,
                gsize n_columns,
                const float *of,
                gsize n)
{
  for (gsize r = 0; r < n_rows; r++)
    g_assert_cmpmem (part + r * n_columns, n_columns * sizeof (float), of + r * n,
                     n_columns * sizeof (float));
}

static void
test_shrinking_keeps_the_rest (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU);
  g_autoptr (NnTrainer) narrower = small_trainer (RELU);
  gsize n;

  small_trainer_steps (trainer, 11);
  small_trainer_steps (narrower, 11);
  small_trainer_edit (narrower, NARROWER);
  assert_part_of (small_trainer_get_values (narrower, "fc2.weight", &n), 3, 4,
                  small_trainer_get_values (trainer, "fc2.weight", &n), 6);
  assert_part_of (small_trainer_get_values (narrower, "fc2.bias", &n), 1, 3,
                  small_trainer_get_values (trainer, "fc2.bias", &n), 3);
  assert_part_of (nn_optimizer_get_moment (nn_trainer_get_optimizer (narrower), 1), 4, 2,
                  nn_optimizer_get_moment (nn_trainer_get_optimizer (trainer), 1), 2);
  small_trainer_steps (narrower, 11);
}

/* The run goes on as if nothing had been done, but for what layers are called. */
static void
test_renaming_keeps_everything (void)
{
  g_autoptr (NnTrainer) trainer =
      small_trainer (RELU "," SHUFFLED ", 'nudges': ['fc1: w - a*w a=0.01',"
                          " 'fc2: w + a*noise a=0.01', '*: w + 0.1*(w0 - w)']");
  g_autoptr (NnTrainer) renamed =
      small_trainer (RELU "," SHUFFLED ", 'nudges': ['fc1: w - a*w a=0.01',"
                          " 'fc2: w + a*noise a=0.01', '*: w + 0.1*(w0 - w)']");
  g_autofree char *target = NULL;

  small_trainer_steps (trainer, 9);
  small_trainer_steps (renamed, 9);
  small_trainer_edit (renamed, RENAMED);
  for (int i = 0; i < 9; i++) {
    small_trainer_steps (trainer, 1);
    small_trainer_steps (renamed, 1);
    small_trainer_assert_same (trainer, renamed);
  }
  target = nn_nudge_dup_target (nn_trainer_get_standing (renamed, 1)->nudge);
  g_assert_cmpstr (target, ==, "fc1");
  g_assert_cmpuint (nn_trainer_get_standing (renamed, 1)->n_times, ==, 18);
}

static void
test_edits_without_effect_change_no_bit (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU "," SHUFFLED);
  g_autoptr (NnTrainer) edited = small_trainer (RELU "," SHUFFLED);

  for (int i = 0; i < 9; i++) {
    small_trainer_steps (trainer, 1);
    small_trainer_steps (edited, 1);
    small_trainer_edit (edited, MOONS "," RELU_NETWORK "," SHUFFLED
                                      ", 'loss': {'type': 'mse'}, 'optimizer': "
                                      "{'type': 'adam'}");
    small_trainer_assert_same (trainer, edited);
  }
}

static void
test_notes_say_what_is_not_kept (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU);

  small_trainer_edit (trainer, "'network': {'layers': [{'name': 'first', 'units': 1},"
                               " {'name': 'fc1', 'units': 6, 'activation': 'relu'},"
                               " {'name': 'fc2', 'units': 5, 'activation': 'tanh'},"
                               " {'name': 'same', 'units': 5, 'activation': 'relu'},"
                               " {'name': 'bent', 'units': 5, 'activation': 'sigmoid'},"
                               " {'name': 'fc3', 'units': 1}]}");
  g_assert_cmpstr (nn_trainer_get_note (trainer), ==,
                   "first was drawn, as it cannot pass its inputs on unchanged: it has "
                   "fewer units than inputs; same was drawn, as it cannot pass its "
                   "inputs on unchanged: its inputs may be below 0; bent was drawn, as "
                   "it cannot pass its inputs on unchanged: its activation changes its "
                   "inputs");
  small_trainer_edit (trainer, "'optimizer': {'type': 'sgd'}");
  g_assert_null (nn_trainer_get_note (trainer));
}

/* ---- what fits -------------------------------------------------------------------- */

static NnEdit *
edit_to (NnDataSource source)
{
  NnEdit *edit = nn_edit_new ();

  edit->parts = NN_EDIT_HAS_DATA;
  nn_data_spec_init (&edit->data, source);
  g_assert_true (nn_data_spec_load (&edit->data, NULL, NULL));
  return edit;
}

/* Every source can be chosen, whatever was trained before, and then another. */
static void
test_any_data_can_be_made_to_fit (void)
{
  static const NnDataSource sources[] = { NN_DATA_CIRCLE, NN_DATA_IRIS,   NN_DATA_SINE,
                                          NN_DATA_DIGITS, NN_DATA_SPIRAL, NN_DATA_UNIFORM,
                                          NN_DATA_IRIS,   NN_DATA_PLANE };
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnExperiment) present = nn_experiment_copy_plain (experiment);

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++) {
    g_autoptr (NnEdit) edit = edit_to (sources[i]);
    g_autoptr (NnChange) change = NULL;
    g_autoptr (GError) error = NULL;

    nn_edit_fit (edit, present);
    change = nn_change_new (edit, present, &error);
    g_assert_no_error (error);
    nn_experiment_free (present);
    present = nn_experiment_ref (change->after);
  }
}

static void
test_what_fits_is_left_alone (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (RELU);
  g_autoptr (NnEdit) edit = edit_to (NN_DATA_CIRCLE);

  g_assert_cmpuint (nn_edit_fit (edit, experiment), ==, 0);
  g_assert_cmpuint (edit->parts, ==, NN_EDIT_HAS_DATA);
}

static void
test_three_classes_need_three_outputs (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (RELU);
  g_autoptr (NnEdit) edit = edit_to (NN_DATA_IRIS);

  g_assert_cmpuint (nn_edit_fit (edit, experiment), ==,
                    NN_EDIT_HAS_LOSS | NN_EDIT_HAS_NETWORK);
  g_assert_cmpint (edit->loss.type, ==, NN_LOSS_CROSS_ENTROPY);
  g_assert_cmpuint (edit->layers[edit->n_layers - 1].n_units, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/edit/" name, test)
  add ("kinds-are-found-by-comparing", test_kinds_are_found_by_comparing);
  add ("files-keep-edits", test_files_keep_edits);
  add ("what-does-not-fit-is-refused", test_what_does_not_fit_is_refused);
  add ("refused-edits-change-nothing", test_refused_edits_change_nothing);
  g_test_add_data_func ("/nn/edit/wider-keeps-the-loss", WIDER,
                        test_growth_keeps_the_loss);
  g_test_add_data_func ("/nn/edit/deeper-keeps-the-loss", DEEPER,
                        test_growth_keeps_the_loss);
  add ("shrinking-keeps-the-rest", test_shrinking_keeps_the_rest);
  add ("renaming-keeps-everything", test_renaming_keeps_everything);
  add ("edits-without-effect-change-no-bit", test_edits_without_effect_change_no_bit);
  add ("notes-say-what-is-not-kept", test_notes_say_what_is_not_kept);
  add ("any-data-can-be-made-to-fit", test_any_data_can_be_made_to_fit);
  add ("what-fits-is-left-alone", test_what_fits_is_left_alone);
  add ("three-classes-need-three-outputs", test_three_classes_need_three_outputs);
  return g_test_run ();
}
