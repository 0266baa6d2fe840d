/* test-nudge-streams.c - standard input and output in place of files
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "tests/app/program.h"

/* Both commands leave the same bytes, and what is said goes elsewhere. */
static void
test_output_is_the_file (Scratch *scratch, gconstpointer data)
{
  static const char *const rows[][3] = {
    { "--losses", "-", "x.csv" },       { "--losses", "-.csv", "x.csv" },
    { "--series", "-", "x.csv" },       { "--snapshot", "-", "x.safetensors" },
    { "--snapshot", "-.npz", "x.npz" }, { "--snapshot-slow", "-.json", "x.json" },
    { "--save", "-", "x.nudge" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *command = g_strdup_printf (
        "run () { nudge run seed --steps 30 --nudge '*: ema 0.9' %s \"$1\"; }\n"
        "run %s >piped 2>said && run %s >expected && cmp piped %s && "
        "grep -q 'seed: step 30, loss' said",
        rows[i][0], rows[i][1], rows[i][2], rows[i][2]);
    g_auto (Outcome) outcome = program_shell (scratch, command);

    g_test_message ("%s", command);
    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_cmpstr (outcome.out, ==, "");
    g_assert_cmpint (outcome.status, ==, 0);
  }
}

static void
test_input_is_the_file (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run seed-nudged --steps 3 --quiet --save x.nudge --snapshot x.npz\n"
      "nudge run x.nudge --steps 9 --quiet --losses a.csv\n"
      "cat x.nudge | nudge run - --steps 9 --quiet --losses b.csv && cmp a.csv b.csv\n"
      "nudge convert x.npz a.csv >/dev/null\n"
      "nudge convert - -.csv <x.npz | cmp a.csv -\n"
      "nudge convert -:fc1 - <x.npz | nudge info - | grep -c weight\n"
      "nudge info - <x.nudge | head -n 1\n"
      "cat x.nudge >-x.nudge; nudge info -x.nudge | head -n 1\n");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==,
                   "1\nstandard input is an experiment\n-x.nudge is an experiment\n");
}

/* Data that an experiment names are where the command is given. */
static void
test_data_are_in_the_current_folder (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "printf 'a,b\\n1,2\\n2,4\\n3,6\\n' >x.csv\n"
                              "nudge run x.csv --steps 1 --quiet --save x.nudge\n"
                              "nudge run - --steps 1 --quiet <x.nudge");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

/* @command: that is to do as a run of d.csv, but for what the experiment is called */
static void
assert_runs_as_the_file (Scratch *scratch, const char *command)
{
  g_autofree char *script = g_strdup_printf (
      "printf 'a,b,y\\n1,2,0.5\\n2,4,1.5\\n3,5,1\\n' >d.csv; gzip -kf d.csv\n"
      "nudge run d.csv --steps 9 --losses file.csv | grep note >file\n"
      "%s --steps 9 --losses piped.csv | grep note >piped && cmp file.csv piped.csv && "
      "cmp file piped",
      command);
  g_auto (Outcome) outcome = program_shell (scratch, script);

  g_test_message ("%s", command);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

/* What was guessed and the losses are those of the file, to the bit. */
static void
test_a_table_is_run (Scratch *scratch, gconstpointer data)
{
  assert_runs_as_the_file (scratch, "cat d.csv | nudge run -");
  assert_runs_as_the_file (scratch, "nudge run - <d.csv");
  assert_runs_as_the_file (scratch, "cat d.csv.gz | nudge run /dev/stdin");
  assert_runs_as_the_file (scratch, "zcat d.csv.gz | nudge run /dev/fd/3 3<&0");
  assert_runs_as_the_file (scratch, "mkfifo pipe; cat d.csv >pipe & nudge run pipe");
}

/* They say the same of the file, but for its name. */
static void
test_why_and_lessons_are_read (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run heal --steps 30 --quiet --save heal.nudge\n"
      "nudge why heal.nudge --step 20 | sed 's/run heal.nudge/run -/' >file\n"
      "nudge why - --step 20 <heal.nudge >piped && cmp file piped || exit\n"
      "lesson=$G_TEST_SRCDIR/../resources/lessons/lesson-bits.nudge\n"
      "nudge lesson \"$lesson\" >file && nudge lesson - <\"$lesson\" >piped || exit\n"
      "cmp file piped && test -s piped");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

/* A program has the data beside it; an experiment and a checkpoint only name them. */
static void
test_a_table_is_gone_after_the_run (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  scratch_put (scratch, "d.csv", "a,b\n1,2\n2,4\n3,6\n");
  assert_refuses (scratch, "run - --save x.nudge <d.csv", 2,
                  "nudge: run: --save: the data came through a pipe and cannot be read "
                  "from it again: save them in a file, and name that\n");
  assert_refuses (scratch, "run /dev/stdin --checkpoint x.nudge-checkpoint <d.csv", 2,
                  "nudge: run: --checkpoint: the data came through a pipe");
  outcome =
      program_shell (scratch, "cat d.csv | nudge run - --steps 2 --quiet --script x.py "
                              "&& grep -c /dev/ x.py");
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "0\n");
}

/* What has no end is refused by how it begins, or once it fills much of the memory. */
static void
test_a_wrong_stream_is_refused (Scratch *scratch, gconstpointer data)
{
  static const struct {
    const char *command;
    const char *said;
  } rows[] = {
    { "echo a,b | nudge run -", "standard input: the table has a header and no rows\n" },
    { "printf 'a,b\\n1,2\\n1,2,3\\n' | nudge run -",
      "standard input: line 3 has 3 fields" },
    { "yes '#!' | nudge run -", "standard input: it is a script and no experiment\n" },
    { "nudge run seed --quiet --snapshot -.npz | nudge run -",
      "standard input: it is a NumPy archive of arrays (npz), which cannot be run from a "
      "pipe: save it in a file first\n" },
#ifndef __SANITIZE_ADDRESS__
    { "ulimit -v 400000; yes | nudge run -",
      "cannot read /dev/stdin: it has not ended after " },
    { "ulimit -v 400000; yes '{' | nudge run -",
      "cannot read /dev/stdin: it has not ended after " },
#endif
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Outcome) outcome = program_shell (scratch, rows[i].command);
    g_autofree char *said = g_strconcat ("nudge: run: ", rows[i].said, NULL);

    g_test_message ("%s: %s", rows[i].command, outcome.err);
    g_assert_true (g_str_has_prefix (outcome.err, said));
    g_assert_cmpint (outcome.status, !=, 0);
  }
}

/* Rows arrive while the run goes on, and end with who reads them. */
static void
test_losses_come_as_they_are (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch, "nudge run seed --steps 1000000000000 --quiet --losses - | head -n 2");

  g_assert_nonnull (strstr (outcome.out, "step,loss\n1,24.0367947\n"));
  g_assert_nonnull (strstr (outcome.err, "standard output: Broken pipe"));
}

static void
test_what_cannot_be_is_refused (Scratch *scratch, gconstpointer data)
{
  assert_refuses (scratch, "run seed --losses - --save -", 2,
                  "--save: standard output is that of --losses already");
  assert_refuses (scratch, "run seed --checkpoint -", 2, "--checkpoint: this cannot be");
  assert_refuses (scratch, "run seed --figure -", 2, "--figure: this cannot be");
  assert_refuses (scratch, "run seed --losses -.npz", 2, ".csv");
  assert_refuses (scratch, "run - </dev/null", 2, "standard input: it is empty");
  assert_refuses (scratch, "convert x.npz -.pt", 2, "only read");
}

static void
test_a_full_disk_is_said (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome =
      program_shell (scratch, "nudge run seed --quiet --losses - >/dev/full");

  assert_one_line (&outcome);
  g_assert_cmpint (outcome.status, ==, 1);
}

#define ADD(path, function)                                                              \
  g_test_add ("/nudge/streams/" path, Scratch, NULL, scratch_set_up, function,           \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("output-is-the-file", test_output_is_the_file);
  ADD ("input-is-the-file", test_input_is_the_file);
  ADD ("data-are-in-the-current-folder", test_data_are_in_the_current_folder);
  ADD ("a-table-is-run", test_a_table_is_run);
  ADD ("why-and-lessons-are-read", test_why_and_lessons_are_read);
  ADD ("a-table-is-gone-after-the-run", test_a_table_is_gone_after_the_run);
  ADD ("a-wrong-stream-is-refused", test_a_wrong_stream_is_refused);
  ADD ("losses-come-as-they-are", test_losses_come_as_they_are);
  ADD ("what-cannot-be-is-refused", test_what_cannot_be_is_refused);
  ADD ("a-full-disk-is-said", test_a_full_disk_is_said);
  return g_test_run ();
}
