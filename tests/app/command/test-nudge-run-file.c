/* test-nudge-run-file.c - `nudge run FILE.nudge`, beside PyTorch, and with files that are none
 *
 * SPDX-License-Identifier: MIT
 */

#include <math.h>
#include <string.h>

#include "nn/io/nn-experiment-file.h"
#include "nn/run/nn-timeline.h"
#include "tests/app/program.h"
#include "tests/nn/nn-golden.h"

static char *
find_experiment (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".nudge", NULL);

  return g_test_build_filename (G_TEST_DIST, "golden", "experiments", file, NULL);
}

static NnExperiment *
load_experiment (const char *name)
{
  g_autofree char *path = find_experiment (name);
  g_autoptr (GError) error = NULL;
  NnExperiment *experiment = nn_experiment_file_load_full (path, NULL, &error);

  g_assert_no_error (error);
  return experiment;
}

/* `nudge run` on one of the recorded experiments. */
static Outcome
run_experiment (const Scratch *scratch, const char *name, const char *options)
{
  g_autofree char *path = find_experiment (name);
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *arguments = g_strdup_printf ("run %s %s", quoted, options);

  return program_run (scratch, arguments);
}

static json_t *
find_recorded (const json_t *root, const char *name)
{
  const json_t *runs = json_object_get (root, "runs");

  for (gsize i = 0; i < json_array_size (runs); i++) {
    json_t *run = json_array_get (runs, i);

    if (g_str_equal (json_string_value (json_object_get (run, "name")), name))
      return run;
  }
  g_error ("%s is not recorded", name);
}

/* As close as the engine has to come; see golden/README.md. */
static void
assert_column (const double *values, gsize stride, const json_t *expected, double least)
{
  for (gsize i = 0; i < json_array_size (expected); i++) {
    const double value = json_number_value (json_array_get (expected, i));

    g_assert_cmpfloat_with_epsilon (values[i * stride], value,
                                    MAX (least, 1e-5 * fabs (value)));
  }
}

static void
check_recorded_losses (const Scratch *scratch, const json_t *run)
{
  const json_t *losses = json_object_get (run, "losses");
  const json_t *validations = json_object_get (run, "validations");
  const double least =
      4 * json_number_value (json_object_get (run, "float64_difference"));
  const gsize n = json_array_size (losses);
  g_autofree double *values = NULL;

  if (validations == NULL) {
    values = read_losses (scratch, "x.csv", n);
    assert_column (values, 1, losses, least);
    return;
  }
  g_assert_cmpuint (json_array_size (validations), ==, n);
  values = read_columns (scratch, "x.csv", "step,loss,validation", 2, n);
  assert_column (values, 2, losses, least);
  assert_column (values + 1, 2, validations, least);
}

/* A run that PyTorch or the loss stops is asked for more steps than it has. */
static void
test_file_follows_pytorch (Scratch *scratch, gconstpointer name)
{
  json_t *root = golden_load ("experiments.json");
  const json_t *run = find_recorded (root, name);
  const json_t *refused = json_object_get (run, "refused");
  const gsize n = json_array_size (json_object_get (run, "losses"));
  g_autofree char *options =
      g_strdup_printf ("--losses x.csv %s --snapshot x.npz --steps %" G_GSIZE_FORMAT,
                       json_object_get (run, "validations") ? "--validate-every 1" : "",
                       refused ? n + 100 : n);
  g_auto (Outcome) outcome = run_experiment (scratch, name, options);
  g_autoptr (NnExperiment) experiment = load_experiment (name);
  g_autoptr (NnTrainer) trainer = train_experiment (experiment, n);
  g_autofree char *summary =
      g_strdup_printf ("%s: step %" G_GSIZE_FORMAT ", loss ", (const char *) name, n);

  if (refused) {
    g_autofree char *said =
        g_strdup_printf ("nudge: run: step %" G_GSIZE_FORMAT ": ", n + 1);

    assert_one_line (&outcome);
    g_assert_true (g_str_has_prefix (outcome.err, said));
  } else
    g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, refused ? 1 : 0);
  g_assert_true (g_str_has_prefix (outcome.out, summary));
  check_recorded_losses (scratch, run);
  assert_snapshot (scratch, "x.npz", trainer);
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
  json_decref (root);
}

/* Only where something is held out, and then of the weights that are written. */
static void
test_summary_says_the_validation (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = load_experiment ("validation");
  g_autoptr (NnTrainer) trainer = train_experiment (experiment, 20);
  g_auto (Outcome) with = run_experiment (scratch, "validation", "--steps 20");
  g_auto (Outcome) without = run_experiment (scratch, "wide", "--steps 20");
  g_autofree char *said = NULL;
  NnScore score;

  g_assert_true (nn_trainer_score (trainer, NN_SCORE_HELD_OUT, &score));
  said = g_strdup_printf (
      "validation: step 20, loss %.6g, validation %.6g (accuracy %.1f %%)\n",
      (double) nn_trainer_get_loss (trainer), (double) score.loss,
      100 * (double) score.accuracy);
  g_assert_cmpstr (with.out, ==, said);
  g_assert_null (strstr (without.out, "validation"));
}

static void
test_options_change_the_files_experiment (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment = load_experiment ("seed-nudged");
  g_autoptr (NnTrainer) trainer = NULL;
  g_auto (Outcome) outcome =
      run_experiment (scratch, "seed-nudged",
                      "--seed 7 --steps 30 --no-nudges --snapshot x.npz "
                      "--nudge 'fc2: 0.9*w @ step 5'");

  g_assert_cmpstr (outcome.err, ==, "");
  experiment->seed = 7;
  g_ptr_array_set_size (experiment->nudges, 0);
  nn_experiment_add_nudge (experiment, "fc2: 0.9*w @ step 5", NULL, NULL);
  trainer = train_experiment (experiment, 30);
  assert_snapshot (scratch, "x.npz", trainer);
}

/* With "check" this file's run ends in step 17; with the others its nudge lands. */
static void
test_guard_is_chosen (Scratch *scratch, gconstpointer data)
{
  static const NnGuard guards[] = { NN_GUARD_SHIELD, NN_GUARD_OFF };
  g_auto (Outcome) refused =
      run_experiment (scratch, "before-backward-off", "--guard check --steps 100");

  assert_one_line (&refused);
  g_assert_cmpint (refused.status, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (guards); i++) {
    g_autoptr (NnExperiment) experiment = load_experiment ("check-stale");
    g_autoptr (NnTrainer) trainer = NULL;
    g_autofree char *options = g_strdup_printf ("--guard %s --steps 40 --snapshot x.npz",
                                                nn_guard_get_name (guards[i]));
    g_auto (Outcome) outcome = run_experiment (scratch, "check-stale", options);

    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_cmpint (outcome.status, ==, 0);
    experiment->guard = guards[i];
    trainer = train_experiment (experiment, 40);
    assert_snapshot (scratch, "x.npz", trainer);
  }
}

/* In, where more of the step follows. */
static void
test_refusal_says_when (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) within = run_experiment (
      scratch, "wide", "--steps 5 --nudge 'fc1: w/0 @ step 3 before backward'");
  g_auto (Outcome) section =
      run_experiment (scratch, "wide", "--steps 5 --nudge 'fc1: w/0 @ step 3'");

  g_assert_nonnull (strstr (within.err, ": refused in step 3: fc1.weight"));
  g_assert_nonnull (strstr (section.err, ": refused after step 3: fc1.weight"));
}

#define SMALL                                                                            \
  "{ \"nudge\": 1, \"data\": { \"source\": \"sine\", \"examples\": 5 },"                 \
  "  \"network\": { \"layers\": [ { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" "  \
  "} }"

#define LOGGED                                                                           \
  "{ \"nudge\": 1, \"data\": { \"source\": \"sine\", \"examples\": 5 },"                 \
  "  \"network\": { \"layers\": [ { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" "  \
  "},"                                                                                   \
  "  \"nudges\": [ \"fc1: w + a*noise @ every 3 steps a=0.1\" ], \"log\": ["             \
  "  { \"step\": 0, \"do\": \"nudge\", \"nudge\": \"fc1: w + 1\" },"                     \
  "  { \"step\": 7, \"do\": \"nudge\", \"nudge\": \"fc1: w/0\" },"                       \
  "  { \"step\": 7, \"do\": \"pause\", \"index\": 0 },"                                  \
  "  { \"step\": 10, \"do\": \"nudge\", \"nudge\": \"fc1: w + 1\" },"                    \
  "  { \"step\": 14, \"do\": \"stand\", \"index\": 0, \"nudge\": \"fc1: w - a*w "        \
  "a=0.1\" } ] }"

static void
train_until (NnTrainer *trainer, guint64 step, float *losses)
{
  for (guint64 i = nn_trainer_get_n_steps (trainer); i < step; i++) {
    g_assert_true (nn_trainer_step (trainer, NULL));
    losses[i] = nn_trainer_get_loss (trainer);
  }
}

/* The same run step by step, up to step 20.
 * @losses: (20) out: the forward passes' */
static NnTrainer *
run_logged_step_by_step (const NnExperiment *experiment, float *losses)
{
  NnTrainer *trainer = nn_trainer_new (experiment, NULL);

  for (guint i = 0; i < experiment->events->len; i++) {
    const NnEvent *event = &g_array_index (experiment->events, NnEvent, i);

    train_until (trainer, event->step, losses);
    g_assert_true (nn_trainer_do (trainer, event, NULL));
  }
  train_until (trainer, 20, losses);
  return trainer;
}

static void
test_log_is_done_again (Scratch *scratch, gconstpointer data)
{
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (LOGGED, strlen (LOGGED), "logged", NULL);
  float losses[20];
  g_autoptr (NnTrainer) trainer = run_logged_step_by_step (experiment, losses);
  g_autofree double *written = NULL;
  g_auto (Outcome) outcome = { 0 };

  scratch_put (scratch, "logged.nudge", LOGGED);
  outcome = program_run (scratch,
                         "run logged.nudge --steps 20 --snapshot x.npz --losses x.csv");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.err, "fc1: w/0: refused after step 7: "));
  assert_snapshot (scratch, "x.npz", trainer);
  written = read_losses (scratch, "x.csv", 20);
  for (gsize i = 0; i < 20; i++)
    g_assert_cmpfloat ((float) written[i], ==, losses[i]);
}

/* Before the first step, too. */
static void
test_refusal_in_a_log_stops_a_strict_run (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (LOGGED);
  g_auto (Outcome) outcome = { 0 };

  g_string_replace (text, "\"step\": 7", "\"step\": 0", 0);
  scratch_put (scratch, "early.nudge", text->str);
  outcome = program_run (scratch, "run early.nudge --steps 20 --strict");
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_nonnull (strstr (outcome.err, "fc1: w/0: refused after step 0: "));
  g_assert_nonnull (strstr (outcome.out, ": step 0, "));
}

/* What was asked for on the command line is in the file, and so is the log; without its
 * own nudges an experiment has no log either. */
static void
test_saved_run_is_the_same_run (Scratch *scratch, gconstpointer data)
{
  static const char options[] = "--seed 5 --nudge 'fc1.bias: w + 0.1 @ every 4 steps' "
                                "--guard off --steps 20 --quiet";
  g_autofree char *first =
      g_strdup_printf ("run logged.nudge %s --save saved.nudge --losses a.csv", options);
  g_auto (Outcome) saving = { 0 };
  g_auto (Outcome) again = { 0 };
  g_auto (Outcome) bare = { 0 };
  g_autoptr (NnExperiment) saved = NULL;
  g_autofree char *path = g_build_filename (scratch->folder, "saved.nudge", NULL);
  g_autofree char *bare_path = g_build_filename (scratch->folder, "bare.nudge", NULL);

  scratch_put (scratch, "logged.nudge", LOGGED);
  saving = program_run (scratch, first);
  g_assert_cmpint (saving.status, ==, 0);
  again = program_shell (scratch, "nudge run saved.nudge --steps 20 --quiet --losses "
                                  "b.csv && cmp a.csv b.csv");
  g_assert_cmpint (again.status, ==, 0);
  saved = nn_experiment_file_load_full (path, NULL, NULL);
  g_assert_nonnull (saved);
  g_assert_cmpuint (saved->seed, ==, 5);
  g_assert_cmpint (saved->guard, ==, NN_GUARD_OFF);
  g_assert_cmpuint (saved->nudges->len, ==, 2);
  g_assert_cmpuint (saved->events->len, ==, 5);

  bare = program_run (scratch, "run saved.nudge --no-nudges --steps 1 --save bare.nudge");
  g_assert_cmpint (bare.status, ==, 0);
  g_assert_cmpstr (bare.err, ==, "");
  g_assert_true (g_str_has_suffix (bare.out, "saved     bare.nudge\n"));
  nn_experiment_free (saved);
  saved = nn_experiment_file_load_full (bare_path, NULL, NULL);
  g_assert_cmpuint (saved->events->len, ==, 0);
}

/* A demo's name is the demo, whatever is in the folder; any other name, the file. */
static void
test_files_may_have_any_name (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *argument;
    const char *said;
  } names[] = {
    { "seed", "seed: step 0, loss 24.0368\n" },
    { "./seed", "seed: step 0, loss 0." },
    { "'two words'", "two words: step 0, loss 0." },
    { "'\xff\n\033[2J.nudge'", "\357\277\275??[2J: step 0, loss 0." },
    { "/dev/stdin <seed", "stdin: step 0, loss 0." },
  };

  scratch_put (scratch, "seed", SMALL);
  scratch_put (scratch, "two words", SMALL);
  scratch_put (scratch, "\xff\n\033[2J.nudge", SMALL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *arguments = g_strdup_printf ("run --steps 0 %s", names[i].argument);
    g_auto (Outcome) outcome = program_run (scratch, arguments);

    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_true (g_str_has_prefix (outcome.out, names[i].said));
  }
}

/* JSON has UTF-8 alone: what would name the file is refused, and the rest is done. */
static void
test_data_may_have_any_name (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) parameters = { 0 };

  scratch_put (scratch, "\xff.csv", "a,b\n1,2\n2,4\n3,6\n");
  outcome = program_run (scratch, "run '\xff.csv' --steps 1 --losses '\xff.l.csv' "
                                  "--snapshot '\xff.npz' --script '\xff.py' --quiet");
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  assert_refuses (
      scratch, "run '\xff.csv' --save x.nudge", 2,
      "nudge: run: --save: an experiment names its files in UTF-8, and the name "
      "\357\277\275.csv is not: rename it\n");
  assert_refuses (scratch, "run '\xff.csv' --checkpoint x.nudge-checkpoint", 2,
                  "nudge: run: --checkpoint: an experiment names its files in UTF-8");
  parameters = program_run (scratch, "run seed --steps 1 --quiet --snapshot '\xff.npz'");
  g_assert_cmpint (parameters.status, ==, 0);
  assert_refuses (scratch, "run seed --from '\xff.npz' --save x.nudge", 2,
                  "\357\277\275.npz is not");
}

/* Without a display it gets as far as to say so. */
static void
test_window_takes_a_file (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  scratch_put (scratch, "small.nudge", SMALL);
  outcome = program_shell (scratch, "unset DISPLAY WAYLAND_DISPLAY; "
                                    "export XDG_RUNTIME_DIR=$PWD; nudge small.nudge");
  assert_one_line (&outcome);
  g_assert_nonnull (strstr (outcome.err, "display"));
  g_assert_nonnull (strstr (outcome.err, "nudge run small.nudge"));
  g_assert_cmpint (outcome.status, ==, 1);
}

#define EDITED                                                                           \
  "{ \"nudge\": 1, \"data\": { \"source\": \"sine\", \"examples\": 5 },"                 \
  "  \"network\": { \"layers\": [ { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" "  \
  "},"                                                                                   \
  "  \"nudges\": [ \"fc1: w*0.9\" ], \"log\": ["                                         \
  "  { \"step\": 3, \"do\": \"edit\", \"network\": { \"layers\": ["                      \
  "    { \"name\": \"new\", \"units\": 4, \"activation\": \"tanh\" },"                   \
  "    { \"name\": \"fc1\", \"units\": 1 } ] } },"                                       \
  "  { \"step\": 4, \"do\": \"nudge\", \"nudge\": \"new: w + 1\" },"                     \
  "  { \"step\": 5, \"do\": \"edit\", \"data\": { \"source\": \"sine\","                 \
  "    \"examples\": 9, \"validation\": 0.5 } } ] }"

static gboolean
has_validation (const char *losses, guint step)
{
  g_autofree char *pattern = g_strdup_printf ("^%u,[0-9.e-]+,[0-9.e-]+$", step);

  return g_regex_match_simple (pattern, losses, G_REGEX_MULTILINE, 0);
}

/* Where it is not computed, its cell is empty. */
static void
test_validation_as_often_as_asked (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) asked = run_experiment (scratch, "validation",
                                           "--steps 20 --losses a.csv "
                                           "--validate-every 3");
  g_auto (Outcome) usual =
      run_experiment (scratch, "validation", "--steps 40 --losses b.csv");
  g_autofree char *often = read_file (scratch, "a.csv", NULL);
  g_autofree char *seldom = read_file (scratch, "b.csv", NULL);
  guint n = 0;

  g_assert_cmpstr (asked.err, ==, "");
  g_assert_cmpstr (usual.err, ==, "");
  for (guint step = 1; step <= 20; step++)
    g_assert_cmpint (has_validation (often, step), ==, step % 3 == 0);
  for (guint step = 1; step <= 40; step++)
    n += (guint) has_validation (seldom, step);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, 8);
}

static void
test_validation_that_cannot_be (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *command;
    const char *why;
  } cases[] = {
    { "run seed --validate-every 2", "nudge: run: --validate-every: no losses are "
                                     "written; give --losses FILE.csv too\n" },
    { "run seed --losses a.csv --validate-every 2",
      "nudge: run: --validate-every: no examples are held out; give the data a "
      "validation\n" },
    { "run moons --losses a.csv --validate-every 0",
      "nudge: run: --validate-every: give a number of steps from 1 on\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Outcome) outcome = program_run (scratch, cases[i].command);

    g_assert_cmpint (outcome.status, ==, 2);
    g_assert_cmpstr (outcome.err, ==, cases[i].why);
  }
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

/* An edit's note is said, its held-out examples have a column, and it is done without the
 * nudges, too. */
static void
test_edits_are_done (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) with = { 0 };
  g_auto (Outcome) without = { 0 };
  g_autofree char *losses = NULL;
  g_autoptr (NnExperiment) experiment =
      nn_experiment_file_parse (EDITED, strlen (EDITED), "edited", NULL);
  g_autoptr (NnTimeline) timeline = NULL;

  scratch_put (scratch, "edited.nudge", EDITED);
  with = program_run (scratch, "run edited.nudge --steps 8 --losses x.csv "
                               "--validate-every 2");
  g_assert_cmpstr (with.err, ==, "");
  g_assert_nonnull (strstr (with.out, "note      after step 3, new was drawn, as it "));
  g_assert_null (strstr (with.out, "after step 4")); /* the nudge has none */
  losses = read_file (scratch, "x.csv", NULL);
  g_assert_true (g_str_has_prefix (losses, "step,loss,validation\n1,"));
  for (guint step = 1; step <= 8; step++)
    g_assert_cmpint (has_validation (losses, step), ==, step == 6 || step == 8);
  without = program_run (scratch, "run edited.nudge --steps 8 --no-nudges --quiet "
                                  "--snapshot x.npz");
  g_assert_cmpstr (without.err, ==, "");
  nn_experiment_remove_nudges (experiment);
  timeline = nn_timeline_new (experiment, 0, NULL);
  for (guint i = 0; i < 8; i++)
    g_assert_true (nn_timeline_step (timeline, NULL));
  assert_snapshot (scratch, "x.npz", nn_timeline_get_trainer (timeline));
}

static void
test_bad_experiments_are_refused (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "empty.nudge", "");
  scratch_put (scratch, "broken.nudge", "{ \"nudge\": 1,\n  \"data\" }");
  scratch_put (scratch, "key.nudge", "{ \"nudge\": 1, \"sead\": 2 }");
  scratch_put (scratch, "later.nudge", "{ \"nudge\": 2 }");
  assert_refuses (scratch, "run empty.nudge", 2, "run: empty.nudge: ");
  assert_refuses (scratch, "run broken.nudge", 2, "run: broken.nudge: line 2, column ");
  assert_refuses (scratch, "run key.nudge", 2, "run: key.nudge: unknown key \"sead\"");
  assert_refuses (scratch, "run later.nudge", 2, "run: later.nudge: ");
  assert_refuses (scratch, "run .", 2, "run: cannot read .: ");
  assert_refuses (scratch, "run none.nudge", 2, "no demo 'none.nudge'");
  assert_refuses (scratch, "run none.nudge", 2, "cannot read none.nudge: No such file");
  assert_refuses (scratch, "key.nudge", 2, "window: key.nudge: unknown key \"sead\"");
  assert_refuses (scratch, "none.nudge", 2, "no demo 'none.nudge'");
  assert_refuses (scratch, "none.nudge", 2, "cannot read none.nudge: No such file");
  assert_refuses (scratch, "run key.nudge --losses x.csv --snapshot x.npz", 2, "key");
  g_assert_cmpuint (scratch_count (scratch), ==, 4);
}

static void
test_a_packed_experiment_is_named (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run seed --steps 1 --quiet --save x.nudge; "
                              "gzip x.nudge; nudge run x.nudge.gz");

  assert_one_line (&outcome);
  g_assert_nonnull (strstr (outcome.err, "x.nudge.gz: it is compressed by gzip, which "
                                         "experiments are not: unpack it first"));
  g_assert_cmpint (outcome.status, ==, 2);
}

static void
test_progress_says_the_validation (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = find_experiment ("validation");
  g_autofree char *arguments = g_strdup_printf ("run '%s' --steps 20", path);
  g_autoptr (NnExperiment) experiment = load_experiment ("validation");
  g_autoptr (NnTrainer) trainer = train_experiment (experiment, 20);
  g_autofree char *shown = program_run_on_terminal (scratch, arguments);
  g_autofree char *said = g_strdup_printf (
      " left  loss %.4g, validation %.4g ", (double) nn_trainer_get_loss (trainer),
      (double) nn_trainer_evaluate_held_out (trainer));

  if (shown == NULL)
    return; /* skipped */
  g_assert_nonnull (strstr (shown, said));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/run-file/" name, Scratch, NULL, scratch_set_up, function,            \
              scratch_tear_down)

/* One of each kind: batches, classes, generated and inline data of which some are held
 * out, nudges, a run that the guard stops and one that diverges. */
static const char *const followed[] = {
  "seed-nudged",  "sigmoid-adamw-batches", "three-classes", "validation-inline",
  "validation",   "check-stale",           "diverged",      "every-example-check",
  "when-by-hand",
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++) {
    g_autofree char *path =
        g_strdup_printf ("/app/run-file/%s/follows-pytorch", followed[i]);

    g_test_add (path, Scratch, followed[i], scratch_set_up, test_file_follows_pytorch,
                scratch_tear_down);
  }
  ADD ("validation-as-often-as-asked", test_validation_as_often_as_asked);
  ADD ("validation-that-cannot-be", test_validation_that_cannot_be);
  ADD ("summary-says-the-validation", test_summary_says_the_validation);
  ADD ("options-change-the-files-experiment", test_options_change_the_files_experiment);
  ADD ("guard-is-chosen", test_guard_is_chosen);
  ADD ("refusal-says-when", test_refusal_says_when);
  ADD ("log-is-done-again", test_log_is_done_again);
  ADD ("refusal-in-a-log-stops-a-strict-run", test_refusal_in_a_log_stops_a_strict_run);
  ADD ("saved-run-is-the-same-run", test_saved_run_is_the_same_run);
  ADD ("files-may-have-any-name", test_files_may_have_any_name);
  ADD ("data-may-have-any-name", test_data_may_have_any_name);
  ADD ("edits-are-done", test_edits_are_done);
  ADD ("window-takes-a-file", test_window_takes_a_file);
  ADD ("bad-experiments-are-refused", test_bad_experiments_are_refused);
  ADD ("a-packed-experiment-is-named", test_a_packed_experiment_is_named);
  ADD ("progress-says-the-validation", test_progress_says_the_validation);
  return g_test_run ();
}
