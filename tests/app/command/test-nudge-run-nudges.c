/* test-nudge-run-nudges.c - the built program: nudges as text, their names, and refusals
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "nn/expression/nn-catalogue.h"
#include "nn/io/nn-experiment-demo.h"
#include "tests/app/program.h"

static void
put (const Scratch *scratch, const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (scratch->folder, folder, NULL);
  g_autofree char *file = g_build_filename (path, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

/* The demo with @texts, for as long as the program trains it. */
static NnTrainer *
train (const char *const *texts, guint64 n_steps)
{
  g_autoptr (NnExperiment) experiment = nn_experiment_new_demo ("seed", NULL);

  for (; *texts; texts++)
    g_assert_true (nn_experiment_add_nudge (experiment, *texts, NULL, NULL));
  return train_experiment (experiment, n_steps);
}

static void
test_full_text (Scratch *scratch, gconstpointer data)
{
  static const char *const texts[] = {
    "fc2[1]: w - a*w @ every 2 steps a=0.1 memory=zero",
    "fc2.weight[:,1]: pin memory=keep",
    "fc2.weight[0:3,1]: prune @ step 7 a=0.5",
    "fc2.weight[0,1; 2,1]: w + a*noise @ every epoch before backward a=0.01",
    "fc3.bias[0]: blend memory=zero-all @ every 5 steps",
    NULL,
  };
  g_autoptr (GString) arguments =
      g_string_new ("run seed --steps 20 --strict --snapshot x.npz");
  g_autoptr (NnTrainer) trainer = train (texts, 20);

  for (gsize i = 0; texts[i]; i++)
    g_string_append_printf (arguments, " --nudge '%s'", texts[i]);
  assert_succeeds (scratch, arguments->str);
  assert_snapshot (scratch, "x.npz", trainer);
}

static void
test_bad_text_names_the_place (Scratch *scratch, gconstpointer data)
{
  static const char *const bad[][2] = {
    { "fc1[5]: w", "--nudge: there is no neuron 5: fc1 has 2 neurons, 0 to 1" },
    { "fc1.weight[0,1]: w", "--nudge: there is no input 1: fc1 has 1 input, 0" },
    { "fc1.weights: 0", "did you mean fc1.weight?; try: fc1.weight: 0" },
    { "Fc1.weight: 0", "did you mean fc1.weight?; try: fc1.weight: 0" },
    { "model.fc1.bias: w/2 @ epoch", "; try: fc1.bias: w/2 @ every epoch" },
    { "layer2: 0", "the layers are fc1, fc2, fc3, * (all); try: fc2: 0" },
    { "fc1.weight[0][1]: 0.25", "fc1 has 1 input, 0; try: fc1.weight[0]: 0.25" },
    { "fc1.weight[0,0; 5,0]: 0",
      "fc1 has 2 neurons, 0 to 1; try: fc1.weight[0,0; 1,0]: 0" },
    { "*[0]: w", "--nudge: column 2: layers differ in size" },
    { "fc1[0: w", "--nudge: column 6: found ':', expected ']'; try: fc1[0]: w" },
    { "fc1: grwo", "--nudge: column 6: unknown function 'grwo'" },
    { "fc1: w memory=some", "--nudge: column 15: found 'some', expected keep, zero" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *arguments = g_strdup_printf ("run seed --nudge '%s'", bad[i][0]);

    assert_refuses (scratch, arguments, 2, bad[i][1]);
  }
}

#define REFUSED "--nudge 'fc2[1]: w/0 @ step 3' --nudge 'fc1: w/0 @ step 5'"

static void
test_refused_nudges_are_reported_with_their_steps (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_run (scratch, "run seed --quiet --steps 10 --losses x.csv " REFUSED);
  g_auto (GStrv) lines = g_strsplit (outcome.err, "\n", -1);
  g_autofree double *losses = read_losses (scratch, "x.csv", 10);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (
      lines[0], "nudge: fc2[1]: w/0 @ step 3: refused after step 3: fc2.weight [1, 0] "));
  g_assert_true (g_str_has_prefix (
      lines[1], "nudge: fc1: w/0 @ step 5: refused after step 5: fc1.weight [0, 0] "));
}

/* It leaves what a run leaves that the guard has stopped. */
static void
test_strict_ends_with_the_refusal (Scratch *scratch, gconstpointer data)
{
  static const char *const none[] = { NULL };
  g_auto (Outcome) outcome = program_run (
      scratch,
      "run seed --quiet --steps 10 --strict --losses x.csv --snapshot x.npz " REFUSED);
  g_autoptr (NnTrainer) trainer = train (none, 3);
  g_autofree double *losses = NULL;

  assert_one_line (&outcome);
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_nonnull (strstr (outcome.err, "fc2[1]: w/0 @ step 3: refused after step 3: "));
  losses = read_losses (scratch, "x.csv", 3);
  assert_snapshot (scratch, "x.npz", trainer);
}

/* In the very last step, too. */
static void
test_strict_without_a_refusal (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) last =
      program_run (scratch, "run seed --quiet --steps 3 --strict " REFUSED);

  assert_succeeds (scratch, "run seed --steps 2 --strict " REFUSED);
  g_assert_cmpint (last.status, ==, 1);
}

/* ---- one's own functions ----------------------------------------------------------- */

#define OWN                                                                              \
  "{\"nudge\": 1, \"functions\": [{\"name\": \"soften\", \"expression\": \"w - a*w^3\"," \
  " \"least\": 0.5, \"most\": 2, \"usual\": 1}]}"

static void
remove_data (const Scratch *scratch)
{
  g_autofree char *folder = g_build_filename (scratch->folder, "nudge", NULL);
  g_autofree char *file = g_build_filename (folder, "functions.json", NULL);

  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_own_functions (Scratch *scratch, gconstpointer data)
{
  static const char *const texts[] = { "fc2: w - a*w^3 a=1", NULL };
  g_autoptr (NnTrainer) trainer = train (texts, 5);
  g_auto (Outcome) list = { 0 };
  g_auto (Outcome) run = { 0 };

  put (scratch, "nudge", "functions.json", OWN);
  list = program_shell (scratch, "XDG_DATA_HOME=$PWD nudge list functions");
  run = program_shell (scratch, "XDG_DATA_HOME=$PWD nudge run seed --quiet --steps 5 "
                                "--snapshot x.npz --nudge 'fc2: soften'");
  remove_data (scratch);
  g_assert_nonnull (strstr (list.out, "\nsoften         w - a*w^3 "));
  g_assert_nonnull (strstr (list.out, "a from 0.5 to 2, usually 1 "));
  g_assert_cmpstr (run.err, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  assert_snapshot (scratch, "x.npz", trainer);
}

static void
test_bad_file_of_functions (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) list = { 0 };
  g_auto (Outcome) run = { 0 };
  g_auto (Outcome) plain = { 0 };
  g_auto (Outcome) without = { 0 };

  put (scratch, "nudge", "functions.json", "{\"nudge\": 1}");
  list = program_shell (scratch, "XDG_DATA_HOME=$PWD nudge list functions");
  run =
      program_shell (scratch, "XDG_DATA_HOME=$PWD nudge run seed --nudge 'fc2: soften'");
  plain = program_shell (scratch, "XDG_DATA_HOME=$PWD nudge run seed --steps 1 --nudge "
                                  "'fc2: grow' --nudge 'fc1: w + 1'");
  without = program_shell (scratch, "XDG_DATA_HOME=$PWD nudge run seed --steps 1");
  remove_data (scratch);
  assert_one_line (&list);
  assert_one_line (&run);
  g_assert_nonnull (
      strstr (list.err, "functions.json: the key \"functions\" is missing"));
  g_assert_nonnull (strstr (list.out, "grow "));
  g_assert_nonnull (strstr (run.err, "nudge: run: --nudge: column 6: "));
  g_assert_nonnull (strstr (run.err, "functions.json: the key \"functions\" is missing"));
  g_assert_cmpstr (plain.err, ==, "");
  g_assert_cmpint (plain.status, ==, 0);
  g_assert_cmpint (list.status, ==, 2);
  g_assert_cmpint (run.status, ==, 2);
  g_assert_cmpint (without.status, ==, 0);
}

/* ---- nudge list -------------------------------------------------------------------- */

/* Every column begins at the same place in every line. */
static void
test_list_functions (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "XDG_DATA_HOME=$PWD nudge list functions");
  g_auto (GStrv) lines = g_strsplit (outcome.out, "\n", -1);
  const NnFunction *functions;
  glong symbol = 0, sentence = 0;
  gsize n;

  functions = nn_catalogue_get (&n);
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, n + 1);
  for (gsize i = 0; i < n; i++) {
    const char *at_symbol =
        strstr (lines[i] + strlen (functions[i].name), functions[i].symbol);
    const char *at_sentence = strstr (lines[i], functions[i].sentence);

    g_assert_true (g_str_has_prefix (lines[i], functions[i].name));
    g_assert_true (at_symbol && at_sentence && at_sentence > at_symbol);
    if (i == 0) {
      symbol = g_utf8_pointer_to_offset (lines[i], at_symbol);
      sentence = g_utf8_pointer_to_offset (lines[i], at_sentence);
    }
    g_assert_cmpint (g_utf8_pointer_to_offset (lines[i], at_symbol), ==, symbol);
    g_assert_cmpint (g_utf8_pointer_to_offset (lines[i], at_sentence), ==, sentence);
    g_assert_cmpint (strstr (lines[i], "no amount") == NULL, ==, functions[i].has_amount);
  }
  g_assert_nonnull (
      strstr (lines[0], " a from 0.0001 to 1, usually 0.001, logarithmic "));
}

static void
test_list_names (Scratch *scratch, gconstpointer data)
{
  static const char *const kinds[][2] = {
    { "demos", "seed         Change weights" },
    { "optimizers", "sgd\nadam\nadamw\nrmsprop\nadagrad\n" },
    { "losses", "mse\n" },
    { "activations", "relu\n" },
    { "data", "spiral\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *arguments = g_strdup_printf ("list %s", kinds[i][0]);
    g_auto (Outcome) outcome = program_run (scratch, arguments);

    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_nonnull (strstr (outcome.out, kinds[i][1]));
  }
  assert_refuses (scratch, "list", 2, "list: no kind is given: name demos, lessons");
  assert_refuses (scratch, "list frobs", 2, "list: there is no such kind: name demos");
  assert_refuses (scratch, "list data losses", 2, "list: only one kind can be listed");
}

/* The sentence, and a line for each setting. */
static void
test_list_settings (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) adam = program_run (scratch, "list optimizers adam");
  g_auto (Outcome) tanh = program_run (scratch, "list activations tanh");
  g_auto (Outcome) inline_data = program_run (scratch, "list data inline");
  g_auto (Outcome) uniform = program_run (scratch, "list data uniform");
  g_auto (Outcome) huber = program_run (scratch, "list losses huber");

  g_assert_cmpint (adam.status, ==, 0);
  g_assert_cmpstr (adam.out, ==,
                   "steps from running means of the gradients and of their squares\n"
                   "lr            usually 0.001, from 0 to 3.4e38           "
                   "the learning rate, a factor of each step\n"
                   "betas         usually [0.9, 0.999], from 0 and below 1  "
                   "the fractions of the running means of gradients and of their squares "
                   "that each step keeps\n"
                   "eps           usually 1e-08, from 0 to 3.4e38           "
                   "added to the denominator, so that it is not 0\n"
                   "weight_decay  usually 0, from 0 to 3.4e38               "
                   "how strongly weights decay towards 0\n");
  g_assert_cmpstr (tanh.out, ==, "the hyperbolic tangent: from −1 to 1\n");
  g_assert_nonnull (strstr (inline_data.out, "\ntargets     a table, or none  "));
  g_assert_nonnull (strstr (uniform.out, "\nexamples    for example 200, from 1 to "));
  g_assert_nonnull (strstr (huber.out, "\ndelta  usually 1, greater than 0  "));
}

/* Every slow copy, and the other parameters as they are. */
static void
test_slow_copies_are_written (Scratch *scratch, gconstpointer data)
{
  static const char *const texts[] = { "fc1: ema a=0.9", "fc2.bias: w*0.99", NULL };
  static const char *const restored[] = { "fc1: ema a=0.9", "fc2.bias: w*0.99",
                                          "fc1: restore @ step 20", NULL };
  g_autoptr (NnTrainer) trainer = train (texts, 20);
  g_autoptr (NnTrainer) slow = train (restored, 20);
  g_auto (Outcome) outcome = program_run (
      scratch, "run seed --steps 20 --nudge 'fc1: ema a=0.9' --nudge 'fc2.bias: w*0.99'"
               " --snapshot x.npz --snapshot-slow slow.npz");

  g_assert_cmpint (outcome.status, ==, 0);
  assert_snapshot (scratch, "x.npz", trainer);
  assert_snapshot (scratch, "slow.npz", slow);
  g_assert_nonnull (strstr (outcome.out,
                            "note      without a slow copy, and written as they are: "
                            "fc2.weight, fc2.bias, fc3.weight, fc3.bias\n"));
}

static void
test_no_slow_copies_are_an_error (Scratch *scratch, gconstpointer data)
{
  assert_refuses (scratch, "run seed --quiet --steps 2 --snapshot-slow x.npz", 1,
                  "run: x.npz: there are no slow copies to write");
  assert_refuses (scratch, "run seed --snapshot x.npz --snapshot-slow x.npz", 2,
                  "--snapshot-slow would overwrite x.npz, which is that of --snapshot");
}

static void
test_skipping_is_reported_once (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_run (scratch, "run seed --quiet --steps 9 --nudge '*: w/std else=skip'");
  g_auto (GStrv) lines = g_strsplit (outcome.err, "\n", -1);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_nonnull (strstr (lines[0], "*: w/std else=skip: after step 1: skipped "
                                      "fc3.bias: one value has no std"));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/nudge-run-nudges/" name, Scratch, NULL, scratch_set_up, function,    \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("full-text", test_full_text);
  ADD ("bad-text-names-the-place", test_bad_text_names_the_place);
  ADD ("refused-nudges-are-reported-with-their-steps",
       test_refused_nudges_are_reported_with_their_steps);
  ADD ("strict-ends-with-the-refusal", test_strict_ends_with_the_refusal);
  ADD ("strict-without-a-refusal", test_strict_without_a_refusal);
  ADD ("slow-copies-are-written", test_slow_copies_are_written);
  ADD ("no-slow-copies-are-an-error", test_no_slow_copies_are_an_error);
  ADD ("skipping-is-reported-once", test_skipping_is_reported_once);
  ADD ("own-functions", test_own_functions);
  ADD ("bad-file-of-functions", test_bad_file_of_functions);
  ADD ("list-functions", test_list_functions);
  ADD ("list-names", test_list_names);
  ADD ("list-settings", test_list_settings);
  return g_test_run ();
}
