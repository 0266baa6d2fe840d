/* test-nudge-outputs.c - what is written, where it cannot be, and where it may not be
 *
 * SPDX-License-Identifier: MIT
 */

#include <signal.h>
#include <string.h>

#include "tests/app/program.h"

#define ENDLESS "run seed --steps 1000000000000 "
#define LARGE   1200 /* rows of a table that a program does not have within it */

/* --- Standard output --------------------------------------------------------------- */

static void
assert_fails (const Scratch *scratch, const char *command, const char *said)
{
  g_auto (Outcome) outcome = program_shell (scratch, command);

  g_test_message ("%s", command);
  assert_one_line (&outcome);
  g_assert_nonnull (strstr (outcome.err, said));
  g_assert_cmpint (outcome.status, ==, 1);
}

static void
test_full_standard_output (Scratch *scratch, gconstpointer data)
{
  static const char *const commands[] = { "run seed --steps 3", "run --help",
                                          "list functions",     "list losses",
                                          "list losses mse",    "list --help",
                                          "list demos",         "--help",
                                          "--version" };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (GStrv) words = g_strsplit (commands[i], " ", 2);
    g_autofree char *full = g_strdup_printf ("nudge %s >/dev/full", commands[i]);
    g_autofree char *closed = g_strdup_printf ("nudge %s >&-", commands[i]);
    g_autofree char *said = g_strdup_printf (
        "nudge: %s: cannot write to standard output: No space left on device", words[0]);

    assert_fails (scratch, full, said);
    assert_fails (scratch, closed, "standard output: Bad file descriptor");
  }
}

static void
test_quiet_run_needs_no_standard_output (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run seed --quiet --losses x.csv >/dev/full");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

/* What is printed may not get into a file that happens to have the number. */
static void
test_closed_files_stay_closed (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run seed --steps 20 --losses x.csv >&- 2>&- <&-");
  g_autofree double *losses = read_losses (scratch, "x.csv", 20);

  g_assert_cmpint (outcome.status, ==, 1);
}

/* German catalogues of the C library and of GLib are asked for. */
static void
test_messages_are_english (Scratch *scratch, gconstpointer data)
{
  static const char *const commands[] = {
    "run none.nudge", "run seed --frob", "run seed --losses none/x/y.csv",
    "run .",          "run --help",      "list functions >/dev/full"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *plain =
        g_strdup_printf ("export LC_ALL=C.UTF-8 LANGUAGE=\n nudge %s", commands[i]);
    g_autofree char *german =
        g_strdup_printf ("export LC_ALL=C.UTF-8 LANGUAGE=de\n nudge %s", commands[i]);
    g_auto (Outcome) expected = program_shell (scratch, plain);
    g_auto (Outcome) outcome = program_shell (scratch, german);

    g_assert_cmpstr (outcome.err, ==, expected.err);
    g_assert_cmpstr (outcome.out, ==, expected.out);
    g_assert_cmpint (outcome.status, ==, expected.status);
  }
}

/* --- One that fails ---------------------------------------------------------------- */

#define ALL "--figure x.png --losses x.csv --snapshot x.npz --save x.nudge"

/* No file may have more than 4096 bytes, as on a disk that is full. */
static void
test_failed_figure_takes_nothing_along (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "ulimit -f 8; nudge run seed --steps 20 " ALL);
  g_autofree double *losses = read_losses (scratch, "x.csv", 20);

  assert_one_line (&outcome);
  g_assert_nonnull (strstr (outcome.err, "nudge: run: cannot write x.png: "));
  g_assert_true (g_str_has_suffix (outcome.out, "\nlosses    x.csv\nsnapshot  x.npz\n"
                                                "saved     x.nudge\n"));
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
}

/* Of the run as it was; with less than a step in a row there is none. */
static void
test_series_are_written (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run moons --steps 40 --quiet --series s.csv && "
                              "nudge run moons --steps 40 --quiet --losses l.csv && "
                              "grep ^loss s.csv | cut -d , -f 3,4 > a && "
                              "tail -n +2 l.csv | cut -d , -f 1,2 > b && cmp a b && "
                              "grep -c ^fc2.update_over_weight, s.csv && "
                              "grep -c ^fc1.dead_units, s.csv && "
                              "grep -c ^validation, s.csv");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "40\n41\n41\n");
  g_assert_cmpint (outcome.status, ==, 0);
}

static void
test_each_failure_is_named (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "ulimit -f 0; nudge run seed --steps 20 " ALL);

  g_assert_nonnull (strstr (outcome.err, "cannot write x.png: "));
  g_assert_nonnull (strstr (outcome.err, "cannot write x.csv: "));
  g_assert_nonnull (strstr (outcome.err, "cannot write x.npz: "));
  g_assert_nonnull (strstr (outcome.err, "cannot write x.nudge: "));
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

/* The run ends there, so that it can be done again, and the rest is of that step. */
static void
test_failed_losses_end_the_run (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "echo old >x.csv; ulimit -f 8; nudge " ENDLESS
                              "--losses x.csv --snapshot x.npz --save x.nudge");
  const char *prefix = "nudge: run: step ";
  guint64 step;
  g_autofree char *summary = NULL;
  g_autofree char *old = read_file (scratch, "x.csv", NULL);

  assert_one_line (&outcome);
  g_assert_true (g_str_has_prefix (outcome.err, prefix));
  g_assert_nonnull (strstr (outcome.err, ": cannot write x.csv: "));
  step = g_ascii_strtoull (outcome.err + strlen (prefix), NULL, 10);
  summary = g_strdup_printf ("seed: step %" G_GUINT64_FORMAT ", ", step);
  g_assert_true (g_str_has_prefix (outcome.out, summary));
  g_assert_true (
      g_str_has_suffix (outcome.out, "\nsnapshot  x.npz\nsaved     x.nudge\n"));
  g_assert_cmpstr (old, ==, "old\n");
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
}

/* --- One file for two things ------------------------------------------------------- */

#define SMALL                                                                            \
  "{ \"nudge\": 1, \"data\": { \"source\": \"sine\", \"examples\": 5 },"                 \
  "  \"network\": { \"layers\": [ { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" "  \
  "} }"

static void
put_experiment (const Scratch *scratch)
{
  scratch_put (scratch, "x.nudge", SMALL);
}

#define UNDER                                                                            \
  "/bin/ln -s . d; /bin/ln x.nudge hard.nudge; /bin/ln -s x.nudge soft.nudge; "

static void
test_input_is_not_written_over (Scratch *scratch, gconstpointer data)
{
  static const char *const names[] = { "x.nudge", "./x.nudge", "d/x.nudge", "hard.nudge",
                                       "soft.nudge" };

  put_experiment (scratch);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *command =
        g_strdup_printf ("/bin/rm -f d hard.nudge soft.nudge; " UNDER
                         "nudge run x.nudge --steps 1000000000000 --save %s",
                         names[i]);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    assert_one_line (&outcome);
    g_assert_nonnull (strstr (outcome.err, "--save would overwrite x.nudge, which is "
                                           "read: give another file"));
    g_assert_cmpint (outcome.status, ==, 2);
  }
}

/* Endings tell most outputs apart, but links may have any name. */
static void
test_outputs_are_different_files (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) soft =
      program_shell (scratch, ">x.csv; /bin/ln -s x.csv x.npz; nudge " ENDLESS
                              "--losses x.csv --snapshot x.npz");
  g_auto (Outcome) hard =
      program_shell (scratch, "/bin/rm x.npz; /bin/ln x.csv x.nudge; nudge " ENDLESS
                              "--losses x.csv --save x.nudge");

  assert_one_line (&soft);
  g_assert_nonnull (
      strstr (soft.err, "--snapshot would overwrite x.csv, which is that of --losses"));
  g_assert_cmpint (soft.status, ==, 2);
  assert_one_line (&hard);
  g_assert_nonnull (
      strstr (hard.err, "--save would overwrite x.csv, which is that of --losses"));
  g_assert_cmpint (hard.status, ==, 2);
}

static void
put_table (Scratch *scratch, const char *name, guint n_rows)
{
  g_autoptr (GString) table = g_string_new ("a,b,y\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (table, "%u,%u,%u\n", i, i % 7, i % 3);
  scratch_put (scratch, name, table->str);
}

/* What a program reads is as much an output as the program, if it reads anything. */
static void
test_a_programs_data_replace_nothing (Scratch *scratch, gconstpointer data)
{
  put_table (scratch, "x.csv", LARGE);
  assert_refuses (scratch, "run x.csv --script s.py --snapshot s.npz", 2,
                  "--script would overwrite s.npz, which is that of --snapshot");
  assert_succeeds (scratch,
                   "run x.csv --steps 2 --quiet --snapshot w.npz --save w.nudge");
  assert_refuses (scratch, "run x.csv --from w.npz --script ./w.py", 2,
                  "--script would overwrite w.npz, which is read");
  assert_succeeds (scratch, "run seed --steps 2 --quiet --script s.py --snapshot s.npz");
}

/* An edit's data are read, too, and are among what a program reads. */
static void
test_data_of_the_log_are_not_replaced (Scratch *scratch, gconstpointer data)
{
  put_table (scratch, "large.csv", LARGE);
  put_table (scratch, "small.csv", 3);
  scratch_put (
      scratch, "x.nudge",
      "{ \"nudge\": 1, \"data\": { \"source\": \"csv\", \"file\": \"small.csv\" }, "
      "\"network\": { \"layers\": [ { \"name\": \"fc1\", \"units\": 1 } ] }, "
      "\"loss\": { \"type\": \"mse\" }, \"log\": [ { \"step\": 4, "
      "\"do\": \"edit\", \"data\": { \"source\": \"csv\", "
      "\"file\": \"large.csv\" } } ] }");
  assert_refuses (scratch, "run x.nudge --losses ./large.csv", 2,
                  "--losses would overwrite large.csv, which is read");
  assert_refuses (scratch, "run x.nudge --script s.py --snapshot s.npz", 2,
                  "--script would overwrite s.npz, which is that of --snapshot");
  assert_succeeds (scratch,
                   "run x.nudge --steps 3 --quiet --script s.py --snapshot s.npz");
}

/* The checkpoint that a run goes on from may be written again, and by nothing else. */
static void
test_a_checkpoint_is_an_input (Scratch *scratch, gconstpointer data)
{
  static const char go_on[] = "run --resume x.nudge-checkpoint --steps 4 --quiet ";
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *again = g_strconcat (go_on, "--checkpoint ./x.nudge-checkpoint", NULL);
  g_autofree char *over = g_strconcat ("/bin/ln x.nudge-checkpoint x.npz; nudge ", go_on,
                                       "--snapshot x.npz", NULL);

  assert_succeeds (scratch, "run seed --steps 2 --quiet --checkpoint x.nudge-checkpoint");
  assert_succeeds (scratch, again);
  outcome = program_shell (scratch, over);
  g_assert_nonnull (strstr (outcome.err, "--snapshot would overwrite x.nudge-checkpoint, "
                                         "which is read"));
  g_assert_cmpint (outcome.status, ==, 2);
}

/* A demo is in no file, whatever is in the folder. */
static void
test_demo_is_no_input (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, ">seed; /bin/ln seed seed.nudge; "
                              "nudge run seed --steps 1 --save seed.nudge");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

static void
test_endings_say_the_format (Scratch *scratch, gconstpointer data)
{
  assert_refuses (scratch, ENDLESS "--save x.json", 2,
                  "x.json does not end in .nudge: an experiment is saved in such a file");
  assert_refuses (scratch, ENDLESS "--save x", 2, "x does not end in .nudge");
  assert_refuses (scratch, ENDLESS "--losses x.npz", 2,
                  "x.npz does not end in .csv: losses are written to such a file");
  assert_refuses (scratch, ENDLESS "--losses x.csv --save y.csv", 2, "y.csv does not");
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
  assert_succeeds (scratch, "run seed --steps 1 --save x.NUDGE --losses x.CSV");
}

/* --- Too little memory -------------------------------------------------------------- */

static void
put_network (const Scratch *scratch, const char *examples, const char *units)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"nudge\": 1, \"data\": { \"source\": \"moons\", \"examples\": %s },"
      "  \"network\": { \"layers\": [ { \"units\": %s }, { \"units\": 1 } ] },"
      "  \"loss\": { \"type\": \"mse\" } }",
      examples, units);

  scratch_put (scratch, "x.nudge", text);
}

/* Before anything is computed, in the window as well. */
static void
test_too_little_memory_is_said (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  put_network (scratch, "10000000", "65536");
  outcome = program_run (scratch, "run x.nudge --losses x.csv");
  assert_one_line (&outcome);
  g_assert_true (
      g_str_has_prefix (outcome.err, "nudge: run: this needs about 10.5 TB of memory, "));
  g_assert_nonnull (strstr (outcome.err, "give a smaller batch.size"));
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* What a snapshot takes in memory counts as well, as text more than the run, and what
 * checkpoints take. */
static void
test_memory_of_a_file_is_said (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) starts = program_shell (scratch, "ulimit -v 200000; nudge --version");
  g_auto (Outcome) text = { 0 };
  g_auto (Outcome) binary = { 0 };
  g_auto (Outcome) states = { 0 };

  if (starts.status != 0) {
    g_test_skip ("this program does not start with little memory");
    return;
  }
  scratch_put (scratch, "x.nudge",
               "{ \"nudge\": 1, \"data\": { \"source\": \"moons\", \"examples\": 4 },"
               "  \"network\": { \"layers\": [ { \"units\": 2000 }, { \"units\": 2000 },"
               "  { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" } }");
  text = program_shell (scratch,
                        "ulimit -v 350000; nudge run x.nudge --steps 1 --snapshot x.csv");
  assert_one_line (&text);
  g_assert_nonnull (strstr (text.err, "most is for the file with the weights: name one "
                                      "that ends in .safetensors\n"));
  g_assert_cmpint (text.status, ==, 1);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  binary =
      program_shell (scratch, "ulimit -v 350000; nudge run x.nudge --steps 1 --quiet "
                              "--snapshot x.safetensors");
  g_assert_cmpstr (binary.err, ==, "");
  g_assert_cmpint (binary.status, ==, 0);
  states =
      program_shell (scratch, "ulimit -v 300000; nudge run x.nudge --steps 1 --quiet && "
                              "nudge run x.nudge --checkpoint x.nudge-checkpoint");
  assert_one_line (&states);
  g_assert_nonnull (strstr (states.err, "most is for copies of the state for "
                                        "checkpoints: do without them\n"));
  g_assert_cmpint (states.status, ==, 1);
}

/* GLib ends a program by itself when it cannot make one of its locks. */
static gboolean
is_of_glib_itself (const Outcome *outcome)
{
  return outcome->status == 128 + SIGABRT &&
         g_str_has_prefix (outcome->err, "GLib (gthread-posix.c): ");
}

/* Whatever the limit, it is one line and nothing is left. */
static void
test_failed_allocation_is_one_line (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) starts = program_shell (scratch, "ulimit -v 200000; nudge --version");
  gboolean failed = FALSE, done = FALSE;
  int least = 200000; /* with which it starts */

  if (starts.status != 0) {
    g_test_skip ("this program does not start with little memory");
    return;
  }
  put_network (scratch, "8000", "20"); /* too little to be compared before */
  for (int limit = 8000; limit < 200000 && !done; limit += 1 + limit / 20) {
    g_autofree char *command = g_strdup_printf (
        "ulimit -v %d; nudge run x.nudge --steps 2 --quiet --losses x.csv", limit);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    if ((limit < least + least / 10 && outcome.status > 1) ||
        is_of_glib_itself (&outcome))
      continue; /* it, its libraries or its stack could not be loaded */
    done = outcome.status == 0;
    if (done)
      break;
    least = failed ? least : limit;
    failed = TRUE;
    assert_one_line (&outcome);
    g_assert_nonnull (strstr (outcome.err, "memory"));
    g_assert_cmpint (outcome.status, ==, 1);
    g_assert_cmpuint (scratch_count (scratch), ==, 1);
  }
  g_assert_true (failed && done);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/outputs/" name, Scratch, NULL, scratch_set_up, function,             \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("full-standard-output", test_full_standard_output);
  ADD ("quiet-run-needs-no-standard-output", test_quiet_run_needs_no_standard_output);
  ADD ("closed-files-stay-closed", test_closed_files_stay_closed);
  ADD ("messages-are-english", test_messages_are_english);
  ADD ("failed-figure-takes-nothing-along", test_failed_figure_takes_nothing_along);
  ADD ("series-are-written", test_series_are_written);
  ADD ("each-failure-is-named", test_each_failure_is_named);
  ADD ("failed-losses-end-the-run", test_failed_losses_end_the_run);
  ADD ("input-is-not-written-over", test_input_is_not_written_over);
  ADD ("outputs-are-different-files", test_outputs_are_different_files);
  ADD ("a-programs-data-replace-nothing", test_a_programs_data_replace_nothing);
  ADD ("data-of-the-log-are-not-replaced", test_data_of_the_log_are_not_replaced);
  ADD ("a-checkpoint-is-an-input", test_a_checkpoint_is_an_input);
  ADD ("demo-is-no-input", test_demo_is_no_input);
  ADD ("too-little-memory-is-said", test_too_little_memory_is_said);
  ADD ("memory-of-a-file-is-said", test_memory_of_a_file_is_said);
  ADD ("failed-allocation-is-one-line", test_failed_allocation_is_one_line);
  ADD ("endings-say-the-format", test_endings_say_the_format);
  return g_test_run ();
}
