/* test-nn-experiment.c - experiments as values: the demos, copies and what fits what
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/experiment/nn-experiment.h"

#include <math.h>
#include <string.h>

#include "nn/base/nn-error.h"
#include "nn/io/nn-experiment-demo.h"
#include "tests/nn/tables.h"

static NnExperiment *
new_demo (const char *name)
{
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_new_demo (name, &error);

  g_assert_no_error (error);
  return experiment;
}

static void
assert_good (const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_experiment_check (experiment, &error));
  g_assert_no_error (error);
}

/* @start: what the message begins with, which is the place */
static void
assert_bad (const NnExperiment *experiment, NnError code, const char *start)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_experiment_check (experiment, &error));
  g_assert_error (error, NN_ERROR, (int) code);
  if (!g_str_has_prefix (error->message, start))
    g_assert_cmpstr (error->message, ==, start);
  g_assert_false (nn_experiment_check (experiment, NULL));
}

static void
set_network (NnExperiment *self, gsize n_features, const NnLayerSpec *layers, gsize n)
{
  nn_architecture_unref (self->architecture);
  self->architecture = nn_architecture_new (n_features, layers, n);
}

/* A network of one layer with @n_outputs units, on data from @source. */
static void
set_up (NnExperiment *self, NnDataSource source, gsize n_outputs, NnLossType loss)
{
  nn_data_spec_clear (&self->data);
  nn_data_spec_init (&self->data, source);
  self->data.n_examples = 8;
  self->data.n_features = 2;
  if (nn_data_source_get_kind (source)->is_table)
    self->data.table = nn_table_new (8, 2, 0);
  self->loss = nn_loss_get_default (loss);
  set_network (self, nn_data_spec_get_n_features (&self->data),
               &(NnLayerSpec){ "out", n_outputs, NN_ACTIVATION_IDENTITY }, 1);
  g_ptr_array_set_size (self->nudges, 0);
}

/* Three examples with the given targets, or none. */
static void
set_up_inline (NnExperiment *self,
               const float *targets,
               gsize n_targets,
               gboolean classes,
               gsize n_outputs,
               NnLossType loss)
{
  set_up (self, NN_DATA_INLINE, n_outputs, loss);
  nn_table_unref (self->data.table);
  self->data.table = table_new (3, 2, (const float[6]){ 0 }, n_targets, targets,
                                classes ? NN_TARGETS_CLASSES : NN_TARGETS_NUMBERS);
}

static void
test_seed_demos_are_the_question (void)
{
  static const char *const names[] = { "seed", "seed-nudged" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (NnExperiment) experiment = new_demo (names[i]);

    g_assert_cmpstr (experiment->name, ==, names[i]);
    g_assert_cmpuint (experiment->architecture->n_values, ==, 17);
    g_assert_cmpuint (experiment->nudges->len, ==, 3);
    g_assert_cmpfloat (experiment->loss.target, ==, 5.0f);
    g_assert_cmpfloat (experiment->optimizer.lr, ==, 1e-3);
    assert_good (experiment);
  }
}

static void
test_unknown_demo_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_experiment_new_demo ("sead", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_true (g_str_has_prefix (
      error->message, "there is no demo 'sead'; the demos are first, heal, "));
  g_assert_true (g_str_has_suffix (error->message, ", seed, seed-nudged"));
}

static void
test_demos_nudges_wait_or_stand (void)
{
  g_autoptr (NnExperiment) by_hand = new_demo ("seed");
  g_autoptr (NnExperiment) standing = new_demo ("seed-nudged");

  for (guint i = 0; i < 3; i++) {
    const NnNudge *waits = by_hand->nudges->pdata[i];
    const NnNudge *stands = standing->nudges->pdata[i];

    g_assert_cmpint (waits->time.when, ==, NN_WHEN_MANUAL);
    g_assert_cmpint (stands->time.when, ==, NN_WHEN_EVERY_STEPS);
    g_assert_cmpuint (stands->time.interval, ==, 1);
    g_assert_cmpfloat (waits->amount, ==, stands->amount);
  }
}

static void
test_copy_is_its_own (void)
{
  static const float targets[] = { 1, 2, 3 };
  g_autoptr (NnExperiment) copy = NULL;
  NnExperiment *experiment = new_demo ("seed");

  set_up_inline (experiment, targets, 1, FALSE, 1, NN_LOSS_MSE);
  g_assert_true (nn_experiment_add_nudge (experiment, "out: w/2", NULL, NULL));
  copy = nn_experiment_copy (experiment);
  g_free (experiment->title);
  experiment->title = g_strdup ("other");
  g_ptr_array_set_size (experiment->nudges, 0);
  nn_experiment_free (experiment);

  g_assert_cmpstr (copy->title, ==, "Change weights by hand, keep gradients");
  g_assert_cmpmem (copy->data.table->targets, sizeof targets, targets, sizeof targets);
  g_assert_cmpuint (copy->nudges->len, ==, 1);
  g_assert_cmpstr (copy->architecture->layers[0].name, ==, "out");
  assert_good (copy);
  g_ptr_array_set_size (copy->nudges, 0); /* gives up what it owns */
}

static void
test_nudges_must_name_a_layer (void)
{
  g_autoptr (NnExperiment) experiment = new_demo ("seed");
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_experiment_add_nudge (experiment, "fc4: w/2", NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_false (nn_experiment_add_nudge (experiment, "fc1 w/2", NULL, NULL));
  g_assert_cmpuint (experiment->nudges->len, ==, 3);
  g_assert_true (nn_experiment_add_nudge (experiment, "*: w/2", NULL, NULL));
  g_assert_cmpuint (experiment->nudges->len, ==, 4);

  g_ptr_array_add (experiment->nudges, nn_nudge_parse ("fc4: w/2", NULL));
  assert_bad (experiment, NN_ERROR_UNKNOWN, "nudges[4]: there is no layer 'fc4'");
}

static void
test_layer_names (void)
{
  static const char *const good[] = { "net.0", "fc1", "A-b_9", "-", "0" };
  static const char *const bad[] = { "",     "fc 1", "*",    "é",          "a\n",
                                     ".fc1", "fc1.", "a..b", "fc1.weight", "a.bias" };
  g_autoptr (NnExperiment) experiment = new_demo ("seed");
  g_autofree char *longest = g_strnfill (NN_EXPERIMENT_MAX_NAME, 'x');
  g_autofree char *longer = g_strnfill (NN_EXPERIMENT_MAX_NAME + 1, 'x');

  set_up (experiment, NN_DATA_UNIFORM, 1, NN_LOSS_SQUARED_SUM);
  for (gsize i = 0; i < G_N_ELEMENTS (good) + 1; i++) {
    const char *name = i < G_N_ELEMENTS (good) ? good[i] : longest;

    set_network (experiment, 2, &(NnLayerSpec){ name, 1, NN_ACTIVATION_TANH }, 1);
    assert_good (experiment);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad) + 1; i++) {
    const char *name = i < G_N_ELEMENTS (bad) ? bad[i] : longer;

    set_network (experiment, 2, &(NnLayerSpec){ name, 1, NN_ACTIVATION_TANH }, 1);
    assert_bad (experiment, NN_ERROR_SYNTAX,
                "network.layers[0].name: expected 1 to 64 letters");
  }
  set_network (experiment, 2,
               (const NnLayerSpec[]){ { "a", 1 }, { "b", 1 }, { "c", 1 }, { "b", 1 } },
               4);
  assert_bad (experiment, NN_ERROR_SYNTAX,
              "network.layers[3].name: 'b' is the name of network.layers[1] already");
}

static void
test_network_sizes (void)
{
  NnLayerSpec layers[NN_EXPERIMENT_MAX_LAYERS + 1];
  char names[G_N_ELEMENTS (layers)][8];
  g_autoptr (NnExperiment) experiment = new_demo ("seed");

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++) {
    g_snprintf (names[i], sizeof names[i], "fc%u", (guint) i + 1);
    layers[i] = (NnLayerSpec){ names[i], 1, NN_ACTIVATION_RELU };
  }
  set_up (experiment, NN_DATA_UNIFORM, 1, NN_LOSS_SQUARED_SUM);
  set_network (experiment, 2, layers, NN_EXPERIMENT_MAX_LAYERS);
  assert_good (experiment);
  set_network (experiment, 2, layers, NN_EXPERIMENT_MAX_LAYERS + 1);
  assert_bad (experiment, NN_ERROR_SHAPE, "network.layers: expected at most 64");
  set_network (experiment, 3, layers, 1);
  assert_bad (experiment, NN_ERROR_SHAPE,
              "network: it has 3 features, but the data have 2");

  layers[0].n_units = 0;
  set_network (experiment, 2, layers, 1);
  assert_bad (experiment, NN_ERROR_SHAPE, "network.layers[0].units: ");
  layers[0].n_units = 65536;
  set_network (experiment, 2, layers, 1);
  assert_good (experiment);
  layers[0].n_units = 65537;
  set_network (experiment, 2, layers, 1);
  assert_bad (experiment, NN_ERROR_SHAPE, "network.layers[0].units: ");

  /* 3·65536 + 65537·4092 + 4093 values are 2²⁸ − 58,883; with one unit more, too many. */
  layers[0].n_units = 65536;
  layers[1].n_units = 4092;
  set_network (experiment, 2, layers, 3);
  assert_good (experiment);
  layers[1].n_units = 4093;
  set_network (experiment, 2, layers, 3);
  assert_bad (experiment, NN_ERROR_SHAPE, "network.layers: expected at most 268435456");
}

static void
test_numbers_must_make_sense (void)
{
  g_autoptr (NnExperiment) experiment = new_demo ("seed");

  experiment->loss.target = NAN;
  assert_bad (experiment, NN_ERROR_SYNTAX, "loss.target: ");
  experiment->loss.target = -3;
  experiment->init = (NnInit){ NN_INIT_CONSTANT, INFINITY };
  assert_bad (experiment, NN_ERROR_SYNTAX, "network.init.value: ");
  experiment->init.constant = -0.5f;
  assert_good (experiment);

  set_up (experiment, NN_DATA_PLANE, 1, NN_LOSS_HUBER);
  assert_good (experiment);
  experiment->loss.delta = 0;
  assert_bad (experiment, NN_ERROR_SYNTAX, "loss.delta: ");
  experiment->loss.delta = INFINITY;
  assert_bad (experiment, NN_ERROR_SYNTAX, "loss.delta: ");
  experiment->loss = nn_loss_get_default (NN_LOSS_MSE);

  experiment->batch_size = G_MAXUINT32; /* more than there are examples is all of them */
  assert_good (experiment);
  experiment->batch_size++;
  assert_bad (experiment, NN_ERROR_SHAPE, "batch.size: ");
  experiment->batch_size = 0;

  experiment->optimizer.lr = -1;
  assert_bad (experiment, NN_ERROR_SYNTAX, "optimizer.lr is -1");
  experiment->optimizer.lr = 1;
  experiment->data.validation = 1;
  assert_bad (experiment, NN_ERROR_SYNTAX, "data.validation is 1");
  experiment->data.validation = 0;
  experiment->title[0] = '\xff';
  assert_bad (experiment, NN_ERROR_SYNTAX, "title: expected UTF-8 text");
}

/* What the generators' data are for each loss is what they turn out to be. */
static void
test_generated_targets_fit_their_losses (void)
{
  g_autoptr (NnExperiment) experiment = new_demo ("seed");

  for (NnDataSource source = 0; source < NN_N_DATA_SOURCES; source++) {
    g_autoptr (NnRandom) random = nn_random_new (1);
    g_autoptr (NnDataset) dataset = NULL;

    if (nn_data_source_get_kind (source)->is_table)
      continue;
    set_up (experiment, source, 2, NN_LOSS_CROSS_ENTROPY);
    dataset = nn_dataset_new (&experiment->data, random);
    if (dataset->n_classes > 0)
      assert_good (experiment);
    else
      assert_bad (experiment, NN_ERROR_SHAPE,
                  "loss.type: cross_entropy needs class numbers");
    for (NnLossType loss = NN_LOSS_MSE; loss <= NN_LOSS_BCE_LOGITS; loss++) {
      set_up (experiment, source, MAX (dataset->n_targets, 1), loss);
      if (dataset->n_targets > 0)
        assert_good (experiment);
      else
        assert_bad (experiment, NN_ERROR_SHAPE, "loss.type: ");
    }
    set_up (experiment, source, 3, NN_LOSS_SQUARED_SUM);
    assert_good (experiment);
    set_up (experiment, source, 2, NN_LOSS_MSE);
    assert_bad (experiment, NN_ERROR_SHAPE, "loss.type: mse needs ");
  }
}

static void
test_inline_targets_fit_their_losses (void)
{
  static const float two_classes[] = { 0, 1, 1 };
  static const float three_classes[] = { 0, 2, 1 };
  static const float rows[] = { 1, 2, 3, 4, 5, 6 };
  g_autoptr (NnExperiment) experiment = new_demo ("seed");

  set_up_inline (experiment, three_classes, 1, TRUE, 3, NN_LOSS_CROSS_ENTROPY);
  assert_good (experiment);
  set_up_inline (experiment, three_classes, 1, TRUE, 4, NN_LOSS_CROSS_ENTROPY);
  assert_good (experiment);
  set_up_inline (experiment, three_classes, 1, TRUE, 2, NN_LOSS_CROSS_ENTROPY);
  assert_bad (experiment, NN_ERROR_SHAPE,
              "loss.type: cross_entropy needs an output for each of the 3 classes, but "
              "the last layer's units are 2");
  set_up_inline (experiment, three_classes, 1, FALSE, 3, NN_LOSS_CROSS_ENTROPY);
  assert_bad (experiment, NN_ERROR_SHAPE, "loss.type: cross_entropy needs class numbers");
  set_up_inline (experiment, rows, 2, FALSE, 2, NN_LOSS_CROSS_ENTROPY);
  assert_good (experiment);
  set_up_inline (experiment, rows, 2, FALSE, 3, NN_LOSS_CROSS_ENTROPY);
  assert_bad (experiment, NN_ERROR_SHAPE,
              "loss.type: cross_entropy needs class numbers, or a probability for each "
              "output, but the columns of targets are 2 and the last layer's units 3");
  set_up_inline (experiment, NULL, 0, FALSE, 2, NN_LOSS_CROSS_ENTROPY);
  assert_bad (
      experiment, NN_ERROR_SHAPE,
      "loss.type: cross_entropy needs class numbers or rows of probabilities, but "
      "the targets are not there: ");

  for (NnLossType loss = NN_LOSS_MSE; loss <= NN_LOSS_BCE_LOGITS; loss++) {
    set_up_inline (experiment, two_classes, 1, TRUE, 1, loss);
    assert_good (experiment);
    set_up_inline (experiment, three_classes, 1, TRUE, 1, loss);
    assert_bad (experiment, NN_ERROR_SHAPE, "loss.type: ");
    set_up_inline (experiment, three_classes, 1, FALSE, 1, loss);
    assert_good (experiment);
    set_up_inline (experiment, rows, 2, FALSE, 2, loss);
    assert_good (experiment);
    set_up_inline (experiment, rows, 2, FALSE, 1, loss);
    assert_bad (experiment, NN_ERROR_SHAPE, "loss.type: ");
    set_up_inline (experiment, NULL, 0, FALSE, 1, loss);
    assert_bad (experiment, NN_ERROR_SHAPE, "loss.type: ");
  }
  set_up_inline (experiment, NULL, 0, FALSE, 2, NN_LOSS_SQUARED_SUM);
  assert_good (experiment);
  set_up_inline (experiment, rows, 2, FALSE, 2, NN_LOSS_SQUARED_SUM);
  assert_bad (experiment, NN_ERROR_SHAPE, "data.targets: squared_sum takes none");
}

static void
test_guards_have_names (void)
{
  g_autoptr (GError) error = NULL;
  NnGuard found = NN_GUARD_OFF;

  for (NnGuard guard = 0; guard < NN_N_GUARDS; guard++) {
    g_assert_true (nn_guard_find (nn_guard_get_name (guard), &found, NULL));
    g_assert_cmpint (found, ==, guard);
  }
  g_assert_false (nn_guard_find ("shild", &found, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "unknown guard 'shild': there are shield, check and off");
  g_assert_cmpint (found, ==, NN_GUARD_OFF);
}

/* One more nudge, and the log goes on naming what it named. */
static void
test_added_nudge_leaves_the_log_alone (void)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed-nudged", NULL);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: w/2", NULL);
  const NnEvent events[] = {
    { .kind = NN_EVENT_STAND, .nudge = nudge, .id = 4, .index = 3 },
    { .kind = NN_EVENT_PAUSE, .id = 4 },
    { .kind = NN_EVENT_PAUSE, .id = 1 },
  };
  const guint64 expected[] = { 5, 5, 1 };

  nn_event_append (experiment->events, events, G_N_ELEMENTS (events));
  g_assert_cmpuint (nn_experiment_get_next_nudge_id (experiment), ==, 5);
  g_assert_true (nn_experiment_add_nudge (experiment, "*: w @ by hand", NULL, NULL));
  g_assert_cmpuint (g_array_index (experiment->events, NnEvent, 0).id, ==, 4);
  g_assert_true (nn_experiment_add_nudge (experiment, "*: w/2", NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (g_array_index (experiment->events, NnEvent, i).id, ==, expected[i]);
  g_assert_cmpuint (nn_experiment_get_nudge_id (experiment, 3), ==, 0);
  g_assert_cmpuint (nn_experiment_get_nudge_id (experiment, 4), ==, 4);
  g_assert_cmpuint (nn_experiment_get_next_nudge_id (experiment), ==, 6);
  g_assert_true (nn_experiment_check (experiment, NULL));
}

static gpointer
copy_many_times (gpointer data)
{
  const NnExperiment *shared = (const NnExperiment *) data;

  for (guint i = 0; i < 1000; i++) {
    g_autoptr (NnExperiment) copy = nn_experiment_copy (shared);

    g_assert_cmpuint (copy->nudges->len, ==, shared->nudges->len);
  }
  return NULL;
}

/* ThreadSanitizer is what fails this one. */
static void
test_copies_while_another_thread_drops_it (void)
{
  NnExperiment *shared = nn_experiment_new_demo ("seed-nudged", NULL);
  GThread *thread = g_thread_new ("copies", copy_many_times, shared);

  for (guint i = 0; i < 1000; i++)
    nn_experiment_free (nn_experiment_ref (shared));
  g_thread_join (thread);
  nn_experiment_free (shared);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(name, test) g_test_add_func ("/nn/experiment/" name, test)
  add ("seed-demos-are-the-question", test_seed_demos_are_the_question);
  add ("unknown-demo-is-refused", test_unknown_demo_is_refused);
  add ("demos-nudges-wait-or-stand", test_demos_nudges_wait_or_stand);
  add ("copy-is-its-own", test_copy_is_its_own);
  add ("copies-while-another-thread-drops-it", test_copies_while_another_thread_drops_it);
  add ("nudges-must-name-a-layer", test_nudges_must_name_a_layer);
  add ("added-nudge-leaves-the-log-alone", test_added_nudge_leaves_the_log_alone);
  add ("layer-names", test_layer_names);
  add ("network-sizes", test_network_sizes);
  add ("numbers-must-make-sense", test_numbers_must_make_sense);
  add ("generated-targets-fit-their-losses", test_generated_targets_fit_their_losses);
  add ("inline-targets-fit-their-losses", test_inline_targets_fit_their_losses);
  add ("guards-have-names", test_guards_have_names);
  return g_test_run ();
}
