/* test-nn-experiment-file.c - experiments as .nudge files
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/io/nn-experiment-file.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "experiment-text.h"
#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "scratch.h"
#include "settings.h"
#include "tables.h"

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

static NnExperiment *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment =
      nn_experiment_file_parse (text, strlen (text), "name", &error);

  g_assert_no_error (error);
  return experiment;
}

static void
assert_floats (const float *a, const float *b, gsize n)
{
  if (a == NULL || b == NULL)
    g_assert_true (a == b);
  else
    g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
}

static void
assert_same_number (double a, double b)
{
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
}

static void
assert_table (const NnTable *a, const NnTable *b)
{
  g_assert_cmpuint (a->n_examples, ==, b->n_examples);
  g_assert_cmpuint (a->n_features, ==, b->n_features);
  g_assert_cmpuint (a->n_targets, ==, b->n_targets);
  g_assert_cmpint (a->targets_are, ==, b->targets_are);
  assert_floats (a->inputs, b->inputs, a->n_examples * a->n_features);
  assert_floats (a->targets, b->targets, a->n_examples * a->n_targets);
}

static void
assert_data (const NnDataSpec *a, const NnDataSpec *b)
{
  g_assert_cmpint (a->source, ==, b->source);
  g_assert_cmpuint (a->n_examples, ==, b->n_examples);
  g_assert_cmpuint (a->n_features, ==, b->n_features);
  assert_same_number (a->noise, b->noise);
  assert_same_number (a->validation, b->validation);
  if (a->table == NULL || b->table == NULL)
    g_assert_true (a->table == b->table);
  else
    assert_table (a->table, b->table);
}

static void
assert_network (const NnExperiment *a, const NnExperiment *b)
{
  g_assert_cmpuint (a->architecture->n_features, ==, b->architecture->n_features);
  g_assert_cmpuint (a->architecture->n_layers, ==, b->architecture->n_layers);
  for (gsize i = 0; i < a->architecture->n_layers; i++) {
    const NnLayerShape *layer = &a->architecture->layers[i];
    const NnLayerShape *other = &b->architecture->layers[i];

    g_assert_cmpstr (layer->name, ==, other->name);
    g_assert_cmpuint (layer->n_units, ==, other->n_units);
    g_assert_cmpint (layer->activation, ==, other->activation);
    g_assert_cmpint (layer->has_bias, ==, other->has_bias);
  }
  g_assert_cmpint (a->init.type, ==, b->init.type);
  assert_floats (&a->init.constant, &b->init.constant, 1);
}

static void
assert_optimizer (const NnOptimizerSettings *a, const NnOptimizerSettings *b)
{
  g_assert_cmpint (a->type, ==, b->type);
  assert_same_number (a->lr, b->lr);
  assert_same_number (a->weight_decay, b->weight_decay);
  assert_same_number (a->momentum, b->momentum);
  g_assert_cmpint (a->nesterov, ==, b->nesterov);
  assert_same_number (a->beta1, b->beta1);
  assert_same_number (a->beta2, b->beta2);
  assert_same_number (a->eps, b->eps);
  assert_same_number (a->alpha, b->alpha);
  g_assert_cmpint (a->centered, ==, b->centered);
  assert_same_number (a->lr_decay, b->lr_decay);
  assert_same_number (a->initial_accumulator_value, b->initial_accumulator_value);
}

/* Every field but the name, which is the file's, and the nudges. */
static void
assert_alike (const NnExperiment *a, const NnExperiment *b)
{
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpuint (a->seed, ==, b->seed);
  assert_data (&a->data, &b->data);
  assert_network (a, b);
  g_assert_cmpint (a->loss.type, ==, b->loss.type);
  assert_floats (&a->loss.delta, &b->loss.delta, 1);
  assert_floats (&a->loss.target, &b->loss.target, 1);
  assert_optimizer (&a->optimizer, &b->optimizer);
  g_assert_cmpuint (a->batch_size, ==, b->batch_size);
  g_assert_cmpint (a->shuffle, ==, b->shuffle);
  g_assert_cmpint (a->guard, ==, b->guard);
  g_assert_cmpuint (a->nudges->len, ==, b->nudges->len);
}

static void
assert_equal (const NnExperiment *a, const NnExperiment *b)
{
  assert_alike (a, b);
  for (guint i = 0; i < a->nudges->len; i++) {
    const NnNudge *nudge = a->nudges->pdata[i];
    const NnNudge *other = b->nudges->pdata[i];

    g_assert_cmpstr (nudge->target.layer, ==, other->target.layer);
    g_assert_cmpint (nudge->target.part, ==, other->target.part);
    g_assert_cmpstr (nn_expression_get_text (nudge->expression), ==,
                     nn_expression_get_text (other->expression));
    assert_floats (&nudge->amount, &other->amount, 1);
    g_assert_cmpint (nudge->time.when, ==, other->time.when);
    g_assert_cmpint (nudge->time.before_backward, ==, other->time.before_backward);
    g_assert_cmpuint (nudge->time.interval, ==, other->time.interval);
  }
}

static void
assert_survives (const NnExperiment *experiment)
{
  g_autofree char *text = nn_experiment_file_format (experiment);
  g_autoptr (NnExperiment) read = NULL;
  g_autofree char *again = NULL;

  g_assert_nonnull (text);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  read = parse (text);
  assert_equal (read, experiment);
  again = nn_experiment_file_format (read);
  g_assert_cmpstr (again, ==, text);
}

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

/* Whatever comes out of @text is either an error or an experiment that is good.
 * Returns: whether it was one */
static gboolean
survive (const char *text, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (text, n_bytes, "name", &error);

  g_assert_true ((experiment == NULL) == (error != NULL));
  if (experiment == NULL) {
    g_assert_true (error->domain == NN_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpuint (strlen (error->message), <, 400);
    g_assert_null (strchr (error->message, '\n'));
    return FALSE;
  }
  assert_survives (experiment);
  return TRUE;
}

static void
test_every_truncation_is_refused (void)
{
  gsize n_bytes = strlen (seed_nudged);

  g_assert_true (survive (seed_nudged, n_bytes));
  g_assert_true (survive (seed_nudged, n_bytes - 1)); /* without the last newline */
  for (gsize n = 0; n < n_bytes - 1; n++) {
    g_autofree char *text = g_memdup2 (seed_nudged, n); /* for ASan to watch its end */

    g_assert_false (survive (n > 0 ? text : "", n));
  }
}

static void
test_every_byte_anywhere_is_survived (void)
{
  static const char good[] =
      "{\"nudge\":1,\"seed\":7,\"data\":{\"source\":\"inline\",\"inputs\":[[0,1.5],"
      "[2,-3]],\"targets\":[0,1]},\"network\":{\"layers\":[{\"name\":\"a\","
      "\"units\":2}]},\"loss\":{\"type\":\"cross_entropy\"},\"nudges\":[\"a: w/2\"]}";
  guint n_good = 0;

  for (gsize i = 0; i < strlen (good); i++)
    for (int byte = 0; byte < 256; byte++) {
      char text[sizeof good];

      memcpy (text, good, sizeof good);
      text[i] = (char) byte;
      n_good += survive (text, strlen (good));
    }
  g_assert_cmpuint (n_good, >, strlen (good)); /* one of the 256 is what was there */
}

static void
test_depth_and_size_are_bounded (void)
{
  const gsize n_bytes = 64 * 1024 * 1024 + 1;
  g_autofree char *text = g_malloc (n_bytes);
  g_autoptr (GError) error = NULL;

  memset (text, '[', n_bytes);
  g_assert_null (nn_experiment_file_parse (text, 1000000, "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==,
                   "line 1, column 2049: maximum parsing depth reached near '['");
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_parse (text, n_bytes - 1, "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "it holds more than 8388608 values");
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_parse (text, n_bytes, "name", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "it is larger than 64 MiB");
}

static void
test_errors_stay_short (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  static const char *const patterns[] = {
    WITH ("\"%s\":1"),
    WITH ("\"guard\":\"%s\""),
    WITH ("\"seed\":\"%s\""),
    WITH ("\"nudges\":[\"%s\"]"),
    WITH ("\"nudges\":[\"fc1: %s\"]"),
    LAYER ("{\"units\":1,\"name\":\"%s\"}"),
    OPTI ("\"%s\""),
    DATA ("{\"source\":\"%s\"}"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_auto (GStrv) parts = g_strsplit (patterns[i], "%s", 2);
    g_autofree char *text = g_strconcat (parts[0], name, parts[1], NULL);

    g_assert_false (survive (text, strlen (text)));
  }
}

static void
test_saved_is_loaded (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->folder, "my run.NUDGE", NULL);
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (NnExperiment) read = NULL;
  g_autofree char *text = nn_experiment_file_format (demo);
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_experiment_file_save (demo, path, &error));
  g_assert_no_error (error);
  assert_contents (path, text);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  read = nn_experiment_file_load (path, &error);
  g_assert_no_error (error);
  assert_equal (read, demo);
  g_assert_cmpstr (read->name, ==, "my run");
}

static void
test_bad_is_not_saved (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("seed", NULL);
  g_autoptr (GError) error = NULL;

  put_contents (scratch->path, "old");
  demo->loss.target = NAN;
  g_assert_false (nn_experiment_file_save (demo, scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  assert_contents (scratch->path, "old");
}

static void
test_too_large_is_not_saved (Scratch *scratch, gconstpointer data)
{
  const gsize n_examples = 50000, n_features = 180; /* 9 million numbers */
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);
  g_autofree char *message = g_strdup_printf (
      "cannot write %s: it holds more than 8388608 values", scratch->path);
  g_autoptr (GError) error = NULL;

  set_data (experiment, NN_DATA_INLINE, 0, FALSE);
  nn_table_unref (experiment->data.table);
  experiment->data.table = nn_table_new (n_examples, n_features, 0);
  g_ptr_array_set_size (experiment->nudges, 0);
  set_network (experiment, 1);
  put_contents (scratch->path, "old");
  g_assert_false (nn_experiment_file_save (experiment, scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, message);
  assert_contents (scratch->path, "old");
}

static void
test_names_come_from_paths (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *file;
    const char *name;
  } cases[] = {
    { "seed.nudge", "seed" },
    { ".nudge", ".nudge" },
    { "seed.json", "seed.json" },
    { "a.nudge.nudge", "a.nudge" },
    { "\xff\n.nudge", "\xef\xbf\xbd?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_build_filename (scratch->folder, cases[i].file, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExperiment) read = NULL;

    put_contents (path, "{\"nudge\":1," REST "}");
    read = nn_experiment_file_load (path, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (read->name, ==, cases[i].name);
    g_assert_cmpstr (read->title, ==, cases[i].name);
  }
}

static void
test_errors_name_the_file (Scratch *scratch, gconstpointer data)
{
  g_autofree char *missing =
      g_strdup_printf ("cannot read %s: No such file or directory", scratch->path);
  g_autofree char *bad = g_strdup_printf (
      "%s: line 2, column 1: string or '}' expected near 'x'", scratch->path);
  g_autofree char *folder =
      g_strdup_printf ("cannot read %s: Is a directory", scratch->folder);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_experiment_file_load (scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, missing);
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_load (scratch->folder, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, folder);
  g_clear_error (&error);
  put_contents (scratch->path, "{\nx");
  g_assert_null (nn_experiment_file_load (scratch->path, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, bad);
  g_clear_error (&error);
  g_assert_null (nn_experiment_file_load ("/dev/zero", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==,
                   "cannot read /dev/zero: it is larger than 67108864 bytes");
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
#define add_with_folder(name, test)                                                      \
  g_test_add ("/nn/experiment-file/" name, Scratch, NULL, scratch_set_up, test,          \
              scratch_tear_down)
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
  add ("every-truncation-is-refused", test_every_truncation_is_refused);
  add ("every-byte-anywhere-is-survived", test_every_byte_anywhere_is_survived);
  add ("depth-and-size-are-bounded", test_depth_and_size_are_bounded);
  add ("errors-stay-short", test_errors_stay_short);
  add_with_folder ("saved-is-loaded", test_saved_is_loaded);
  add_with_folder ("bad-is-not-saved", test_bad_is_not_saved);
  add_with_folder ("too-large-is-not-saved", test_too_large_is_not_saved);
  add_with_folder ("names-come-from-paths", test_names_come_from_paths);
  add_with_folder ("errors-name-the-file", test_errors_name_the_file);
  add ("same-in-every-locale", test_same_in_every_locale);
  g_test_add_func ("/nn/experiment-file/log-survives", test_log_survives);
  return g_test_run ();
}
