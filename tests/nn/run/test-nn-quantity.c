/* test-nn-quantity.c - gradients, changes, moments and slow copies of every weight, and a
 * value's way
 *
 * SPDX-License-Identifier: MIT
 *
 * Recorded values are in tests/golden/quantities.json.
 */

#include "nn/run/nn-quantity.h"

#include <math.h>

#include "nn/run/nn-sample.h"
#include "nn/session/nn-past.h"
#include "tests/nn/nn-golden.h"
#include "tests/nn/session-frames.h"
#include "tests/nn/small-trainer.h"

#define SEED                                                                             \
  "'data': {'source': 'uniform', 'examples': 3, 'features': 1},"                         \
  "'network': {'layers': [{'name': 'fc1', 'units': 2, 'activation': 'relu'},"            \
  "{'name': 'fc2', 'units': 3, 'activation': 'relu'}, {'name': 'fc3', 'units': 1}]},"    \
  "'loss': {'type': 'squared_sum', 'target': 5}, 'seed': 1"

#define NUDGED "'nudges': ['fc2.weight: a*w @ every step a=0.99']"

/* Of 1 + |value|: PyTorch's kernels round as they like. */
#define TOLERANCE 1e-5

static gsize
count (const NnTrainer *trainer)
{
  return nn_network_get_architecture (nn_trainer_get_network (trainer))->n_values;
}

static float *
read_all (NnTrainer *trainer, NnQuantity quantity)
{
  float *numbers = g_new (float, count (trainer));

  nn_quantity_read (quantity, trainer, 0, count (trainer), numbers);
  return numbers;
}

static void
check_recorded (NnTrainer *trainer, NnQuantity quantity, const json_t *recorded)
{
  g_autofree float *numbers = read_all (trainer, quantity);
  gboolean any = FALSE;

  g_assert_cmpuint (json_array_size (recorded), ==, count (trainer));
  for (gsize i = 0; i < count (trainer); i++) {
    const double expected = json_number_value (json_array_get (recorded, i));

    g_assert_cmpfloat_with_epsilon ((double) numbers[i], expected,
                                    TOLERANCE * (1 + fabs (expected)));
    any |= numbers[i] != 0;
  }
  g_assert_true (any);
}

static void
check_moments (NnTrainer *trainer, const json_t *moments)
{
  const NnOptimizerType type =
      nn_optimizer_get_settings (nn_trainer_get_optimizer (trainer))->type;
  gsize n = 0;

  for (guint i = NN_QUANTITY_MOMENT_1; i <= NN_QUANTITY_MOMENT_3; i++) {
    const char *name = nn_quantity_get_moment_name (type, (NnQuantity) i);

    if (name == NULL)
      continue;
    g_test_message ("%s", name);
    check_recorded (trainer, (NnQuantity) i, json_object_get (moments, name));
    n++;
  }
  g_assert_cmpuint (n, ==, json_object_size (moments));
}

/* The second example, and what its weights add. */
static void
check_sample (NnTrainer *trainer, const json_t *record)
{
  const NnSampleChoice choice = { .any = TRUE, .example = 1 };
  g_autoptr (NnSample) sample = nn_sample_new (trainer, &choice);
  const json_t *recorded = json_object_get (record, "sample");
  const double loss = json_number_value (json_object_get (record, "sample_loss"));
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  g_autofree float *added = g_new (float, count (trainer));

  g_assert_cmpuint (json_array_size (recorded), ==, 7);
  for (gsize i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon ((double) sample->units[i],
                                    json_number_value (json_array_get (recorded, i)),
                                    TOLERANCE);
  g_assert_cmpfloat_with_epsilon (sample->loss, loss, TOLERANCE * (1 + loss));
  nn_sample_get_contributions (
      sample, nn_network_get_architecture (nn_trainer_get_network (trainer)), values,
      added);
  /* fc3: three weights and a bias come last, and make the output. */
  g_assert_cmpfloat_with_epsilon (added[13] + added[14] + added[15] + added[16],
                                  sample->units[6], 1e-5f);
  g_assert_cmpfloat (added[14], ==, values[14] * sample->units[4]);
}

static NnTrainer *
new_recorded (const json_t *record)
{
  g_autofree char *settings =
      json_dumps (json_object_get (record, "settings"), JSON_COMPACT);
  g_autofree char *keys = g_strdup_printf (
      SEED "," NUDGED ",'optimizer': {'type': '%s', %s",
      json_string_value (json_object_get (record, "optimizer")), settings + 1);

  return small_trainer (keys);
}

static void
test_recorded (void)
{
  json_t *root = golden_load ("quantities.json");
  const json_t *records = json_object_get (root, "cases");
  gsize i;
  json_t *record;

  g_assert_cmpuint (json_array_size (records), ==, NN_N_OPTIMIZERS);
  json_array_foreach (records, i, record)
  {
    g_autoptr (NnTrainer) trainer = new_recorded (record);

    nn_trainer_keep_change (trainer, TRUE);
    small_trainer_steps (trainer,
                         (guint) json_integer_value (json_object_get (record, "steps")));
    check_recorded (trainer, NN_QUANTITY_GRADIENT, json_object_get (record, "gradient"));
    check_recorded (trainer, NN_QUANTITY_OPTIMIZER_CHANGE,
                    json_object_get (record, "optimizer_change"));
    check_recorded (trainer, NN_QUANTITY_NUDGE_CHANGE,
                    json_object_get (record, "nudge_change"));
    check_recorded (trainer, NN_QUANTITY_SINCE_START,
                    json_object_get (record, "since_start"));
    check_sample (trainer, record);
    check_moments (trainer, json_object_get (record, "moments"));
  }
  json_decref (root);
}

static void
assert_all (NnTrainer *trainer, NnQuantity quantity, gboolean known, gboolean zero)
{
  g_autofree float *numbers = read_all (trainer, quantity);

  for (gsize i = 0; i < count (trainer); i++) {
    g_assert_cmpint (!isnan (numbers[i]), ==, known);
    if (known && zero)
      g_assert_cmpfloat (numbers[i], ==, 0);
  }
}

/* What is not there is no zero. */
static void
test_what_there_is_not_is_nan (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (SEED);

  assert_all (trainer, NN_QUANTITY_GRADIENT, FALSE, FALSE);
  assert_all (trainer, NN_QUANTITY_OPTIMIZER_CHANGE, FALSE, FALSE);
  assert_all (trainer, NN_QUANTITY_SINCE_START, TRUE, TRUE);
  assert_all (trainer, NN_QUANTITY_MOMENT_1, TRUE, TRUE);
  assert_all (trainer, NN_QUANTITY_MOMENT_3, FALSE, FALSE);
  assert_all (trainer, NN_QUANTITY_SLOW, FALSE, FALSE);
  nn_trainer_keep_change (trainer, TRUE);
  assert_all (trainer, NN_QUANTITY_NUDGE_CHANGE, FALSE, FALSE);
  small_trainer_steps (trainer, 1);
  assert_all (trainer, NN_QUANTITY_OPTIMIZER_CHANGE, TRUE, FALSE);
  assert_all (trainer, NN_QUANTITY_NUDGE_CHANGE, TRUE, TRUE);
  nn_trainer_reset (trainer);
  assert_all (trainer, NN_QUANTITY_OPTIMIZER_CHANGE, FALSE, FALSE);
}

static void
test_slow_copies_of_those_that_have_one (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (SEED);
  const NnArchitecture *architecture =
      nn_network_get_architecture (nn_trainer_get_network (trainer));
  const NnParameterShape *weight = &architecture->parameters[2];
  g_autofree float *numbers = NULL;

  small_trainer_add (trainer, "fc2.weight: m = 0.9*m + 0.1*w; w");
  small_trainer_steps (trainer, 3);
  numbers = read_all (trainer, NN_QUANTITY_SLOW);
  for (gsize i = 0; i < architecture->n_values; i++)
    g_assert_cmpint (!isnan (numbers[i]), ==,
                     i >= weight->offset && i < weight->offset + weight->n_values);
}

/* What is done by hand, and what is done before the optimizer, is the nudges' part. */
static void
test_parts_of_the_change (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (SEED);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc3.bias: w + 1", NULL);
  const gsize last = count (trainer) - 1;
  const float *values = nn_network_get_values (nn_trainer_get_network (trainer));
  g_autofree float *before = NULL;
  g_autofree float *optimizer = NULL;
  g_autofree float *nudges = NULL;

  small_trainer_add (trainer, "fc3.bias: w + 0.5 @ every step before backward");
  nn_trainer_keep_change (trainer, TRUE);
  small_trainer_steps (trainer, 5);
  before = g_memdup2 (values, count (trainer) * sizeof (float));
  small_trainer_steps (trainer, 1);
  small_trainer_nudge (trainer, nudge);
  optimizer = read_all (trainer, NN_QUANTITY_OPTIMIZER_CHANGE);
  nudges = read_all (trainer, NN_QUANTITY_NUDGE_CHANGE);
  g_assert_cmpfloat_with_epsilon (nudges[last], 1.5f, 1e-6f);
  g_assert_cmpfloat (optimizer[last], !=, 0);
  for (gsize i = 0; i < count (trainer); i++)
    g_assert_cmpfloat_with_epsilon (before[i] + optimizer[i] + nudges[i], values[i],
                                    1e-6f);
}

/* Whether it is kept or not. */
static void
test_the_run_is_the_same (void)
{
  g_autoptr (NnTrainer) plain = small_trainer (SEED "," NUDGED);
  g_autoptr (NnTrainer) kept = small_trainer (SEED "," NUDGED);

  nn_trainer_keep_change (kept, TRUE);
  small_trainer_steps (plain, 50);
  small_trainer_steps (kept, 50);
  small_trainer_assert_same (plain, kept);
}

/* A free input has no target, and other features are those of the example. */
static void
test_free_samples (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (MSE);
  NnSampleChoice choice = {
    .any = TRUE, .example = 20, .n_free = 1, .feature = { 1 }, .value = { 0.5f }
  };
  g_autoptr (NnSample) free = nn_sample_new (trainer, &choice);
  g_autoptr (NnSample) given = NULL;

  choice.n_free = 0;
  given = nn_sample_new (trainer, &choice);
  g_assert_true (isnan (free->loss));
  g_assert_true (isfinite (given->loss));
  g_assert_cmpfloat (free->units[0], ==, given->units[0]);
  g_assert_cmpfloat (free->units[1], ==, 0.5f);
  choice.example = 23;
  g_assert_null (nn_sample_new (trainer, &choice));
}

/* ---- frames ------------------------------------------------------------------------ */

static void
test_frames_carry_what_was_asked_for (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (SEED);
  NnSession *session = nn_session_new (experiment, NULL);
  NnFrame *frame = settled_frame (session);

  for (gsize i = 0; i < NN_N_QUANTITIES; i++)
    g_assert_null (frame->numbers[i]);
  g_assert_null (frame->watched);
  nn_frame_unref (frame);

  nn_session_carry (session, NN_QUANTITY_BIT (NN_QUANTITY_GRADIENT) |
                                 NN_QUANTITY_BIT (NN_QUANTITY_OPTIMIZER_CHANGE));
  nn_session_step (session);
  frame = settled_frame (session);
  for (gsize i = 0; i < NN_N_QUANTITIES; i++)
    g_assert_cmpint (frame->numbers[i] != NULL, ==,
                     i == NN_QUANTITY_GRADIENT || i == NN_QUANTITY_OPTIMIZER_CHANGE);
  g_assert_false (isnan (frame->numbers[NN_QUANTITY_GRADIENT][0]));
  g_assert_false (isnan (frame->numbers[NN_QUANTITY_OPTIMIZER_CHANGE][0]));
  nn_frame_unref (frame);
  nn_session_free (session);
}

/* Seed 0: every ReLU is off; of seed 1 those are told that are. */
static void
test_off_units_are_told (void)
{
  static const char *const seeds[] = { "'seed': 0", "'seed': 1" };

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++) {
    g_autofree char *keys = g_strndup (SEED, strlen (SEED) - strlen ("'seed': 1"));
    g_autofree char *all = g_strconcat (keys, seeds[i], NULL);
    g_autoptr (NnExperiment) experiment = small_experiment (all);
    NnSession *session = nn_session_new (experiment, NULL);
    NnFrame *frame = settled_frame (session);

    if (i == 0) {
      g_assert_nonnull (frame->off);
      for (gsize unit = 3; unit < 6; unit++)
        g_assert_true (frame->off[unit]);
      g_assert_false (frame->off[0]);
      g_assert_false (frame->off[6]);
    } else if (frame->off) {
      for (gsize unit = 1; unit < 6; unit++) {
        gboolean zero = TRUE;

        for (gsize p = 0; p < frame->probes.n; p++)
          zero &= frame->activations[unit * frame->probes.n + p] == 0;
        g_assert_true (!zero || frame->off[unit]);
      }
    }
    nn_frame_unref (frame);
    nn_session_free (session);
  }
}

/* Of a small network from the beginning, though it is asked for later. */
static void
test_way_of_a_value (void)
{
  g_autoptr (NnExperiment) experiment = small_experiment (SEED);
  NnSession *session = nn_session_new (experiment, NULL);
  NnFrame *frame;

  for (guint i = 0; i < 3; i++) {
    nn_frame_unref (settled_frame (session));
    nn_session_step (session);
  }
  nn_frame_unref (settled_frame (session));
  nn_session_watch (session, 4);
  frame = settled_frame (session);
  g_assert_nonnull (frame->watched);
  g_assert_cmpuint (frame->watched->index, ==, 4);
  g_assert_cmpuint (frame->watched->n_points, ==, 4);
  g_assert_cmpuint (frame->watched->points[0].step, ==, 0);
  g_assert_cmpuint (frame->watched->points[3].step, ==, 3);
  g_assert_cmpfloat (frame->watched->points[3].value, ==, frame->values[4]);
  nn_frame_unref (frame);

  nn_session_go_to (session, 1);
  frame = settled_frame (session);
  g_assert_cmpuint (frame->watched->n_points, ==, 2);
  nn_frame_unref (frame);
  nn_session_free (session);
}

static void
test_past_is_thinned (void)
{
  g_autoptr (NnPast) past = nn_past_new ();
  g_autofree NnPastPoint *points = NULL;
  gsize n;

  nn_past_watch (past, 1);
  for (guint step = 0; step <= 10000; step++)
    nn_past_see (past, past, step, (const float[]){ 0, (float) step }, 2);
  points = nn_past_dup_points (past, &n);
  g_assert_cmpuint (n, >, NN_PAST_FRAMES / 4);
  g_assert_cmpuint (n, <=, NN_PAST_FRAMES);
  g_assert_cmpuint (points[0].step, ==, 0);
  g_assert_cmpuint (points[n - 1].step, ==, 10000);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (points[i].value, ==, (float) points[i].step);
}

/* One number is the same as that of all. */
static void
test_one_of_all (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (SEED "," NUDGED);

  nn_trainer_keep_change (trainer, TRUE);
  small_trainer_add (trainer, "fc2.weight: m = 0.9*m + 0.1*w; w");
  small_trainer_steps (trainer, 3);
  for (guint q = 0; q < NN_N_QUANTITIES; q++) {
    g_autofree float *all = read_all (trainer, (NnQuantity) q);

    for (gsize i = 0; i < count (trainer); i++) {
      float one;

      nn_quantity_read ((NnQuantity) q, trainer, i, 1, &one);
      g_assert_true (one == all[i] || (isnan (one) && isnan (all[i])));
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/quantity/as-pytorch", test_recorded);
  g_test_add_func ("/nn/quantity/what-there-is-not-is-nan",
                   test_what_there_is_not_is_nan);
  g_test_add_func ("/nn/quantity/slow-copies", test_slow_copies_of_those_that_have_one);
  g_test_add_func ("/nn/quantity/parts-of-the-change", test_parts_of_the_change);
  g_test_add_func ("/nn/quantity/free-samples", test_free_samples);
  g_test_add_func ("/nn/quantity/the-run-is-the-same", test_the_run_is_the_same);
  g_test_add_func ("/nn/quantity/frames-carry-what-was-asked-for",
                   test_frames_carry_what_was_asked_for);
  g_test_add_func ("/nn/quantity/off-units", test_off_units_are_told);
  g_test_add_func ("/nn/quantity/way-of-a-value", test_way_of_a_value);
  g_test_add_func ("/nn/quantity/one-of-all", test_one_of_all);
  g_test_add_func ("/nn/quantity/past-is-thinned", test_past_is_thinned);
  return g_test_run ();
}
