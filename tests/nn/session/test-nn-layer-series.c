/* test-nn-layer-series.c - norms, dead units and histograms of layers, and their series
 *
 * SPDX-License-Identifier: MIT
 *
 * Recorded values are in tests/golden/layers.json.
 */

#include "nn/session/nn-layer-series.h"

#include <math.h>

#include "tests/nn/nn-golden.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

#define NETWORK3                                                                         \
  "'data': {'source': 'uniform', 'examples': 3, 'features': 1},"                         \
  "'network': {'layers': [{'name': 'fc1', 'units': 2, 'activation': 'relu'},"            \
  "{'name': 'fc2', 'units': 3, 'activation': 'relu'}, {'name': 'fc3', 'units': 1}]},"    \
  "'loss': {'type': 'squared_sum', 'target': 5},"                                        \
  "'optimizer': {'type': 'adam', 'lr': 0.01}"

/* Of 1 + |value|: PyTorch's kernels round as they like. */
#define TOLERANCE 1e-5

static NnTrainer *
new_trainer (guint seed)
{
  g_autofree char *keys = g_strdup_printf (NETWORK3 ", 'seed': %u", seed);
  NnTrainer *trainer = small_trainer (keys);

  nn_trainer_keep_change (trainer, TRUE);
  return trainer;
}

static gsize
count_layers (const NnTrainer *trainer)
{
  return nn_network_get_architecture (nn_trainer_get_network (trainer))->n_layers;
}

static float *
measure (NnTrainer *trainer)
{
  g_autoptr (NnLayerMeasures) measures = nn_layer_measures_new ();
  float *numbers = g_new (float, count_layers (trainer) * NN_N_MEASURES);

  nn_layer_measures_compute (measures, trainer, numbers);
  return numbers;
}

/* ---- against PyTorch --------------------------------------------------------------- */

static void
check_bins (const guint *bins, const json_t *recorded)
{
  g_assert_cmpuint (json_array_size (recorded), ==, NN_HISTOGRAM_BINS);
  for (gsize i = 0; i < NN_HISTOGRAM_BINS; i++)
    g_assert_cmpuint (bins[i], ==, json_integer_value (json_array_get (recorded, i)));
}

static void
check_histogram (const NnTrainer *trainer, gsize layer, const json_t *recorded)
{
  NnHistogram histogram;

  nn_histogram_compute (&histogram, trainer, layer);
  g_assert_cmpfloat_with_epsilon ((double) histogram.low,
                                  json_number_value (json_object_get (recorded, "low")),
                                  1e-5);
  g_assert_cmpfloat_with_epsilon ((double) histogram.high,
                                  json_number_value (json_object_get (recorded, "high")),
                                  1e-5);
  check_bins (histogram.now, json_object_get (recorded, "now"));
  check_bins (histogram.start, json_object_get (recorded, "start"));
}

static void
check_run (const json_t *run)
{
  g_autoptr (NnTrainer) trainer =
      new_trainer ((guint) json_integer_value (json_object_get (run, "seed")));
  const json_t *layers = json_object_get (run, "layers");
  g_autofree float *numbers = NULL;

  small_trainer_steps (trainer,
                       (guint) json_integer_value (json_object_get (run, "steps")));
  numbers = measure (trainer);
  g_assert_cmpuint (json_array_size (layers), ==, count_layers (trainer));
  for (gsize i = 0; i < count_layers (trainer); i++) {
    const json_t *layer = json_array_get (layers, i);

    for (guint m = 0; m < NN_N_MEASURES; m++) {
      const double expected = json_number_value (
          json_object_get (layer, nn_measure_get_name ((NnMeasure) m)));

      g_assert_cmpfloat_with_epsilon ((double) numbers[i * NN_N_MEASURES + m], expected,
                                      TOLERANCE * (1 + expected));
    }
    check_histogram (trainer, i, json_object_get (layer, "histogram"));
  }
}

static void
test_measures_are_pytorchs (void)
{
  json_t *root = golden_load ("layers.json");
  const json_t *runs = json_object_get (root, "runs");
  gsize i;
  json_t *run;

  g_assert_cmpuint (json_array_size (runs), >=, 4);
  json_array_foreach (runs, i, run) check_run (run);
  json_decref (root);
}

/* What is not there is no zero. */
static void
test_before_the_first_step_there_is_no_update (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer (1);
  g_autofree float *numbers = measure (trainer);

  for (gsize i = 0; i < count_layers (trainer); i++) {
    const float *row = numbers + i * NN_N_MEASURES;

    g_assert_cmpfloat (row[NN_MEASURE_WEIGHT], >, 0);
    g_assert_true (isnan (row[NN_MEASURE_GRADIENT]));
    g_assert_true (isnan (row[NN_MEASURE_UPDATE]));
    g_assert_false (isnan (row[NN_MEASURE_DEAD]));
  }
}

static void
test_run_is_the_same (void)
{
  g_autoptr (NnTrainer) trainer = new_trainer (2);
  g_autoptr (NnTrainer) plain = new_trainer (2);

  for (guint i = 0; i < 10; i++) {
    g_autofree float *numbers = measure (trainer);

    g_assert_nonnull (numbers);
    small_trainer_steps (trainer, 3);
    small_trainer_steps (plain, 3);
  }
  small_trainer_assert_same (trainer, plain);
}

/* ---- along a run ------------------------------------------------------------------- */

static void
record (NnLayerRecorder *recorder, NnTrainer *trainer, guint n_steps)
{
  small_trainer_steps (trainer, n_steps);
  nn_layer_recorder_measure (recorder, trainer, NN_LAYER_REST_NONE);
}

static void
assert_rises (const NnLayerSeries *series, guint64 last)
{
  for (gsize i = 1; i < series->n_points; i++)
    g_assert_cmpuint (series->steps[i - 1], <, series->steps[i]);
  g_assert_cmpuint (series->steps[series->n_points - 1], ==, last);
}

static void
test_points_are_bounded_and_even (void)
{
  g_autoptr (NnLayerRecorder) recorder = nn_layer_recorder_new ();
  g_autoptr (NnTrainer) trainer = new_trainer (1);
  g_autoptr (NnLayerSeries) series = NULL;
  g_autofree float *numbers = NULL;
  const guint n = 5 * NN_LAYER_SERIES_MOST + 77;
  guint64 widest = 0;

  for (guint i = 0; i < n; i++)
    record (recorder, trainer, 1);
  series = nn_layer_recorder_dup_series (recorder, n);
  g_assert_cmpuint (series->n_points, <=, NN_LAYER_SERIES_MOST);
  g_assert_cmpuint (series->n_points, >, NN_LAYER_SERIES_MOST / 3);
  assert_rises (series, n);
  for (gsize i = 1; i < series->n_points; i++)
    widest = MAX (widest, series->steps[i] - series->steps[i - 1]);
  g_assert_cmpuint (widest, <=, 4 * n / NN_LAYER_SERIES_MOST);
  g_assert_cmpuint (series->histogram_step, ==, n);
  numbers = measure (trainer);
  g_assert_cmpmem (series->values + (series->n_points - 1) * 3 * NN_N_MEASURES,
                   3 * NN_N_MEASURES * sizeof (float), numbers,
                   3 * NN_N_MEASURES * sizeof (float));
}

static void
test_going_another_way_forgets_the_first (void)
{
  g_autoptr (NnLayerRecorder) recorder = nn_layer_recorder_new ();
  g_autoptr (NnTrainer) trainer = new_trainer (1);
  g_autoptr (NnTrainerState) state = NULL;
  g_autoptr (NnLayerSeries) before = NULL;
  g_autoptr (NnLayerSeries) after = NULL;

  for (guint i = 0; i < 10; i++) {
    record (recorder, trainer, 1);
    if (i == 4)
      state = nn_trainer_save (trainer);
  }
  before = nn_layer_recorder_dup_series (recorder, 5);
  g_assert_cmpuint (before->n_points, ==, 5);
  nn_trainer_restore (trainer, state);
  nn_layer_recorder_measure (recorder, trainer,
                             NN_LAYER_REST_NONE); /* it is still the same way */
  nn_layer_recorder_cut (recorder, 6);
  after = nn_layer_recorder_dup_series (recorder, 100);
  g_assert_cmpuint (after->n_points, ==, 5);
  assert_rises (after, 5);
}

/* However soon after a measurement. */
static void
test_other_layers_are_not_put_off (void)
{
  g_autoptr (NnLayerRecorder) recorder = nn_layer_recorder_new ();
  g_autoptr (NnTrainer) three = new_trainer (1);
  g_autoptr (NnTrainer) two = small_trainer (
      MOONS
      ", 'loss': {'type': 'mse'}, 'network': {'layers': [{'units': 2}, {'units': 1}]}");
  g_autoptr (NnLayerSeries) put_off = NULL;
  g_autoptr (NnLayerSeries) anew = NULL;

  nn_layer_recorder_measure (recorder, three, NN_LAYER_REST_NONE);
  small_trainer_steps (three, 1);
  nn_layer_recorder_measure (recorder, three, G_MAXUINT);
  put_off = nn_layer_recorder_dup_series (recorder, 1);
  g_assert_cmpuint (put_off->n_points, ==, 1);
  nn_layer_recorder_measure (recorder, two, G_MAXUINT);
  anew = nn_layer_recorder_dup_series (recorder, 1);
  g_assert_cmpuint (anew->n_layers, ==, 2);
  g_assert_cmpuint (anew->n_points, ==, 1);
}

/* Runs for some frames, none of which has them, and pauses.
 *
 * Returns: the first that has them */
static NnFrame *
ask_late (const NnExperiment *experiment, guint n_frames)
{
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);

  nn_session_run (session);
  for (guint i = 0; i < n_frames; i++) {
    g_autoptr (NnFrame) frame = next_frame (session);

    g_assert_null (frame->layers);
    g_usleep (2000);
  }
  nn_session_pause (session);
  nn_session_set_layers (session, TRUE);
  return settled_frame (session);
}

/* Of a small network the run's beginning is there when it is asked for, and what came
 * after it, if there was time to measure that. */
static void
test_small_networks_have_their_beginning (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (NETWORK3);
  guint n_frames = 50;
  gsize n_points;

  do {
    g_autoptr (NnFrame) frame = ask_late (experiment, n_frames);

    g_assert_cmpuint (frame->layers->steps[0], ==, 0);
    assert_rises (frame->layers, frame->step);
    n_points = frame->layers->n_points;
    n_frames *= 2;
    g_assert_cmpuint (n_frames, <, 10000);
  } while (n_points < 4);
}

/* Of a large one nothing is measured until it is asked for. */
static void
test_large_networks_begin_when_seen (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (MOONS ", 'loss': {'type': 'mse'}, 'network': {'layers': ["
                              "{'units': 70}, {'units': 70}, {'units': 1}]}");
  g_autoptr (NnFrame) frame = ask_late (experiment, 5);

  g_assert_cmpuint (frame->step, >, 0);
  g_assert_cmpuint (frame->layers->n_points, ==, 1);
  assert_rises (frame->layers, frame->step);
}

/* Frames have them if they are asked for, and not else. */
static void
test_frames_have_them_if_asked (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (NETWORK3);
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnFrame) without = NULL;
  g_autoptr (NnFrame) with = NULL;
  g_autoptr (NnFrame) later = NULL;

  nn_session_step (session);
  without = settled_frame (session);
  g_assert_null (without->layers);
  nn_session_set_layers (session, TRUE);
  with = settled_frame (session);
  g_assert_cmpuint (with->step, ==, 1);
  g_assert_cmpuint (with->layers->n_points, >=, 1); /* one of step 0, if there was time */
  g_assert_cmpuint (with->layers->n_layers, ==, 3);
  nn_session_step (session);
  nn_session_step (session);
  later = settled_frame (session);
  g_assert_cmpuint (later->step, ==, 3);
  assert_rises (later->layers, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/layer-series/measures-are-pytorchs", test_measures_are_pytorchs);
  g_test_add_func ("/nn/layer-series/before-the-first-step-there-is-no-update",
                   test_before_the_first_step_there_is_no_update);
  g_test_add_func ("/nn/layer-series/run-is-the-same", test_run_is_the_same);
  g_test_add_func ("/nn/layer-series/points-are-bounded-and-even",
                   test_points_are_bounded_and_even);
  g_test_add_func ("/nn/layer-series/going-another-way-forgets-the-first",
                   test_going_another_way_forgets_the_first);
  g_test_add_func ("/nn/layer-series/other-layers-are-not-put-off",
                   test_other_layers_are_not_put_off);
  g_test_add_func ("/nn/layer-series/small-networks-have-their-beginning",
                   test_small_networks_have_their_beginning);
  g_test_add_func ("/nn/layer-series/large-networks-begin-when-seen",
                   test_large_networks_begin_when_seen);
  g_test_add_func ("/nn/layer-series/frames-have-them-if-asked",
                   test_frames_have_them_if_asked);
  return g_test_run ();
}
