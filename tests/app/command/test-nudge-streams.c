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
      "nudge info - <x.nudge | head -n 1\n");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "1\nstandard input is an experiment\n");
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
  assert_refuses (scratch, "run - </dev/null", 2,
                  "standard input, read as an experiment");
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
  ADD ("losses-come-as-they-are", test_losses_come_as_they_are);
  ADD ("what-cannot-be-is-refused", test_what_cannot_be_is_refused);
  ADD ("a-full-disk-is-said", test_a_full_disk_is_said);
  return g_test_run ();
}
