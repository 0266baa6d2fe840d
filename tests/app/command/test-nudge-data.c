/* test-nudge-data.c - data of the user's own, from the command line
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "tests/app/program.h"

static void
copy_table (const Scratch *scratch, const char *name)
{
  g_free (scratch_copy_table (scratch, name));
}

/* What is guessed is said, not to a quiet run, and can be kept as an experiment that is
 * the same run. */
static void
test_data_are_run (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) said = { 0 };
  g_auto (Outcome) quiet = { 0 };
  g_auto (Outcome) again = { 0 };

  copy_table (scratch, "plain.csv");
  said = program_run (scratch, "run plain.csv --steps 50 --losses a.csv --save x.nudge");
  g_assert_cmpint (said.status, ==, 0);
  g_assert_cmpstr (said.err, ==, "");
  g_assert_nonnull (strstr (said.out, "note      inputs: x, y (guessed)\n"));
  g_assert_nonnull (strstr (said.out, "note      targets: target (guessed)\n"));
  g_assert_nonnull (
      strstr (said.out, "note      loss: mse, as the targets are numbers\n"));
  g_assert_nonnull (strstr (said.out, "note      network: 2-16-1"));
  quiet = program_run (scratch, "run plain.csv --steps 1 --quiet");
  g_assert_cmpstr (quiet.out, ==, "");
  again = program_shell (scratch, "mkdir -p runs && mv x.nudge runs && sed -i "
                                  "'s/plain.csv/..\\/plain.csv/' runs/x.nudge && "
                                  "nudge run runs/x.nudge --steps 50 --losses b.csv && "
                                  "cmp a.csv b.csv");
  g_assert_cmpint (again.status, ==, 0);
}

static void
test_pictures_are_run (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) alone = { 0 };
  g_auto (Outcome) both = { 0 };

  copy_table (scratch, "pictures-idx3-ubyte.gz");
  alone = program_run (scratch, "run pictures-idx3-ubyte.gz");
  g_assert_cmpint (alone.status, ==, 2);
  assert_one_line (&alone);
  g_assert_nonnull (strstr (alone.err, "there is no file of labels beside it"));
  copy_table (scratch, "labels-idx1-ubyte.gz");
  both = program_run (scratch, "run pictures-idx3-ubyte.gz --steps 2");
  g_assert_cmpint (both.status, ==, 0);
  g_assert_nonnull (strstr (both.out, "note      loss: cross_entropy"));
  g_assert_nonnull (strstr (both.out, "labels: labels-idx1-ubyte.gz (guessed)\n"));
}

static void
test_bad_data_are_refused (Scratch *scratch, gconstpointer data)
{
  g_autofree char *picture = g_build_filename (scratch->folder, "x.png", NULL);
  g_autofree char *lost = g_build_filename (scratch->folder, "lost.nudge", NULL);

  copy_table (scratch, "missing.csv");
  put_contents (picture, "\x89PNG\r\n\x1a\n");
  put_contents (lost, "{\"nudge\":1,\"data\":{\"source\":\"csv\",\"file\":\"no.csv\"},"
                      "\"network\":{\"layers\":[{\"units\":1}]},\"loss\":{\"type\":"
                      "\"mse\"}}");
  assert_refuses (scratch, "run missing.csv", 2, "missing.csv: line 2, column 'y': ");
  assert_refuses (scratch, "run x.png", 2, "x.png: it is a PNG picture, and neither");
  assert_refuses (scratch, "run lost.nudge", 2, "lost.nudge: data: cannot read no.csv: ");
}

/* The data are not written over, whatever the experiment calls them. */
static void
test_data_are_no_output (Scratch *scratch, gconstpointer data)
{
  copy_table (scratch, "plain.csv");
  assert_succeeds (scratch, "run plain.csv --steps 1 --save x.nudge");
  assert_refuses (scratch, "run x.nudge --losses ./plain.csv", 2, "plain.csv");
}

static void
test_settings_are_listed (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_run (scratch, "list data csv");

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "\nseparator"));
  g_assert_nonnull (strstr (outcome.out, "usually guess, or \",\", \";\", \"\\t\""));
  g_assert_nonnull (strstr (outcome.out, "usually refuse, or drop, mean"));
}

static void
test_reading_is_shown (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "resources", "data", "digits.csv", NULL);
  g_autofree char *arguments = g_strdup_printf ("run '%s' --steps 1", path);
  g_autofree char *shown = program_run_on_terminal (scratch, arguments);

  if (shown == NULL)
    return; /* skipped */
  g_assert_nonnull (strstr (shown, "] reading, "));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/data/" name, Scratch, NULL, scratch_set_up, function,                \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("data-are-run", test_data_are_run);
  ADD ("pictures-are-run", test_pictures_are_run);
  ADD ("bad-data-are-refused", test_bad_data_are_refused);
  ADD ("data-are-no-output", test_data_are_no_output);
  ADD ("settings-are-listed", test_settings_are_listed);
  ADD ("reading-is-shown", test_reading_is_shown);
  return g_test_run ();
}
