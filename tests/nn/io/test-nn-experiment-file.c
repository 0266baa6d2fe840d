/* test-nn-experiment-file.c - experiments as .nudge files
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-file.h"

#include <float.h>
#include <locale.h>
#include <string.h>

#include "experiment-text.h"
#include "nn/io/nn-experiment-demo.h"
#include "same-experiment.h"
#include "tests/nn/settings.h"
#include "tests/nn/tables.h"

/* The seed experiment as the format's description has it. */
static const char seed_nudged[] =
    "{ \"nudge\": 1, \"title\": \"Change weights, keep gradients\", \"seed\": 1,\n"
    "  \"data\": { \"source\": \"uniform\", \"examples\": 3, \"features\": 1 },\n"
    "  \"network\": { \"layers\": [\n"
    "    { \"name\": \"fc1\", \"units\": 2, \"activation\": \"relu\" },\n"
    "    { \"name\": \"fc2\", \"units\": 3, \"activation\": \"relu\" },\n"
    "    { \"name\": \"fc3\", \"units\": 1, \"activation\": \"identity\" } ],\n"
    "    \"init\": \"torch\" },\n"
    "  \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },\n"
    "  \"optimizer\": { \"type\": \"adam\", \"lr\": 0.001 },\n"
    "  \"batch\": { \"size\": 0, \"shuffle\": false },\n"
    "  \"guard\": \"shield\",\n"
    "  \"nudges\": [ \"fc1.weight: w + 1e-3*w\", \"fc2.weight: 1e-2*w\",\n"
    "                \"fc3.weight: w - 1e-1*w\" ] }\n";

/* The demo writes the same three functions with the amount on a slider. */
static void
test_described_example_is_the_demo (void)
{
  g_autoptr (NnExperiment) read = parse (seed_nudged);
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("seed-nudged", NULL);
  const float weights[] = { 0, -1, 0.3f, 7e5f, -1e-30f, 1.0f / 3 };

  assert_alike (read, demo);
  for (guint i = 0; i < read->nudges->len; i++) {
    const NnNudge *nudge = read->nudges->pdata[i];
    const NnNudge *other = demo->nudges->pdata[i];
    float expected[G_N_ELEMENTS (weights)];
    float result[G_N_ELEMENTS (weights)];

    g_assert_cmpstr (nudge->target.layer, ==, other->target.layer);
    g_assert_cmpint (nudge->target.part, ==, other->target.part);
    g_assert_cmpint (nudge->time.when, ==, other->time.when);
    g_assert_cmpuint (nudge->time.interval, ==, other->time.interval);
    nn_expression_evaluate (nudge->expression,
                            &(NnOperands){ .n = G_N_ELEMENTS (weights),
                                           .w = weights,
                                           .amount = nudge->amount,
                                           .random = NULL,
                                           .scratch = NULL },
                            result);
    nn_expression_evaluate (other->expression,
                            &(NnOperands){ .n = G_N_ELEMENTS (weights),
                                           .w = weights,
                                           .amount = other->amount,
                                           .random = NULL,
                                           .scratch = NULL },
                            expected);
    g_assert_cmpmem (result, sizeof result, expected, sizeof expected);
  }
}

static void
test_layout (void)
{
  g_autoptr (NnExperiment) seed = parse (seed_nudged);
  g_autoptr (NnExperiment) table =
      parse (INLINE ("\"inputs\":[[0,0.5],[1,-0.0]],\"targets\":[1,0]"));
  g_autofree char *seed_text = nn_experiment_file_format (seed);
  g_autofree char *table_text = nn_experiment_file_format (table);

  g_assert_cmpstr (
      seed_text, ==,
      "{\n"
      "  \"nudge\": 1,\n"
      "  \"title\": \"Change weights, keep gradients\",\n"
      "  \"seed\": 1,\n"
      "  \"data\": { \"source\": \"uniform\", \"examples\": 3, \"features\": 1, "
      "\"validation\": 0 },\n"
      "  \"network\": {\n"
      "    \"layers\": [\n"
      "      { \"name\": \"fc1\", \"units\": 2, \"activation\": \"relu\" },\n"
      "      { \"name\": \"fc2\", \"units\": 3, \"activation\": \"relu\" },\n"
      "      { \"name\": \"fc3\", \"units\": 1, \"activation\": \"identity\" }\n"
      "    ],\n"
      "    \"init\": \"torch\"\n"
      "  },\n"
      "  \"loss\": { \"type\": \"squared_sum\", \"target\": 5 },\n"
      "  \"optimizer\": { \"type\": \"adam\", \"lr\": 0.001, \"betas\": [0.9, 0.999], "
      "\"eps\": 1e-08, \"weight_decay\": 0 },\n"
      "  \"batch\": { \"size\": 0, \"shuffle\": false },\n"
      "  \"guard\": \"shield\",\n"
      "  \"nudges\": [\n"
      "    \"fc1.weight: w + 1e-3*w\",\n"
      "    \"fc2.weight: 1e-2*w\",\n"
      "    \"fc3.weight: w - 1e-1*w\"\n"
      "  ]\n"
      "}\n");
  g_assert_nonnull (strstr (table_text, "  \"data\": {\n"
                                        "    \"source\": \"inline\",\n"
                                        "    \"inputs\": [\n"
                                        "      [0, 0.5],\n"
                                        "      [1, -0.0]\n"
                                        "    ],\n"
                                        "    \"targets\": [1, 0],\n"
                                        "    \"validation\": 0\n"
                                        "  },\n"));
  g_assert_nonnull (strstr (table_text, "  \"nudges\": []\n}\n"));
}

static void
test_defaults (void)
{
  g_autoptr (NnExperiment) experiment = parse ("{\"nudge\":1," REST "}");
  const NnOptimizerSettings adam = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);

  g_assert_cmpstr (experiment->name, ==, "name");
  g_assert_cmpstr (experiment->title, ==, "name");
  g_assert_cmpuint (experiment->seed, ==, 1);
  g_assert_cmpfloat (experiment->data.validation, ==, 0);
  g_assert_cmpstr (experiment->architecture->layers[0].name, ==, "fc1");
  g_assert_cmpint (experiment->architecture->layers[0].activation, ==,
                   NN_ACTIVATION_IDENTITY);
  g_assert_cmpint (experiment->init.type, ==, NN_INIT_TORCH);
  assert_optimizer (&experiment->optimizer, &adam);
  g_assert_cmpuint (experiment->batch_size, ==, 0);
  g_assert_cmpint (experiment->shuffle, ==, NN_SHUFFLE_NONE);
  g_assert_cmpint (experiment->guard, ==, NN_GUARD_SHIELD);
  g_assert_cmpuint (experiment->nudges->len, ==, 0);
}

static void
test_every_key_is_read (void)
{
  g_autoptr (NnExperiment) experiment = parse (
      "{\"nudge\":1,\"title\":\"T\",\"seed\":4294967295,"
      "\"data\":{\"source\":\"sine\",\"examples\":9,\"noise\":0.25,\"validation\":0.5},"
      "\"network\":{\"layers\":[{\"name\":\"in\",\"units\":7,\"activation\":\"gelu\"},"
      "{\"units\":1}],\"init\":{\"type\":\"constant\",\"value\":-2}},"
      "\"loss\":{\"type\":\"huber\",\"delta\":0.5},"
      "\"optimizer\":{\"type\":\"rmsprop\",\"lr\":1,\"alpha\":0.5,\"eps\":1e-3,"
      "\"weight_decay\":2,\"momentum\":0.75,\"centered\":true},"
      "\"batch\":{\"size\":4,\"shuffle\":true},\"guard\":\"check\","
      "\"nudges\":[\"in.bias: w - a*w @ every 3 steps a=0.1\"]}");
  const NnNudge *nudge = experiment->nudges->pdata[0];

  g_assert_cmpstr (experiment->title, ==, "T");
  g_assert_cmpuint (experiment->seed, ==, G_MAXUINT32);
  g_assert_cmpint (experiment->data.source, ==, NN_DATA_SINE);
  g_assert_cmpuint (experiment->data.n_examples, ==, 9);
  g_assert_cmpfloat (experiment->data.noise, ==, 0.25);
  g_assert_cmpfloat (experiment->data.validation, ==, 0.5);
  g_assert_cmpstr (experiment->architecture->layers[0].name, ==, "in");
  g_assert_cmpuint (experiment->architecture->layers[0].n_units, ==, 7);
  g_assert_cmpint (experiment->architecture->layers[0].activation, ==,
                   NN_ACTIVATION_GELU);
  g_assert_cmpstr (experiment->architecture->layers[1].name, ==, "fc2");
  g_assert_cmpint (experiment->init.type, ==, NN_INIT_CONSTANT);
  g_assert_cmpfloat (experiment->init.constant, ==, -2.0f);
  g_assert_cmpint (experiment->loss.type, ==, NN_LOSS_HUBER);
  g_assert_cmpfloat (experiment->loss.delta, ==, 0.5f);
  g_assert_cmpint (experiment->optimizer.type, ==, NN_OPTIMIZER_RMSPROP);
  g_assert_cmpfloat (experiment->optimizer.lr, ==, 1);
  g_assert_cmpfloat (experiment->optimizer.alpha, ==, 0.5);
  g_assert_cmpfloat (experiment->optimizer.eps, ==, 1e-3);
  g_assert_cmpfloat (experiment->optimizer.weight_decay, ==, 2);
  g_assert_cmpfloat (experiment->optimizer.momentum, ==, 0.75);
  g_assert_true (experiment->optimizer.centered);
  g_assert_cmpuint (experiment->batch_size, ==, 4);
  g_assert_cmpint (experiment->shuffle, ==, NN_SHUFFLE_RANDPERM);
  g_assert_cmpint (experiment->guard, ==, NN_GUARD_CHECK);
  g_assert_cmpfloat (nudge->amount, ==, 0.1f);
  g_assert_cmpuint (nudge->time.interval, ==, 3);
}

static void
test_settings_are_each_types_own (void)
{
  g_autoptr (NnExperiment) sgd =
      parse (OPTI ("\"sgd\",\"momentum\":0.9,\"nesterov\":true"));
  g_autoptr (NnExperiment) adamw = parse (OPTI ("\"adamw\",\"betas\":[0.5,0.25]"));
  g_autoptr (NnExperiment) adagrad =
      parse (OPTI ("\"adagrad\",\"lr_decay\":3,\"initial_accumulator_value\":4"));
  g_autoptr (NnExperiment) rmsprop = parse (OPTI ("\"rmsprop\""));

  g_assert_cmpfloat (sgd->optimizer.momentum, ==, 0.9);
  g_assert_true (sgd->optimizer.nesterov);
  g_assert_cmpfloat (adamw->optimizer.beta1, ==, 0.5);
  g_assert_cmpfloat (adamw->optimizer.beta2, ==, 0.25);
  g_assert_cmpfloat (adamw->optimizer.weight_decay, ==, 0.01);
  g_assert_cmpfloat (adagrad->optimizer.lr_decay, ==, 3);
  g_assert_cmpfloat (adagrad->optimizer.initial_accumulator_value, ==, 4);
  g_assert_cmpfloat (adagrad->optimizer.eps, ==, 1e-10);
  g_assert_cmpfloat (rmsprop->optimizer.lr, ==, 0.01);
}

static void
test_tables_are_read (void)
{
  g_autoptr (NnExperiment) rows =
      parse (INLINE ("\"inputs\":[[1,2.5],[16777217,1e-50]],\"targets\":[[3],[-0.1]]"));
  g_autoptr (NnExperiment) classes =
      parse (INLINE ("\"inputs\":[[1],[2],[3]],\"targets\":[1,0,1.0]"));

  g_assert_cmpuint (rows->data.table->n_examples, ==, 2);
  g_assert_cmpuint (rows->data.table->n_features, ==, 2);
  g_assert_cmpuint (rows->architecture->n_features, ==, 2);
  g_assert_cmpuint (rows->data.table->n_targets, ==, 1);
  g_assert_cmpint (rows->data.table->targets_are, ==, NN_TARGETS_NUMBERS);
  assert_floats (rows->data.table->inputs, (const float[]){ 1, 2.5f, 16777216, 0 }, 4);
  assert_floats (rows->data.table->targets, (const float[]){ 3, -0.1f }, 2);
  g_assert_cmpuint (classes->data.table->n_examples, ==, 3);
  g_assert_cmpuint (classes->data.table->n_targets, ==, 1);
  g_assert_cmpint (classes->data.table->targets_are, ==, NN_TARGETS_CLASSES);
  assert_floats (classes->data.table->targets, (const float[]){ 1, 0, 1 }, 3);
}

/* Data with as many examples, and a table where the source is one. */
static void
set_data (NnExperiment *self, NnDataSource source, gsize n_targets, gboolean classes)
{
  nn_data_spec_clear (&self->data);
  nn_data_spec_init (&self->data, source);
  if (source != NN_DATA_INLINE)
    self->data.n_examples = 3;
  self->data.validation = 1.0 / 3;
  if (nn_data_source_get_kind (source)->n_features == 0 && source != NN_DATA_INLINE)
    self->data.n_features = 2;
  if (settings_find (&nn_data_source_get_kind (source)->settings, "noise"))
    self->data.noise = 0.1 + 0.2;
  if (source == NN_DATA_INLINE)
    self->data.table = table_new (
        3, 2, (const float[]){ 0.1f, -0.0f, FLT_MAX, -FLT_MIN, FLT_TRUE_MIN, 1.0f / 3 },
        n_targets,
        classes ? (const float[]){ 1, 0, 1 }
                : (const float[]){ 1, 0.7f, -3e-9f, 4, 5, 6 },
        classes ? NN_TARGETS_CLASSES : NN_TARGETS_NUMBERS);
}

static void
set_network (NnExperiment *self, gsize n_outputs)
{
  const NnLayerSpec layers[] = {
    { "a-B_9", 3, (NnActivation) (n_outputs % NN_N_ACTIVATIONS) },
    { "out", n_outputs, NN_ACTIVATION_SOFTPLUS },
  };

  nn_architecture_unref (self->architecture);
  self->architecture =
      nn_architecture_new (nn_data_spec_get_n_features (&self->data), layers, 2);
}

static void
test_every_source_and_loss_survive (void)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  guint n_good = 0;

  g_ptr_array_set_size (experiment->nudges, 0);
  for (NnDataSource source = 0; source < NN_N_DATA_SOURCES; source++)
    for (NnLossType loss = 0; loss < NN_N_LOSSES; loss++)
      for (gsize n_outputs = 1; n_outputs <= 2; n_outputs++)
        for (gsize n_targets = 0; n_targets <= 3; n_targets++) {
          if (nn_data_source_get_kind (source)->load != NULL)
            continue; /* it needs a file */
          set_data (experiment, source, n_targets == 3 ? 1 : n_targets, n_targets == 3);
          set_network (experiment, n_outputs);
          experiment->loss = nn_loss_get_default (loss);
          if (loss == NN_LOSS_HUBER)
            experiment->loss.delta = 1.0f / 3;
          if (loss == NN_LOSS_SQUARED_SUM)
            experiment->loss.target = -1e20f / 3;
          if (!nn_experiment_check (experiment, NULL))
            continue;
          assert_survives (experiment);
          n_good++;
        }
  g_assert_cmpuint (n_good, >, 100);
}

/* Numbers that need many digits or few, for those of the settings that the type has. */
static void
set_awkward (NnOptimizerSettings *self)
{
  static const struct {
    const char *key;
    double numbers[2];
  } values[] = {
    { "lr", { 0.1 + 0.2 } },     { "weight_decay", { 5e-324 } },
    { "betas", { 1.0 / 3, 0 } }, { "momentum", { 0.3 } },
    { "nesterov", { TRUE } },    { "centered", { TRUE } },
    { "alpha", { 1e-7 } },       { "eps", { 1e22 } },
    { "lr_decay", { 100000 } },  { "initial_accumulator_value", { 0.7 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    const NnSetting *setting =
        settings_find (&nn_optimizer_get_kind (self->type)->settings, values[i].key);

    if (setting)
      settings_set (setting, self, values[i].numbers);
  }
}

static void
test_every_optimizer_and_init_survive (void)
{
  for (NnOptimizerType type = 0; type < NN_N_OPTIMIZERS; type++)
    for (NnInitType init = 0; init < NN_N_INITS; init++) {
      g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);

      experiment->init.type = init;
      experiment->init.constant = init == NN_INIT_CONSTANT ? 0.1f / 3 : 0;
      experiment->optimizer = nn_optimizer_get_default (type);
      assert_survives (experiment);
      set_awkward (&experiment->optimizer);
      assert_survives (experiment);
    }
}

static void
test_awkward_texts_survive (void)
{
  static const char *const titles[] = {
    "",
    "\"quoted\" \\ and / slashed",
    "first\nsecond\ttab\r\x01\x1f\x7f",
    "Gewichte ändern · 保持梯度 · \xf0\x9f\x98\x80 \xe2\x80\xae",
    "\\u0041 {\"nudge\": 2}",
  };
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);

  experiment->seed = G_MAXUINT32;
  experiment->batch_size = G_MAXUINT32;
  experiment->shuffle = NN_SHUFFLE_RANDPERM;
  experiment->guard = NN_GUARD_OFF;
  g_assert_true (nn_experiment_add_nudge (
      experiment, "*.bias: (w+a)^2 @ every 18446744073709551615 steps a=1e-45", NULL,
      NULL));
  g_assert_true (nn_experiment_add_nudge (
      experiment, "fc1: w/2 @ every example before backward", NULL, NULL));
  g_assert_true (nn_experiment_add_nudge (experiment, "fc2: a*w @ by hand a=0.333333343",
                                          NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_free (experiment->title);
    experiment->title = g_strdup (titles[i]);
    assert_survives (experiment);
  }
}

static void
test_layers_without_bias_survive (void)
{
  g_autoptr (NnExperiment) experiment =
      parse (LAYER ("{\"units\":2,\"bias\":false},{\"units\":1,\"bias\":true},"
                    "{\"units\":1}"));
  const NnArchitecture *architecture = experiment->architecture;
  g_autofree char *text = nn_experiment_file_format (experiment);

  g_assert_false (architecture->layers[0].has_bias);
  g_assert_true (architecture->layers[1].has_bias);
  g_assert_true (architecture->layers[2].has_bias);
  g_assert_cmpuint (architecture->n_parameters, ==, 5);
  g_assert_nonnull (strstr (text, "\"activation\": \"identity\", \"bias\": false }"));
  g_assert_null (strstr (text, "true"));
  assert_survives (experiment);
}

static void
test_every_shuffle_survives (void)
{
  static const char *const texts[NN_N_SHUFFLES] = { "false", "true", "\"dataloader\"" };

  for (NnShuffle shuffle = 0; shuffle < NN_N_SHUFFLES; shuffle++) {
    g_autofree char *text =
        g_strdup_printf (WITH ("\"batch\":{\"shuffle\":%s}"), texts[shuffle]);
    g_autoptr (NnExperiment) experiment = parse (text);

    g_assert_cmpint (experiment->shuffle, ==, shuffle);
    assert_survives (experiment);
  }
}

/* jansson reads numbers as the locale has them, and would stop in ps_AF, whose point is
 * a comma of two bytes. */
static void
test_same_in_every_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8" };
  g_autoptr (NnExperiment) expected =
      parse (INLINE ("\"inputs\":[[0.25]],\"targets\":[[1.5e-3]]"));
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (NnExperiment) read = NULL;

    if (setlocale (LC_ALL, names[i]) == NULL)
      continue;
    n_found++;
    read = parse (INLINE ("\"inputs\":[[0.25]],\"targets\":[[1.5e-3]]"));
    assert_equal (read, expected);
    assert_survives (read);
    g_assert_cmpstr (localeconv ()->decimal_point, !=, "."); /* it is as it was */
  }
  setlocale (LC_ALL, "C");
  if (n_found == 0)
    g_test_skip ("no locale that writes another point is installed");
}

/* ---- the log ----------------------------------------------------------------------- */

#define EVERYTHING                                                                       \
  "  \"log\": [\n"                                                                       \
  "    { \"step\": 0, \"do\": \"stand\", \"index\": 0, \"nudge\": \"fc1: w + a a=0.1\" " \
  "},"                                                                                   \
  "\n"                                                                                   \
  "    { \"step\": 0, \"do\": \"stand\", \"index\": 1, \"nudge\": \"fc1: 2*w @ step "    \
  "9\" },\n"                                                                             \
  "    { \"step\": 12, \"do\": \"nudge\", \"nudge\": \"*: w - a*w @ by hand a=0.5\" "    \
  "},\n"                                                                                 \
  "    { \"step\": 12, \"do\": \"replace\", \"index\": 1, \"nudge\": \"fc1: 3*w\" },\n"  \
  "    { \"step\": 12, \"do\": \"pause\", \"index\": 0 },\n"                             \
  "    { \"step\": 13, \"do\": \"resume\", \"index\": 0 },\n"                            \
  "    { \"step\": 9007199254740993, \"do\": \"move\", \"index\": 1, \"to\": 0 },\n"     \
  "    { \"step\": 9007199254740993, \"do\": \"remove\", \"index\": 1 },\n"              \
  "    { \"step\": 9007199254740993, \"do\": \"guard\", \"guard\": \"off\" }\n"          \
  "  ]\n}\n"

/* Every kind of event, read and written to the letter. */
static void
test_log_survives (void)
{
  static const char text[] = "{\"nudge\":1," REST ",\n" EVERYTHING;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (text, strlen (text), "log", &error);
  g_autoptr (NnExperiment) copy = NULL;
  g_autofree char *written = NULL;
  const NnEvent *event;

  g_assert_no_error (error);
  g_assert_cmpuint (experiment->events->len, ==, 9);
  event = &g_array_index (experiment->events, NnEvent, 6);
  g_assert_cmpuint (event->step, ==, G_GUINT64_CONSTANT (9007199254740993));
  g_assert_cmpint (event->kind, ==, NN_EVENT_MOVE);
  g_assert_cmpuint (event->id, ==, 2);
  g_assert_cmpint (event->by, ==, -1);

  copy = nn_experiment_copy (experiment);
  written = nn_experiment_file_format (copy);
  g_assert_true (g_str_has_suffix (written, "\"nudges\": [],\n" EVERYTHING));
  assert_survives (copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/experiment-file/" name, test)
  add ("described-example-is-the-demo", test_described_example_is_the_demo);
  add ("layout", test_layout);
  add ("defaults", test_defaults);
  add ("every-key-is-read", test_every_key_is_read);
  add ("settings-are-each-types-own", test_settings_are_each_types_own);
  add ("tables-are-read", test_tables_are_read);
  add ("every-source-and-loss-survive", test_every_source_and_loss_survive);
  add ("every-optimizer-and-init-survive", test_every_optimizer_and_init_survive);
  add ("awkward-texts-survive", test_awkward_texts_survive);
  add ("every-shuffle-survives", test_every_shuffle_survives);
  add ("layers-without-bias-survive", test_layers_without_bias_survive);
  add ("same-in-every-locale", test_same_in_every_locale);
  add ("log-survives", test_log_survives);
  return g_test_run ();
}
