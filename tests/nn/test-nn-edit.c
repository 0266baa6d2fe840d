/* test-nn-edit.c - what is being trained changes, in the midst of a run
 *
 * SPDX-License-Identifier: MIT
 *
 * What follows an edit is PyTorch's: test-nn-experiments.c. That any sequence of edits is
 * undone and repeated to the bit: test-nn-random-histories.c.
 */

#include "nn/base/nn-error.h"
#include "nn/experiment/nn-change.h"
#include "nn/experiment/nn-fit.h"
#include "nn/io/nn-experiment-demo.h"
#include "nn/run/nn-checkpoints.h"
#include "nn/run/nn-timeline.h"
#include "nn/session/nn-answers.h"
#include "nn/session/nn-frame-of-run.h"
#include "nn/session/nn-ghost.h"
#include "nn/whatif/nn-trial.h"
#include "session-frames.h"
#include "small-edit.h"

#define RELU_NETWORK                                                                     \
  "'network': {'layers': [{'units': 6, 'activation': 'relu'},"                           \
  " {'units': 5, 'activation': 'tanh'}, {'units': 1}]}"
#define RELU MOONS "," RELU_NETWORK ", 'loss': {'type': 'mse'}"
#define WIDER                                                                            \
  "'network': {'layers': [{'units': 9, 'activation': 'relu'},"                           \
  " {'units': 8, 'activation': 'tanh'}, {'units': 1}]}"
#define DEEPER                                                                           \
  "'network': {'layers': [{'units': 6, 'activation': 'relu'},"                           \
  " {'name': 'new', 'units': 7, 'activation': 'relu'},"                                  \
  " {'name': 'fc2', 'units': 5, 'activation': 'tanh'},"                                  \
  " {'name': 'fc3', 'units': 1}]}"
#define NARROWER                                                                         \
  "'network': {'layers': [{'units': 4, 'activation': 'relu'},"                           \
  " {'units': 3, 'activation': 'tanh'}, {'units': 1}]}"
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
    g_assert_cmpstr (nn_change_kind_get_name (change->kind), ==,
                     nn_change_kind_get_name (edits[i].kind));
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

static void
test_what_does_not_fit_is_refused (void)
{
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
    { "'network': {'layers': [{'name': 'a', 'was': 'fc4', 'units': 1}]}",
      NN_ERROR_UNKNOWN,
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

/* ---- along the timeline ------------------------------------------------------------ */

static NnTimeline *
new_timeline (const char *keys, gsize budget)
{
  g_autoptr (NnExperiment) experiment = small_experiment (keys);
  NnTimeline *timeline = nn_timeline_new (experiment, budget, NULL);

  g_assert_nonnull (timeline);
  return timeline;
}

static void
edit (NnTimeline *timeline, const char *keys)
{
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  g_autoptr (NnEdit) small = small_edit (nn_trainer_get_experiment (trainer), keys);
  g_autoptr (GError) error = NULL;

  nn_timeline_do (timeline, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = small }, &error);
  g_assert_no_error (error);
}

static void
steps (NnTimeline *timeline, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
}

static void
undo (NnTimeline *timeline)
{
  nn_timeline_undo (timeline);
  nn_timeline_travel (timeline, G_MAXUINT64);
}

static void
redo (NnTimeline *timeline)
{
  nn_timeline_redo (timeline);
  nn_timeline_travel (timeline, G_MAXUINT64);
}

static gsize
count_values (NnTimeline *timeline)
{
  return nn_trainer_get_experiment (nn_timeline_get_trainer (timeline))
      ->architecture->n_values;
}

static void
test_timeline_holds_several_shapes (void)
{
  g_autoptr (NnTimeline) timeline = new_timeline (RELU "," SHUFFLED, 40000);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  const gsize n_values = count_values (timeline);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) wide = NULL;
  g_autoptr (GBytes) now = NULL;

  steps (timeline, 10);
  before = small_trainer_copy_run (trainer);
  edit (timeline, WIDER);
  steps (timeline, 200);
  wide = small_trainer_copy_run (trainer);
  edit (timeline, NARROWER);
  steps (timeline, 10);
  g_assert_cmpuint (count_values (timeline), <, n_values);
  nn_timeline_go_to (timeline, 9);
  nn_timeline_travel (timeline, G_MAXUINT64);
  g_assert_cmpuint (count_values (timeline), ==, n_values);
  redo (timeline);
  nn_timeline_go_to (timeline, 220);
  nn_timeline_travel (timeline, G_MAXUINT64);
  undo (timeline);
  now = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (now, wide));
  undo (timeline);
  g_bytes_unref (now);
  now = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (now, before));
}

/* Data that only past states have are counted, once. */
static void
test_checkpoints_count_data_of_the_past (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU);
  g_autoptr (NnCheckpoints) checkpoints = nn_checkpoints_new (G_MAXSIZE);
  gsize without;

  for (guint64 step = 0; step < 3; step++)
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
  small_trainer_edit (trainer, "'data': {'source': 'moons', 'examples': 100000}");
  without = nn_checkpoints_get_size (checkpoints);
  for (guint64 step = 3; step < 6; step++)
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), >, without + 1200000);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <, without + 1300000);
  nn_checkpoints_set_budget (checkpoints, 1);
  g_assert_cmpuint (nn_checkpoints_get_n (checkpoints), ==, 2);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), >, 1200000);
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <, 1300000);
  nn_checkpoints_set_budget (checkpoints, G_MAXSIZE);
  for (guint64 step = 3; step < 5; step++)
    nn_checkpoints_add (checkpoints, (NnPosition){ step, 0 }, trainer, NULL);
  nn_checkpoints_cut (checkpoints, (NnPosition){ 3, 0 });
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), >, 1200000);
  nn_checkpoints_cut (checkpoints, (NnPosition){ 2, 0 });
  g_assert_cmpuint (nn_checkpoints_get_size (checkpoints), <, without);
}

static void
test_reset_starts_what_is_there_now (void)
{
  g_autoptr (NnTimeline) timeline = new_timeline (RELU "," SHUFFLED, NN_TIMELINE_BUDGET);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);
  g_autoptr (NnTrainer) fresh = small_trainer (
      MOONS "," WIDER "," SHUFFLED ", 'loss': {'type': 'mse'}, 'optimizer': {'type': "
            "'sgd', 'lr': 0.1}");
  g_autoptr (GBytes) left = NULL;
  g_autoptr (GBytes) back = NULL;

  steps (timeline, 10);
  edit (timeline, WIDER);
  steps (timeline, 10);
  edit (timeline, "'optimizer': {'type': 'sgd', 'lr': 0.1}");
  steps (timeline, 5);
  left = small_trainer_copy_run (trainer);
  nn_timeline_reset (timeline);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 0);
  small_trainer_assert_same (trainer, fresh);
  steps (timeline, 8);
  small_trainer_steps (fresh, 8);
  small_trainer_assert_same (trainer, fresh);

  undo (timeline);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 25);
  g_assert_cmpuint (nn_log_get_n_events (nn_timeline_get_log (timeline)), ==, 2);
  back = small_trainer_copy_run (trainer);
  g_assert_true (g_bytes_equal (left, back));
  redo (timeline);
  small_trainer_assert_same (trainer, fresh);
  g_assert_false (nn_timeline_can_redo (timeline));
}

static void
test_three_runs_are_kept (void)
{
  g_autoptr (NnTimeline) timeline = new_timeline (RELU, NN_TIMELINE_BUDGET);
  NnTrainer *trainer = nn_timeline_get_trainer (timeline);

  g_assert_false (nn_timeline_can_undo (timeline));
  nn_timeline_reset (timeline); /* a run that has not begun is none to go back to */
  g_assert_false (nn_timeline_can_undo (timeline));
  for (guint i = 1; i <= NN_TIMELINE_RUNS + 2; i++) {
    steps (timeline, i);
    nn_timeline_reset (timeline);
    nn_timeline_reset (timeline);
  }
  for (guint i = NN_TIMELINE_RUNS + 2; i > 2; i--) {
    g_assert_true (nn_timeline_can_undo (timeline));
    undo (timeline);
    g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, i);
  }
  g_assert_false (nn_timeline_can_undo (timeline));
  redo (timeline);
  g_assert_cmpuint (nn_trainer_get_n_steps (trainer), ==, 4);
  steps (timeline, 1); /* it goes on another way than the reset did */
  g_assert_false (nn_timeline_can_redo (timeline));
}

/* ---- beside the run ---------------------------------------------------------------- */

static void
test_remove_nudges_leaves_edits (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (RELU ", 'nudges': ['fc1: noise a=0.1'], 'log': ["
                             "{'step': 1, 'do': 'pause', 'index': 0},"
                             "{'step': 2, 'do': 'edit', 'guard': 'off'},"
                             "{'step': 3, 'do': 'nudge', 'nudge': 'fc1: w*0'},"
                             "{'step': 3, 'do': 'edit', " WIDER "}]");

  nn_experiment_remove_nudges (experiment);
  g_assert_cmpuint (experiment->nudges->len, ==, 0);
  g_assert_cmpuint (experiment->events->len, ==, 2);
  g_assert_cmpuint (g_array_index (experiment->events, NnEvent, 1).step, ==, 3);
  g_assert_true (nn_experiment_check (experiment, NULL));
}

static void
ignore_news (gpointer data)
{
}

static void
assert_ghost_is_at (NnGhost *ghost, NnTimeline *timeline, float loss)
{
  const guint64 step = nn_trainer_get_n_steps (nn_timeline_get_trainer (timeline));
  const gint64 deadline = deadline_after (FRAME_DEADLINE_US);
  NnHistory *history = NULL;
  gboolean finished = FALSE;
  float ghost_loss;

  nn_ghost_set_log (ghost, nn_timeline_get_log (timeline));
  while (!finished) {
    history = nn_ghost_follow (ghost, step, &finished);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (200);
  }
  g_assert_true (nn_history_get_loss (history, step, &ghost_loss));
  g_assert_cmpfloat (ghost_loss, ==, loss);
}

static float
get_loss_after (NnTimeline *timeline, guint n_steps)
{
  steps (timeline, n_steps);
  return nn_trainer_get_loss (nn_timeline_get_trainer (timeline));
}

/* Beside a run with nudges and edits it is the run with the same edits alone. */
static void
test_ghost_takes_edits (void)
{
  static const char nudged[] = RELU "," SHUFFLED ", 'nudges': ['*: w*0.9']";
  g_autoptr (NnExperiment) experiment = small_experiment (nudged);
  g_autoptr (NnTimeline) timeline = new_timeline (nudged, NN_TIMELINE_BUDGET);
  g_autoptr (NnTimeline) plain = new_timeline (RELU "," SHUFFLED, NN_TIMELINE_BUDGET);
  g_autoptr (NnGhost) ghost = nn_ghost_new (experiment, ignore_news, NULL);

  steps (timeline, 20);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 20));
  edit (timeline, WIDER);
  edit (plain, WIDER);
  steps (timeline, 20);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 20));
  edit (timeline, "'loss': {'type': 'l1'}");
  edit (plain, "'loss': {'type': 'l1'}");
  steps (timeline, 5);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 5));

  undo (timeline);
  undo (plain);
  steps (timeline, 10);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 10));
  undo (timeline);
  undo (plain);
  steps (timeline, 10);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 10));
  edit (timeline, "'optimizer': {'type': 'sgd'}," WIDER);
  edit (plain, "'optimizer': {'type': 'sgd'}," WIDER);
  nn_timeline_reset (timeline);
  nn_timeline_reset (plain);
  steps (timeline, 10);
  assert_ghost_is_at (ghost, timeline, get_loss_after (plain, 10));
}

/* A trial follows the run through edits. */
static void
test_trials_are_what_lands (void)
{
  static const char *const edits[] = {
    WIDER,
    "'loss': {'type': 'huber'}",
    "'batch': {'size': 4}",
    "'batch': {'size': 7, 'shuffle': true}",
    "'data': {'source': 'sine', 'examples': 30}",
    "'data': {'source': 'moons', 'examples': 30}, 'batch': {'size': 4}",
    DEEPER,
  };
  g_autoptr (NnTrainer) trainer = small_trainer (RELU ", 'batch': {'size': 5}");
  g_autoptr (NnTrial) trial = nn_trial_new (trainer);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("*: w + 0.1*noise + 0.1*w0 - g", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    small_trainer_steps (trainer, 3); /* and so the batches change within an epoch */
    nn_trial_begin (trial);
    small_trainer_edit (trainer, edits[i]);
    for (guint k = 0; k < 9; k++) {
      g_autoptr (NnPreview) preview = NULL;
      const NnArchitecture *architecture =
          nn_trainer_get_experiment (trainer)->architecture;
      gsize n_landings;

      nn_trial_begin (trial);
      g_assert_cmpfloat (nn_trial_evaluate (trial), ==, nn_trainer_evaluate (trainer));
      preview = nn_trial_preview (trial, nudge);
      small_trainer_nudge (trainer, nudge);
      nn_trainer_get_landings (trainer, &n_landings);
      g_assert_cmpfloat (
          preview->loss, ==,
          nn_trainer_get_landings (trainer, &n_landings)[n_landings - 1].loss_after);
      g_assert_true (preview->architecture == architecture);
      g_assert_cmpmem (preview->values, preview->n_values * sizeof (float),
                       nn_network_get_values (nn_trainer_get_network (trainer)),
                       architecture->n_values * sizeof (float));
      small_trainer_steps (trainer, 1);
    }
  }
}

/* A run that is running may get no time for another one: an old one would not fit. */
static void
test_old_previews_are_not_shown (void)
{
  g_autoptr (NnTrainer) trainer = small_trainer (RELU);
  g_autoptr (NnAnswers) answers = nn_answers_new (trainer);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: w*2", NULL);
  g_autoptr (NnFrame) before = NULL;
  g_autoptr (NnFrame) after = NULL;

  nn_answers_set_preview (answers, nudge);
  nn_answers_work (answers, 1, FALSE);
  before = nn_frame_of_trainer (trainer);
  nn_answers_write (answers, before);
  g_assert_nonnull (before->preview);
  small_trainer_edit (trainer, NARROWER);
  after = nn_frame_of_trainer (trainer);
  nn_answers_write (answers, after);
  g_assert_null (after->preview);
}

static void
test_session_shows_edits_and_refusals (void)
{
  g_autoptr (NnExperiment) experiment =
      small_experiment (RELU ", 'nudges': ['fc1[5]: w*0.99']");
  g_autoptr (NnSession) session = nn_session_new (experiment, NULL);
  g_autoptr (NnNudge) nudge = nn_nudge_parse ("fc1: w*2", NULL);
  g_autoptr (NnEdit) wider = small_edit (experiment, WIDER);
  g_autoptr (NnEdit) orphan = nn_edit_new ();
  g_autoptr (NnFrame) frame = NULL;

  nn_edit_set_network (orphan, experiment->architecture, &experiment->init);
  nn_edit_remove_layer (orphan, 0);
  nn_session_preview (session, nudge);
  nn_session_set_ghost (session, TRUE);
  nn_session_step (session);
  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = wider });
  frame = finished_frame (session);
  g_assert_cmpuint (frame->architecture->layers[0].n_units, ==, 9);
  g_assert_true (frame->experiment->architecture == frame->architecture);
  g_assert_null (frame->refusal);
  g_assert_cmpuint (frame->preview->n_values, ==, frame->architecture->n_values);

  nn_session_do (session, &(NnEvent){ .kind = NN_EVENT_EDIT, .edit = orphan });
  g_clear_pointer (&frame, nn_frame_unref);
  frame = finished_frame (session);
  g_assert_nonnull (strstr (frame->refusal, "fc1[5]"));
  g_assert_cmpuint (frame->architecture->n_layers, ==, 3);

  nn_session_reset (session);
  nn_session_undo (session);
  nn_session_undo (session);
  g_clear_pointer (&frame, nn_frame_unref);
  frame = finished_frame (session);
  g_assert_cmpuint (frame->architecture->layers[0].n_units, ==, 6);
  g_assert_cmpuint (frame->step, ==, 1);
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
  add ("timeline-holds-several-shapes", test_timeline_holds_several_shapes);
  add ("checkpoints-count-data-of-the-past", test_checkpoints_count_data_of_the_past);
  add ("reset-starts-what-is-there-now", test_reset_starts_what_is_there_now);
  add ("three-runs-are-kept", test_three_runs_are_kept);
  add ("remove-nudges-leaves-edits", test_remove_nudges_leaves_edits);
  add ("ghost-takes-edits", test_ghost_takes_edits);
  add ("trials-are-what-lands", test_trials_are_what_lands);
  add ("old-previews-are-not-shown", test_old_previews_are_not_shown);
  add ("session-shows-edits-and-refusals", test_session_shows_edits_and_refusals);
  add ("any-data-can-be-made-to-fit", test_any_data_can_be_made_to_fit);
  add ("what-fits-is-left-alone", test_what_fits_is_left_alone);
  add ("three-classes-need-three-outputs", test_three_classes_need_three_outputs);
  return g_test_run ();
}
