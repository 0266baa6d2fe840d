/* test-nudge-snapshots.c - the parameters along a run
 *
 * SPDX-License-Identifier: MIT
 */

#include "tests/app/program.h"

/* Each is what a run of so many steps ends with; the last step's is there, too. */
static void
test_each_is_that_step (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run seed-nudged --steps 25 --quiet --snapshot x.npz --snapshot-every 10\n"
      "ls\n"
      "for step in 10 20 25; do\n"
      "  nudge run seed-nudged --steps $step --quiet --snapshot y.npz\n"
      "  cmp y.npz x-0000$step.npz\n"
      "done\n"
      "cmp x.npz x-000025.npz");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "x-000010.npz\nx-000020.npz\nx-000025.npz\nx.npz\n");
  g_assert_cmpint (outcome.status, ==, 0);
}

static void
test_a_run_that_goes_on_goes_on (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "every='--quiet --snapshot x.csv --snapshot-every 4'\n"
      "nudge run seed --steps 6 $every --checkpoint x.nudge-checkpoint\n"
      "rm x*.csv; nudge run --resume x.nudge-checkpoint --steps 12 $every; ls *.csv");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "x-000008.csv\nx-000012.csv\nx.csv\n");
}

static void
test_bad_usage_is_refused (Scratch *scratch, gconstpointer data)
{
  assert_refuses (scratch, "run seed --snapshot-every 5", 2, "give --snapshot FILE too");
  assert_refuses (scratch, "run seed --snapshot - --snapshot-every 5", 2,
                  "give --snapshot FILE too");
  assert_refuses (scratch, "run seed --snapshot x.npz --snapshot-every 0", 2,
                  "0 is not a number of steps");
  assert_refuses (scratch, "run seed --snapshot x.npz --snapshot-every often", 2,
                  "'often' is not a whole number");
  assert_succeeds (scratch, "run seed --steps 10 --quiet --snapshot x-000010.npz");
  assert_refuses (scratch,
                  "run seed --from x-000010.npz --snapshot x.npz --snapshot-every 5", 2,
                  "would overwrite a file that is read");
  assert_refuses (
      scratch, "run seed --snapshot x.csv --snapshot-every 5 --losses ./x-000010.csv", 2,
      "would overwrite a file that is read, or written for another option");
}

/* One that cannot be written ends the run, and says at which step. */
static void
test_a_failure_ends_the_run (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch, "mkdir x-000020.npz\n"
               "nudge run seed --quiet --snapshot x.npz --snapshot-every 10");

  assert_one_line (&outcome);
  g_assert_nonnull (g_strstr_len (outcome.err, -1, "run: step 20: cannot write"));
  g_assert_cmpint (outcome.status, ==, 1);
}

/* Python reads what was done out of the header, and so does info; convert keeps it. */
static void
test_a_history_is_read_back (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run seed --steps 20 --quiet --snapshot x.safetensors --with-history \\\n"
      "  --nudge 'fc2.weight: shrink 5% @ every 5 steps' --no-nudges\n"
      "nudge convert x.safetensors y.safetensors >/dev/null\n"
      "nudge info y.safetensors | grep -c '\"times\": [45]'\n"
      "python3 -c 'import json, struct; f = open(\"y.safetensors\", \"rb\")\n"
      "m = json.loads(f.read(struct.unpack(\"<Q\", f.read(8))[0]))[\"__metadata__\"]\n"
      "s, = json.loads(m[\"nudge.standing\"])\n"
      "print(m[\"nudge.step\"], s[\"first\"], s[\"times\"], m[\"nudge.history\"])'");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==, "1\n20 5 4 [ ]\n");
}

/* The log's entries are those of the .nudge file, and info says how many more there are. */
static void
test_a_log_is_in_the_history (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run seed --steps 1 --quiet --save x.nudge\n"
      "python3 -c 'import json; e = json.load(open(\"x.nudge\"))\n"
      "e[\"log\"] = [{\"step\": i, \"do\": \"nudge\", \"nudge\": \"fc1: 0.9*w\"}\n"
      "            for i in range(1, 26)]\n"
      "json.dump(e, open(\"y.nudge\", \"w\"))'\n"
      "nudge run y.nudge --steps 23 --quiet --snapshot x.safetensors --with-history\n"
      "nudge edit x.safetensors y.safetensors --nudge 'fc1: 2*w' >edit.txt\n"
      "nudge info y.safetensors | grep -e nudge.history -e '\"step\": 20,' -e more");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==,
                   "nudge.history  23 entries\n"
                   "   {\"step\": 20, \"do\": \"nudge\", \"nudge\": \"fc1: 0.9*w\"}\n"
                   "   … and 3 more\n");
}

/* Each file along the run has what was done up to its step, also the last one's. */
static void
test_each_has_its_history (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (
      scratch,
      "nudge run seed --steps 25 --quiet --snapshot x.safetensors --with-history \\\n"
      "  --snapshot-every 10 --nudge 'fc2.weight: shrink 5% @ every 5 steps' \\\n"
      "  --no-nudges\n"
      "for step in 10 20 25; do nudge info x-0000$step.safetensors |\n"
      "  grep -o -e 'nudge.step  *[0-9]*' -e '\"times\": [0-9]*' | tr -s ' '\n"
      "done");

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (outcome.out, ==,
                   "nudge.step 10\n\"times\": 2\nnudge.step 20\n\"times\": 4\n"
                   "nudge.step 25\n\"times\": 5\n");
}

static void
test_a_history_needs_metadata (Scratch *scratch, gconstpointer data)
{
  assert_refuses (scratch, "run seed --with-history --snapshot x.npz", 2,
                  "give --snapshot FILE.safetensors");
  assert_refuses (scratch, "run seed --with-history", 2, "no snapshot is written");
}

#define ADD(path, function)                                                              \
  g_test_add ("/nudge/snapshots/" path, Scratch, NULL, scratch_set_up, function,         \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-is-that-step", test_each_is_that_step);
  ADD ("a-run-that-goes-on-goes-on", test_a_run_that_goes_on_goes_on);
  ADD ("bad-usage-is-refused", test_bad_usage_is_refused);
  ADD ("a-history-is-read-back", test_a_history_is_read_back);
  ADD ("a-log-is-in-the-history", test_a_log_is_in_the_history);
  ADD ("each-has-its-history", test_each_has_its_history);
  ADD ("a-history-needs-metadata", test_a_history_needs_metadata);
  ADD ("a-failure-ends-the-run", test_a_failure_ends_the_run);
  return g_test_run ();
}
