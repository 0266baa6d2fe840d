/* test-nudge-checkpoint.c - runs that go on from a checkpoint, killed at any time
 *
 * SPDX-License-Identifier: MIT
 */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tests/app/program.h"

#define EXPERIMENT                                                                       \
  "{ \"nudge\": 1, \"title\": \"Interrupted\", \"seed\": 3,"                             \
  " \"data\": { \"source\": \"moons\", \"examples\": 50, \"noise\": 0.1,"                \
  " \"validation\": 0.2 },"                                                              \
  " \"network\": { \"layers\": [ { \"units\": 6, \"activation\": \"tanh\" },"            \
  " { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" },"                              \
  " \"optimizer\": { \"type\": \"adam\", \"lr\": 0.01 },"                                \
  " \"batch\": { \"size\": 7, \"shuffle\": true },"                                      \
  " \"nudges\": [ \"*: w + a*noise @ every 3 steps a=0.001\" ],"                         \
  " \"log\": [ { \"step\": 40, \"do\": \"edit\","                                        \
  " \"optimizer\": { \"type\": \"adam\", \"lr\": 0.002 } },"                             \
  " { \"step\": 120, \"do\": \"nudge\", \"nudge\": \"fc1: w*1.01\" } ] }"

/* Losses, weights and all of the state. */
static void
assert_same_run (const Scratch *scratch)
{
  assert_same_files (scratch, "b.csv", "a.csv");
  assert_same_files (scratch, "b.npz", "a.npz");
  assert_same_files (scratch, "b.nudge-checkpoint", "a.nudge-checkpoint");
}

/* ---- interrupted runs -------------------------------------------------------------- */

static void
test_run_in_parts_is_the_run (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "e.nudge", EXPERIMENT);
  assert_succeeds (scratch, "run e.nudge --steps 200 --losses a.csv --snapshot a.npz "
                            "--checkpoint a.nudge-checkpoint");
  assert_succeeds (
      scratch, "run e.nudge --steps 39 --losses b.csv --checkpoint b.nudge-checkpoint");
  assert_succeeds (scratch, "run --resume b.nudge-checkpoint --steps 40 --losses b.csv "
                            "--checkpoint b.nudge-checkpoint");
  assert_succeeds (scratch, "run e.nudge --resume b.nudge-checkpoint --steps 130 "
                            "--losses b.csv --checkpoint b.nudge-checkpoint");
  assert_succeeds (scratch, "run --resume b.nudge-checkpoint --steps 200 --losses b.csv "
                            "--snapshot b.npz --checkpoint b.nudge-checkpoint");
  assert_same_run (scratch);
}

/* Without --steps it has as many as it was to have at first. */
static void
test_goal_is_remembered (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  scratch_put (scratch, "e.nudge", EXPERIMENT);
  assert_succeeds (scratch, "run e.nudge --steps 64 --checkpoint c.nudge-checkpoint");
  outcome = program_run (scratch, "run --resume c.nudge-checkpoint");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "e: step 64, "));
}

static void
test_interrupt_leaves_a_checkpoint (Scratch *scratch, gconstpointer data)
{
  GPid pid = program_start (scratch,
                            "run seed --steps 1000000000 --quiet --checkpoint "
                            "c.nudge-checkpoint",
                            dup (STDERR_FILENO));

  g_usleep (100000);
  kill (pid, SIGINT);
  g_assert_cmpint (program_wait_for (pid), ==, 128 + SIGINT);
  assert_succeeds (scratch, "info c.nudge-checkpoint");
}

/* ---- kill -9 ----------------------------------------------------------------------- */

/* Kills are tried without, where a run is as fast as it is for users. */
#ifdef __SANITIZE_ADDRESS__
#define UNDER_SANITIZER TRUE
#else
#define UNDER_SANITIZER FALSE
#endif

#define N_KILLS      10
#define N_SLOW_KILLS 200
#define MOST_KILL_US 10000000

/* There is something to go on from. */
static gboolean
has_begun (const Scratch *scratch)
{
  g_autofree char *checkpoint =
      g_build_filename (scratch->folder, "b.nudge-checkpoint", NULL);

  return g_file_test (checkpoint, G_FILE_TEST_EXISTS);
}

/* Starts the run, or goes on with it. */
static GPid
start (const Scratch *scratch, guint n_steps)
{
  const gboolean begun = has_begun (scratch);
  g_autofree char *arguments =
      g_strdup_printf ("run %s --steps %u --losses b.csv --snapshot b.npz --quiet "
                       "--checkpoint b.nudge-checkpoint --checkpoint-every 0.001",
                       begun ? "--resume b.nudge-checkpoint" : "e.nudge", n_steps);

  return program_start (scratch, arguments, dup (STDERR_FILENO));
}

static gboolean
has_temporary (const Scratch *scratch)
{
  GDir *dir = g_dir_open (scratch->folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    found |= g_str_has_prefix (name, ".nudge-");
  g_dir_close (dir);
  return found;
}

static void
test_killed_runs_are_the_run (Scratch *scratch, gconstpointer data)
{
  const guint n_kills = g_test_slow () ? N_SLOW_KILLS : N_KILLS;
  const guint n_steps = 20000 * (g_test_slow () ? 10 : 1);
  g_autofree char *whole =
      g_strdup_printf ("run e.nudge --steps %u --losses a.csv --snapshot a.npz "
                       "--checkpoint a.nudge-checkpoint",
                       n_steps);
  gint32 most_us = 40000;
  guint n_killed = 0;

  scratch_put (scratch, "e.nudge", EXPERIMENT);
  assert_succeeds (scratch, whole);
  for (guint k = 0; k < n_kills || !has_begun (scratch); k++) {
    GPid pid = start (scratch, n_steps);

    g_usleep ((gulong) g_test_rand_int_range (500, most_us));
    kill (pid, SIGKILL);
    n_killed += program_wait_for (pid) == 128 + SIGKILL;
    if (!has_begun (scratch)) /* a busy machine takes longer to begin */
      most_us = MIN (2 * most_us, MOST_KILL_US);
  }
  g_assert_cmpint (program_wait_for (start (scratch, n_steps)), ==, 0);
  g_test_message ("%u of %u were killed before their end", n_killed, n_kills);
  assert_same_run (scratch);
  g_assert_false (has_temporary (scratch));
}

/* ---- what is refused --------------------------------------------------------------- */

static void
test_refusals_name_the_reason (Scratch *scratch, gconstpointer data)
{
  gsize length;
  g_autofree char *contents = NULL;
  g_autofree char *path = g_build_filename (scratch->folder, "d.nudge-checkpoint", NULL);

  scratch_put (scratch, "e.nudge", EXPERIMENT);
  assert_succeeds (scratch, "run e.nudge --steps 64 --checkpoint c.nudge-checkpoint");
  assert_refuses (scratch, "run --resume c.nudge-checkpoint --seed 4", 2,
                  "--seed: the checkpoint has an experiment of its own; leave this out");
  assert_refuses (scratch, "run --resume c.nudge-checkpoint --steps 63", 2,
                  "the checkpoint is at step 64 already");
  assert_refuses (scratch, "run seed --resume c.nudge-checkpoint", 2,
                  "the checkpoint is of another experiment than seed");
  assert_refuses (scratch, "run e.nudge --seed 4 --resume c.nudge-checkpoint", 2,
                  "the checkpoint is of another experiment than e.nudge");
  assert_refuses (scratch, "run --resume e.nudge", 2, "e.nudge: it is not a checkpoint");
  assert_refuses (scratch, "run seed --checkpoint c.json", 2,
                  "c.json does not end in .nudge-checkpoint");
  assert_refuses (scratch, "run seed --checkpoint-every 2", 2, "give --checkpoint FILE");
  assert_refuses (scratch,
                  "run seed --checkpoint c.nudge-checkpoint --checkpoint-every soon", 2,
                  "'soon' is not a number of seconds above 0");
  contents = read_file (scratch, "c.nudge-checkpoint", &length);
  g_assert_true (g_file_set_contents (path, contents, (gssize) length - 1, NULL));
  assert_refuses (scratch, "run --resume d.nudge-checkpoint", 2,
                  "d.nudge-checkpoint: it is a checkpoint that is damaged");
  assert_refuses (scratch, "info d.nudge-checkpoint", 2, "damaged");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define TABLE "x,y,class\n0,1,0\n1,0,1\n1,1,0\n0,0,1\n"

/* The same numbers, written otherwise, are the same data. */
static void
test_changed_data_are_named (Scratch *scratch, gconstpointer data)
{
  scratch_put (scratch, "d.csv", TABLE);
  assert_succeeds (scratch, "run d.csv --steps 5 --checkpoint c.nudge-checkpoint");
  scratch_put (scratch, "d.csv", "# again\n" TABLE);
  assert_succeeds (scratch, "run --resume c.nudge-checkpoint --steps 9");
  scratch_put (scratch, "d.csv", TABLE "1,1,1\n");
  assert_refuses (scratch, "run --resume c.nudge-checkpoint --steps 9", 2,
                  "d.csv are not those that the run was trained on");
}

static void
test_info_says_what_it_is (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  scratch_put (scratch, "e.nudge", EXPERIMENT);
  assert_succeeds (scratch, "run e.nudge --steps 64 --checkpoint c.nudge-checkpoint");
  outcome = program_run (scratch, "info c.nudge-checkpoint");
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_true (g_str_has_prefix (outcome.out, "c.nudge-checkpoint is a checkpoint\n"));
  g_assert_nonnull (strstr (outcome.out, "run        e, after step 64 of 64"));
  g_assert_nonnull (strstr (outcome.out, "network    2-6-1, 25 parameters"));
  assert_refuses (scratch, "run c.nudge-checkpoint", 2, "nudge run --resume");
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/checkpoint/" name, Scratch, NULL, scratch_set_up, function,          \
              scratch_remove_all)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("run-in-parts-is-the-run", test_run_in_parts_is_the_run);
  ADD ("goal-is-remembered", test_goal_is_remembered);
  ADD ("interrupt-leaves-a-checkpoint", test_interrupt_leaves_a_checkpoint);
  if (!UNDER_SANITIZER)
    ADD ("killed-runs-are-the-run", test_killed_runs_are_the_run);
  ADD ("refusals-name-the-reason", test_refusals_name_the_reason);
  ADD ("changed-data-are-named", test_changed_data_are_named);
  ADD ("info-says-what-it-is", test_info_says_what_it_is);
  return g_test_run ();
}
