/* test-nn-demos.c - what each demo says of itself is so
 *
 * SPDX-License-Identifier: MIT
 *
 * The bounds are those of the story, not of the bits: processors round differently.
 */

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-demo.h"
#include "nn/io/nn-experiment-file.h"
#include "nn/run/nn-timeline.h"

static NnTimeline *
new_run (const NnExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  NnTimeline *run = nn_timeline_new (experiment, 0, &error);

  g_assert_no_error (error);
  return run;
}

static NnTimeline *
start (const char *demo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo (demo, &error);

  g_assert_no_error (error);
  return new_run (experiment);
}

/* Returns: the loss of @step */
static float
train_to (NnTimeline *run, guint64 step)
{
  NnTrainer *trainer = nn_timeline_get_trainer (run);
  g_autoptr (GError) error = NULL;

  while (nn_trainer_get_n_steps (trainer) < step) {
    g_assert_true (nn_timeline_step (run, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, step);
  return nn_trainer_get_step_loss (trainer);
}

static const float *
get_values (NnTimeline *run)
{
  return nn_network_get_values (nn_trainer_get_network (nn_timeline_get_trainer (run)));
}

static float
validate (NnTimeline *run)
{
  return nn_trainer_evaluate_held_out (nn_timeline_get_trainer (run));
}

static void
assert_between (float value, double least, double most)
{
  g_assert_cmpfloat ((double) value, >=, least);
  g_assert_cmpfloat ((double) value, <=, most);
}

/* --- All of them ------------------------------------------------------------------- */

static void
test_each_says_what_it_is (void)
{
  const char *const *names = nn_experiment_get_demo_names ();
  g_autoptr (GHashTable) titles =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (names[0], ==, "first");
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnExperiment) demo = nn_experiment_new_demo (names[i], &error);

    g_assert_no_error (error);
    g_assert_cmpstr (demo->name, ==, names[i]);
    g_assert_true (g_hash_table_add (titles, g_strdup (demo->title)));
    g_assert_cmpuint (strlen (demo->story), <, 150); /* two lines of a narrow window */
    g_assert_true (demo->speed > 0 || g_str_has_prefix (demo->name, "seed"));
  }
  g_assert_cmpuint (g_hash_table_size (titles), ==, 13);
}

static void
test_files_keep_story_and_speed (void)
{
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("heal", NULL);
  g_autofree char *text = nn_experiment_file_format (demo);
  g_autoptr (NnExperiment) again =
      nn_experiment_file_parse (text, strlen (text), "again", NULL);
  g_autoptr (NnExperiment) copy = nn_experiment_copy (again);

  g_assert_cmpstr (copy->story, ==, demo->story);
  g_assert_cmpfloat (copy->speed, ==, 60);
}

static void
test_a_speed_has_a_range (void)
{
  static const char *const speeds[] = { "0", "0.05", "-3", "1e6", "true" };
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("heal", NULL);
  g_autofree char *text = nn_experiment_file_format (demo);

  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++) {
    g_autoptr (GString) wrong = g_string_new (text);
    g_autofree char *speed = g_strconcat ("\"speed\": ", speeds[i], ",", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (g_string_replace (wrong, "\"speed\": 60,", speed, 0), ==, 1);
    g_assert_null (nn_experiment_file_parse (wrong->str, wrong->len, "x", &error));
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "speed: "));
  }
}

/* --- One by one -------------------------------------------------------------------- */

/* Slow enough to be seen phase by phase; its nudge lands in the second step's section, and
 * training goes on all the same. */
static void
test_a_slow_step_has_a_nudge (void)
{
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("slow", NULL);
  g_autoptr (NnTimeline) run = start ("slow");
  gsize n;

  g_assert_cmpfloat (demo->speed, ==, 0.1);
  train_to (run, 1);
  nn_trainer_get_landings (nn_timeline_get_trainer (run), &n);
  g_assert_cmpuint (n, ==, 0);
  train_to (run, 2);
  nn_trainer_get_landings (nn_timeline_get_trainer (run), &n);
  g_assert_cmpuint (n, ==, 1);
}

/* Each card's nudge, applied after so many steps, can be seen, and the run goes on as it
 * would have. */
static void
test_first_nudges_are_seen_and_survived (void)
{
  static const guint64 steps[] = { 1, 100, 300, 500 };
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("first", NULL);

  for (guint i = 0; i < demo->nudges->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (steps); k++) {
      g_autoptr (NnTimeline) run = new_run (demo);
      const NnEvent nudge = { .kind = NN_EVENT_NUDGE, .nudge = demo->nudges->pdata[i] };
      float before, after;

      train_to (run, steps[k]);
      before = nn_trainer_evaluate (nn_timeline_get_trainer (run));
      g_assert_true (nn_timeline_do (run, &nudge, NULL));
      after = nn_trainer_evaluate (nn_timeline_get_trainer (run));
      g_assert_cmpfloat (fabsf (after - before), >, 0.01f);
      g_assert_cmpfloat (train_to (run, steps[k] + 900), <, 0.001f);
    }
}

/* The first time, when the slow copy is what the weight is, such a function moves none. */
static gboolean
needs_slow_copy (const NnNudge *nudge)
{
  return (nn_expression_get_needs (nudge->expression) & NN_NEED_SLOW) != 0;
}

/* What cards begin with, of each function, on each layer of a trained network. */
static void
test_first_amounts_are_seen_and_survived (void)
{
  static const char *const layers[] = { "fc1", "fc2", "fc3" };
  gsize n;
  const NnFunction *functions = nn_catalogue_get (&n);

  for (gsize i = 0; i < n * G_N_ELEMENTS (layers); i++) {
    const NnFunction *function = &functions[i / G_N_ELEMENTS (layers)];
    g_autofree char *text =
        g_strdup_printf ("%s.weight: %s @ by hand a=%.9g", layers[i % 3],
                         function->expression, (double) function->first);
    g_autoptr (NnTimeline) run = NULL;
    g_autoptr (NnNudge) nudge = nn_nudge_parse (text, NULL);
    float before, after;

    if (!function->has_amount || needs_slow_copy (nudge))
      continue;
    run = start ("heal");
    train_to (run, 200);
    before = nn_trainer_evaluate (nn_timeline_get_trainer (run));
    g_assert_true (
        nn_timeline_do (run, &(NnEvent){ .kind = NN_EVENT_NUDGE, .nudge = nudge }, NULL));
    after = nn_trainer_evaluate (nn_timeline_get_trainer (run));
    g_test_message ("%s: %g, %g", text, (double) before, (double) after);
    g_assert_cmpfloat (fabsf (after - before), >, 0.01f * before);
    g_assert_cmpfloat (train_to (run, 399), <, 0.03f);
  }
}

static void
test_a_pruned_network_heals (void)
{
  g_autoptr (NnTimeline) run = start ("heal");

  assert_between (train_to (run, 1), 0.65, 0.75);
  assert_between (train_to (run, 400), 0, 0.002);
  assert_between (train_to (run, 401), 0.6, 1.2);
  assert_between (train_to (run, 450), 0, 0.02);
}

static void
test_order_matters_more_than_size (void)
{
  g_autoptr (NnTimeline) run = start ("permute");

  assert_between (train_to (run, 400), 0, 0.003);
  assert_between (train_to (run, 401), 0.005, 0.05); /* halved */
  assert_between (train_to (run, 800), 0, 0.001);
  assert_between (train_to (run, 801), 2, 30); /* in another order */
}

static void
test_two_bits_are_too_few (void)
{
  g_autoptr (NnTimeline) run = start ("bits");

  assert_between (train_to (run, 400), 0, 0.0003);
  assert_between (train_to (run, 401), 0, 0.001);
  assert_between (train_to (run, 600), 0, 0.0001);
  assert_between (train_to (run, 601), 0.7, 4);
  assert_between (train_to (run, 700), 0, 0.005);
}

static void
test_a_dead_network_is_revived (void)
{
  g_autoptr (NnTimeline) run = start ("dead");
  const gsize n_weights =
      nn_network_get_architecture (nn_trainer_get_network (nn_timeline_get_trainer (run)))
          ->n_values -
      1; /* all but the last bias */
  g_autofree float *values = g_memdup2 (get_values (run), n_weights * sizeof (float));

  train_to (run, 399);
  g_assert_cmpmem (values, n_weights * sizeof (float), get_values (run),
                   n_weights * sizeof (float));
  assert_between (train_to (run, 400), 0.46, 0.475);
  assert_between (train_to (run, 500), 0, 0.005);
}

static void
test_noise_breaks_zeros (void)
{
  g_autoptr (NnTimeline) run = start ("zeros");

  g_assert_cmpfloat (train_to (run, 1), ==, (float) G_LN2);
  g_assert_cmpfloat (train_to (run, 200), ==, (float) G_LN2);
  assert_between (train_to (run, 300), 0, 0.05);
}

/* fc1.weight[0,:] and fc1.bias[0] */
static gboolean
first_neuron_is (NnTimeline *run, const float *weights, float bias)
{
  return memcmp (get_values (run), weights, 2 * sizeof (float)) == 0 &&
         get_values (run)[6] == bias;
}

static void
test_a_pinned_neuron_stays (void)
{
  g_autoptr (NnTimeline) run = start ("pinned");
  const float weights[] = { get_values (run)[0], get_values (run)[1] };
  const float bias = get_values (run)[6];

  train_to (run, 400);
  g_assert_true (first_neuron_is (run, weights, bias));
  assert_between (train_to (run, 800), 0.09, 0.14);
  g_assert_true (first_neuron_is (run, weights, bias));
  assert_between (train_to (run, 1000), 0.02, 0.05);
  g_assert_false (first_neuron_is (run, weights, bias));
}

static void
test_moons_are_kept_from_overfitting (void)
{
  g_autoptr (NnExperiment) demo = nn_experiment_new_demo ("moons", NULL);
  g_autoptr (NnTimeline) nudged = new_run (demo);
  g_autoptr (NnTimeline) plain = NULL;

  nn_experiment_remove_nudges (demo);
  plain = new_run (demo);
  train_to (nudged, 2000);
  g_assert_cmpfloat (train_to (plain, 2000), <, 0.001f);
  g_assert_cmpfloat (validate (nudged), <, 0.6f * validate (plain));
}

static void
test_a_sine_comes_back (void)
{
  g_autoptr (NnTimeline) run = start ("sine");

  assert_between (train_to (run, 600), 0.009, 0.012); /* the noise's variance */
  assert_between (train_to (run, 601), 1.5, 3);       /* twice as far off at each point */
  assert_between (train_to (run, 900), 0.009, 0.013);
}

static void
test_iris_without_an_input_heals (void)
{
  g_autoptr (NnTimeline) run = start ("iris");

  train_to (run, 299);
  assert_between (validate (run), 0.05, 0.12);
  train_to (run, 300);
  assert_between (validate (run), 0.4, 1.2);
  train_to (run, 350);
  assert_between (validate (run), 0.05, 0.2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/demos/each-says-what-it-is", test_each_says_what_it_is);
  g_test_add_func ("/nn/demos/a-slow-step-has-a-nudge", test_a_slow_step_has_a_nudge);
  g_test_add_func ("/nn/demos/files-keep-story-and-speed",
                   test_files_keep_story_and_speed);
  g_test_add_func ("/nn/demos/a-speed-has-a-range", test_a_speed_has_a_range);
  g_test_add_func ("/nn/demos/first-nudges-are-seen-and-survived",
                   test_first_nudges_are_seen_and_survived);
  g_test_add_func ("/nn/demos/first-amounts-are-seen-and-survived",
                   test_first_amounts_are_seen_and_survived);
  g_test_add_func ("/nn/demos/a-pruned-network-heals", test_a_pruned_network_heals);
  g_test_add_func ("/nn/demos/order-matters-more-than-size",
                   test_order_matters_more_than_size);
  g_test_add_func ("/nn/demos/two-bits-are-too-few", test_two_bits_are_too_few);
  g_test_add_func ("/nn/demos/a-dead-network-is-revived", test_a_dead_network_is_revived);
  g_test_add_func ("/nn/demos/noise-breaks-zeros", test_noise_breaks_zeros);
  g_test_add_func ("/nn/demos/a-pinned-neuron-stays", test_a_pinned_neuron_stays);
  g_test_add_func ("/nn/demos/moons-are-kept-from-overfitting",
                   test_moons_are_kept_from_overfitting);
  g_test_add_func ("/nn/demos/a-sine-comes-back", test_a_sine_comes_back);
  g_test_add_func ("/nn/demos/iris-without-an-input-heals",
                   test_iris_without_an_input_heals);
  return g_test_run ();
}
