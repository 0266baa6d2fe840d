/* test-nudge-why.c - the built program: why did the loss jump, and the runs that show it
 *
 * SPDX-License-Identifier: MIT
 */

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nn/io/nn-experiment-file.h"
#include "tests/app/program.h"
#include "tests/nn/random-log.h"

#define N_SEEDS 8
#define N_STEPS 9

/* ---- every part is a run ----------------------------------------------------------- */

/* Whatever is printed before, the loss of all examples is last on its line. */
static float
read_training_loss (const Outcome *outcome)
{
  const char *found = strstr (outcome->out, ", all examples ");

  g_assert_nonnull (found);
  found += strlen (", all examples ");
  return g_str_has_prefix (found, "not finite") ? NAN
                                                : (float) g_ascii_strtod (found, NULL);
}

static void
assert_run (const Scratch *scratch, const json_t *run)
{
  const char *command = json_string_value (json_object_get (run, "command"));
  const json_t *loss = json_object_get (run, "loss");
  g_auto (Outcome) outcome = { 0 };

  g_assert_true (g_str_has_prefix (command, "nudge run "));
  outcome = program_run (scratch, command + strlen ("nudge "));
  if (json_is_null (loss)) {
    g_assert_true (outcome.status != 0 || isnan (read_training_loss (&outcome)));
    return;
  }
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpfloat (read_training_loss (&outcome), ==, (float) json_number_value (loss));
}

static guint
assert_runs (const Scratch *scratch, const json_t *object)
{
  const json_t *runs = json_object_get (object, "runs");
  const json_t *run;
  gsize i;

  g_assert_cmpuint (json_array_size (runs), ==, 4);
  json_array_foreach (runs, i, run) assert_run (scratch, run);
  return 1;
}

static json_t *
ask (const Scratch *scratch, const char *arguments)
{
  g_auto (Outcome) outcome = program_run (scratch, arguments);
  json_error_t error;
  json_t *account;

  if (outcome.status == 1)
    return NULL; /* it has ended before */
  g_assert_cmpint (outcome.status, ==, 0);
  account = json_loads (outcome.out, 0, &error);
  if (account == NULL)
    g_error ("%s: %s", error.text, outcome.out);
  return account;
}

/* Returns: how many runs were compared, times four */
static guint
try_seed (const Scratch *scratch, guint seed)
{
  g_autofree char *path = g_build_filename (scratch->folder, "random.nudge", NULL);
  g_autofree char *arguments = NULL;
  g_auto (RandomExperiment) random = { 0 };
  g_autoptr (NnExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;
  json_t *account;
  const json_t *part;
  guint n = 0;
  gsize i;

  random_experiment_init (&random, seed);
  experiment = random_logged_experiment (&random, N_STEPS);
  if (experiment == NULL)
    return 0;
  nn_experiment_file_save (experiment, path, &error);
  g_assert_no_error (error);
  arguments = g_strdup_printf ("why random.nudge --step %u --json",
                               random_below (&random, N_STEPS));
  account = ask (scratch, arguments);
  if (account == NULL)
    return 0;
  n = assert_runs (scratch, account);
  json_array_foreach (json_object_get (account, "parts"), i, part) n +=
      assert_runs (scratch, part);
  json_decref (account);
  return n;
}

static void
test_parts_are_runs (Scratch *scratch, gconstpointer data)
{
  guint n = 0;

  for (guint seed = 100; seed < 100 + N_SEEDS; seed++)
    n += try_seed (scratch, seed);
  g_assert_cmpuint (n, >, 2 * N_SEEDS);
}

/* Left out part by part, a nudge is left out: of the log, and one that repeats. */
static void
test_parts_add_up (Scratch *scratch, gconstpointer data)
{
  static const char *const runs[][2] = {
    { "run heal --steps 410 --evaluate --without log:1",
      "run heal --steps 410 --evaluate --without log:1:fc1 --without log:1:fc2.weight "
      "--without log:1:fc3" },
    { "run seed --steps 9 --evaluate --nudge '*.weight: 0.9*w' --without nudge:1@3",
      "run seed --steps 9 --evaluate --nudge '*.weight: 0.9*w' --without nudge:1@3:fc1 "
      "--without nudge:1@3:fc2.weight --without nudge:1@3:fc3.weight" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++) {
    g_auto (Outcome) whole = program_run (scratch, runs[i][0]);
    g_auto (Outcome) parts = program_run (scratch, runs[i][1]);

    g_assert_cmpstr (parts.err, ==, "");
    g_assert_cmpstr (parts.out, ==, whole.out);
  }
}

/* ---- what is said ------------------------------------------------------------------ */

#define LINEAR                                                                           \
  "'network':{'layers':[{'units':1,'bias':false}],'init':{'type':'constant','value':"
#define LOSS "'loss':{'type':'mse'},"

static const struct {
  const char *name;
  const char *experiment;
  guint step;
  const char *said;
} cases[] = {
  { "momentum",
    "{'nudge':1,'data':{'source':'inline','inputs':[[1]],'targets':[[0]]}," LINEAR
    "5}}," LOSS "'optimizer':{'type':'sgd','lr':0.01,'momentum':0.9},"
    "'log':[{'step':8,'do':'nudge','nudge':'fc1.weight: 0*w'}]}",
    8,
    "The nudge of fc1.weight lowered the loss from 8.38 to 0. Without it, the loss would "
    "be "
    "5.96. Of that change: the nudge of fc1.weight 71\u00a0%, training itself 29\u00a0%. "
    "Then "
    "SGD’s memory of fc1.weight drove the weights on, and the loss to 3.36 within 10 "
    "steps; "
    "zeroed, that would be 0." },
  { "rate",
    "{'nudge':1,'data':{'source':'inline','inputs':[[1],[2]],'targets':[[1],[2]]}," LINEAR
    "5}}," LOSS "'optimizer':{'type':'sgd','lr':0.05},"
    "'log':[{'step':9,'do':'edit','optimizer':{'type':'sgd','lr':0.5}}]}",
    10,
    "The learning rate’s rise from 0.05 to 0.5 after step 9 raised the loss from 0.226 "
    "to "
    "0.507. Without it, the loss would be 0.127." },
  { "outlier",
    "{'nudge':1,'data':{'source':'inline','inputs':[[1],[2],[3],[4],[1],[2],[3],[30]],"
    "'targets':[[1],[2],[3],[4],[1],[2],[3],[3]]},'batch':{'size':2}," LINEAR "1}}," LOSS
    "'optimizer':{'type':'sgd','lr':0.01}}",
    4,
    "The batch of step 4 raised the loss from 91.1 to 6190: example 7 carries 100\u00a0% "
    "of "
    "its loss. With the next batch in its place, the loss would be 91.1." },
  { "long step",
    "{'nudge':1,'data':{'source':'inline','inputs':[[1],[2]],'targets':[[1],[2]]}," LINEAR
    "5}}," LOSS "'optimizer':{'type':'sgd','lr':0.5}}",
    1,
    "Step 1 was too long: with the learning rate 0.5 it raised the loss from 40 to 90. "
    "With "
    "a tenth of the rate, the loss would be 22.5." },
  { "permutation",
    "{'nudge':1,'data':{'source':'inline','inputs':[[1,2],[2,1]],'targets':[[1],[2]]}"
    "," LINEAR "0.1}}," LOSS "'optimizer':{'type':'sgd','lr':0},"
    "'log':[{'step':4,'do':'nudge','nudge':'fc1.weight: permute'}]}",
    4, "Nothing that was done at step 4 changed the loss: it is 1.69." },
  { "end of the run",
    "{'nudge':1,'data':{'source':'inline','inputs':[[1]],'targets':[[0]]}," LINEAR
    "5}}," LOSS "'optimizer':{'type':'sgd','lr':0.01},"
    "'log':[{'step':3,'do':'nudge','nudge':'fc1.weight: 1e25*w'}]}",
    3, "The nudge of fc1.weight ended the run. Without it, the loss would be" },
};

static void
test_sentences (Scratch *scratch, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdelimit (g_strdup (cases[i].experiment), "'", '"');
    g_autofree char *path = g_build_filename (scratch->folder, "x.nudge", NULL);
    g_autofree char *arguments = g_strdup_printf ("why x.nudge --step %u", cases[i].step);
    g_auto (Outcome) outcome = { 0 };

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    outcome = program_run (scratch, arguments);
    g_test_message ("%s: %s%s", cases[i].name, outcome.out, outcome.err);
    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_true (g_str_has_prefix (outcome.out, cases[i].said));
  }
}

static void
test_text_has_commands (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_run (scratch, "why heal --step 400");

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "\n  its part on fc2.weight "));
  g_assert_nonnull (strstr (outcome.out, "\nAdam’s memory of all weights "));
  g_assert_nonnull (
      strstr (outcome.out,
              "\n  nudge run heal --steps 400 --without log:1:fc2.weight --evaluate\n"));
}

/* Commands can be pasted, whatever the file's name. */
static void
test_commands_are_quoted (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run heal --steps 1 --quiet --save 'my run.nudge'\n"
                              "nudge why 'my run.nudge' --step 401");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_nonnull (strstr (outcome.out, "\n  nudge run 'my run.nudge' --steps 401 "));
  g_assert_nonnull (strstr (outcome.out, "\n  nudge why 'my run.nudge' --step 400\n"));
}

/* The step, and then the runs: eight of 100 steps until it is known how many. */
static void
test_progress_is_for_terminals (Scratch *scratch, gconstpointer data)
{
  g_autofree char *shown = program_run_on_terminal (scratch, "why seed --step 20 --json");
  g_auto (Outcome) elsewhere = program_run (scratch, "why seed --step 20 --json");

  g_assert_cmpstr (elsewhere.err, ==, "");
  if (shown == NULL)
    return; /* skipped */
  g_assert_nonnull (strstr (shown, "] step 1 of 820  of all runs"));
  g_assert_true (g_str_has_suffix (shown, "\r\033[K")); /* the line is given back */
}

/* ---- refusals ---------------------------------------------------------------------- */

static void
test_refusals (Scratch *scratch, gconstpointer data)
{
  assert_refuses (scratch, "why", 2, "no demo or file is given; for example: nudge why");
  assert_refuses (scratch, "why heal", 2, "no step is given");
  assert_refuses (scratch, "why heal --step", 2,
                  "--step: the number of a step is missing");
  assert_refuses (scratch, "why heal --step -1", 2,
                  "--step: '-1' is not a whole number from 0 to 1000000000000");
  assert_refuses (scratch, "why heal --step=1000000000001", 2,
                  "'1000000000001' is not a whole number from 0 to 1000000000000");
  assert_refuses (scratch, "why heal iris --step 1", 2, "only one demo or file");
  assert_refuses (scratch, "why heal --steps 1", 2, "see nudge why --help");
  assert_refuses (scratch, "why nothing.nudge --step 1", 2, "neither a demo nor a file");
  assert_refuses (scratch, "run heal --without 1", 2,
                  "--without: '1' is not a part of a run");
  assert_refuses (scratch, "run heal --without log:2", 2,
                  "--without: log:2: the log has 1 entries");
  assert_refuses (scratch, "run heal --memory-zero nudge:1", 2,
                  "--memory-zero: nudge:1: 0 nudges repeat");
  assert_refuses (scratch, "run heal --swap-batch 0", 2,
                  "--swap-batch: '0' is not the number of a step");
  assert_refuses (scratch, "run heal --steps 5 --tenth-rate 6", 2,
                  "--tenth-rate: step 6 comes after the last one, 5; give more --steps");
  assert_refuses (
      scratch, "run heal --without log:1 --save x.nudge", 2,
      "--without: a run that leaves something out is not a run of its experiment; "
      "leave out --save");
  assert_refuses (
      scratch, "run seed-nudged --tenth-rate 3 --with-history --snapshot x.safetensors",
      2, "leave out --with-history");
}

static void
test_help_has_examples (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) why = program_run (scratch, "why --help");
  g_auto (Outcome) run = program_run (scratch, "run --help");

  g_assert_nonnull (strstr (why.out, "nudge why seed-nudged --step 20\n"));
  g_assert_nonnull (strstr (run.out, "--memory-zero nudge:2@20 --evaluate\n"));
  assert_succeeds (scratch, "why seed-nudged --step 20");
  assert_succeeds (scratch,
                   "run seed-nudged --steps 30 --memory-zero nudge:2@20 --evaluate");
}

#define ADD(path, test)                                                                  \
  g_test_add (path, Scratch, NULL, scratch_set_up, test, scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/app/why/parts-are-runs", test_parts_are_runs);
  ADD ("/app/why/parts-add-up", test_parts_add_up);
  ADD ("/app/why/sentences", test_sentences);
  ADD ("/app/why/text-has-commands", test_text_has_commands);
  ADD ("/app/why/progress-is-for-terminals", test_progress_is_for_terminals);
  ADD ("/app/why/commands-are-quoted", test_commands_are_quoted);
  ADD ("/app/why/refusals", test_refusals);
  ADD ("/app/why/help-has-examples", test_help_has_examples);
  return g_test_run ();
}
