/* test-nudge-signals.c - runs that are asked to end
 *
 * SPDX-License-Identifier: MIT
 */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tests/app/program.h"
#include "tests/deadline.h"

#define DEADLINE_US (60 * G_USEC_PER_SEC)
#define ENDLESS     "run seed --steps 1000000000000 "

/* A program that runs, and what it says. */
typedef struct {
  GPid pid;
  int err; /* the end of a pipe that is read */
} Started;

static Started
start (const Scratch *scratch, const char *arguments)
{
  Started self;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  self.err = ends[0];
  self.pid = program_start (scratch, arguments, ends[1]);
  return self;
}

static Outcome
wait_for (Started *self)
{
  Outcome outcome = { 0 };
  char said[4096];
  ssize_t n;

  outcome.status = program_wait_for (self->pid);
  n = read (self->err, said, sizeof said);
  g_assert_cmpint (n, >=, 0);
  outcome.err = g_strndup (said, (gsize) n);
  close (self->err);
  return outcome;
}

/* The largest temporary file's size; -1 if there is none. */
static goffset
get_begun (const Scratch *scratch)
{
  GDir *dir = g_dir_open (scratch->folder, 0, NULL);
  goffset largest = -1;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
    GStatBuf info;

    if (g_str_has_prefix (name, ".nudge-") && g_stat (path, &info) == 0)
      largest = MAX (largest, info.st_size);
  }
  g_dir_close (dir);
  return largest;
}

static void
wait_until_begun (const Scratch *scratch, goffset least)
{
  const gint64 deadline = deadline_after (DEADLINE_US);
  goffset begun;

  while ((begun = get_begun (scratch)) < least && g_get_monotonic_time () < deadline)
    g_usleep (500);
  g_assert_cmpint (begun, >=, least);
}

/* One that is there for so long is not the one that tries whether it can be written. */
static void
wait_until_it_stays (const Scratch *scratch, gint64 us)
{
  const gint64 deadline = deadline_after (DEADLINE_US);
  gint64 since = g_get_monotonic_time ();

  while (g_get_monotonic_time () < since + us) {
    if (get_begun (scratch) < 0)
      since = g_get_monotonic_time ();
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (500);
  }
}

/* Of the last row of a losses file. */
static guint64
get_last_step (const char *losses)
{
  const char *row = losses + strlen (losses) - 1;

  while (row > losses && row[-1] != '\n')
    row--;
  return g_ascii_strtoull (row, NULL, 10);
}

static void
test_a_signal_ends_the_run (Scratch *scratch, gconstpointer data)
{
  const int number = GPOINTER_TO_INT (data);
  Started run = start (scratch, ENDLESS "--losses x.csv --snapshot x.npz --save x.nudge");
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *losses = NULL;
  g_autofree char *said = NULL;

  wait_until_begun (scratch, 1);
  g_assert_cmpint (kill (run.pid, number), ==, 0);
  outcome = wait_for (&run);
  g_assert_cmpint (outcome.status, ==, 128 + number);
  assert_one_line (&outcome);
  losses = read_file (scratch, "x.csv", NULL);
  said = g_strdup_printf ("nudge: run: interrupted after step %" G_GUINT64_FORMAT
                          " of 1000000000000\n",
                          get_last_step (losses));
  g_assert_cmpstr (outcome.err, ==, said);
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
}

/* As `timeout` does: to the process and to its group. */
static void
test_one_request_may_come_twice (Scratch *scratch, gconstpointer data)
{
  Started run = start (scratch, ENDLESS "--losses x.csv");
  g_auto (Outcome) outcome = { 0 };

  wait_until_begun (scratch, 1);
  kill (run.pid, SIGTERM);
  g_usleep (100);
  kill (run.pid, SIGTERM);
  outcome = wait_for (&run);
  g_assert_cmpint (outcome.status, ==, 128 + SIGTERM);
  assert_one_line (&outcome);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* SIGINT while @command waits for a pipe that brings nothing: it ends at once. */
static Outcome
interrupt_waiting (Scratch *scratch, const char *command)
{
  Started run = start (scratch, command);
  Outcome outcome;

  g_usleep (300000);
  g_assert_cmpint (kill (run.pid, SIGINT), ==, 0);
  outcome = wait_for (&run);
  g_test_message ("%s: %s", command, outcome.err);
  g_assert_cmpint (outcome.status, ==, 128 + SIGINT);
  return outcome;
}

#define OFTEN "\"fc1: w + 0*noise @ every example\""

/* Nothing comes through the pipe, which may be the experiment or its data. */
static void
test_a_signal_ends_waiting_for_input (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) made =
      program_shell (scratch, "mkfifo pipe; ln -s pipe pipe.nudge; ln -s pipe pipe.csv");
  static const char *const commands[] = { "run pipe.nudge --steps 1",
                                          "run pipe.csv --steps 1", "run pipe --steps 1",
                                          "why pipe.nudge --step 1" };

  g_assert_cmpint (made.status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (Outcome) outcome = interrupt_waiting (scratch, commands[i]);

    g_assert_nonnull (strstr (outcome.err, ": cancelled\n"));
  }
}

/* The list of the user's own functions is read before the file. `nudge info` and, while it
 * reads, `nudge convert` leave nothing behind, so that the signal itself ends them. */
static void
test_a_signal_ends_other_commands (Scratch *scratch, gconstpointer data)
{
  static const char *const commands[] = { "edit in.npz out.npz --nudge '*: 0.9*w'",
                                          "info pipe", "convert pipe out.npz" };
  g_auto (Outcome) made = program_shell (
      scratch, "mkfifo pipe; mkdir nudge; ln -s ../pipe nudge/functions.json");

  g_assert_cmpint (made.status, ==, 0);
  g_setenv ("XDG_DATA_HOME", scratch->folder, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (Outcome) outcome = interrupt_waiting (scratch, commands[i]);

    g_assert_cmpstr (outcome.err, ==, i == 0 ? "nudge: edit: cancelled\n" : "");
  }
  g_unsetenv ("XDG_DATA_HOME");
}

/* 128 MB of zeros, none of which takes space on the disk. */
static void
put_zeros (const Scratch *scratch, const char *name)
{
  static const char header[] = "\x93NUMPY\x01\0\x76\0{'descr': '<f4', 'fortran_order': "
                               "False, 'shape': (4000, 8000), }";
  enum { HEADER = 128 };
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  char padded[HEADER];

  memset (padded, ' ', HEADER);
  memcpy (padded, header, sizeof header - 1);
  padded[HEADER - 1] = '\n';
  g_assert_true (g_file_set_contents (path, padded, HEADER, NULL));
  g_assert_cmpint (truncate (path, HEADER + 4 * 4000 * 8000), ==, 0);
}

static void
test_a_signal_ends_converting (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  Started run;

  put_zeros (scratch, "x.npy");
  run = start (scratch, "convert x.npy x.safetensors");
  wait_until_begun (scratch, 1);
  g_assert_cmpint (kill (run.pid, SIGINT), ==, 0);
  outcome = wait_for (&run);
  g_assert_cmpstr (outcome.err, ==, "nudge: convert: cancelled\n");
  g_assert_cmpint (outcome.status, ==, 128 + SIGINT);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* What the system does not allow is a signal, too. */
static void
test_a_file_too_large_is_not_kept (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  put_zeros (scratch, "x.npy");
  outcome = program_shell (scratch, "ulimit -f 100; nudge convert x.npy x.safetensors");
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_cmpstr (outcome.err, ==,
                   "nudge: convert: cannot write x.safetensors: File too large\n");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* Each of its steps takes seconds. */
#define SLOW                                                                             \
  "{ \"nudge\": 1, \"data\": { \"source\": \"moons\", \"examples\": 8000000 },"          \
  "  \"network\": { \"layers\": [ { \"units\": 1 } ] },"                                 \
  "  \"loss\": { \"type\": \"mse\" },"                                                   \
  "  \"nudges\": [ " OFTEN ", " OFTEN ", " OFTEN ", " OFTEN " ] }"

static void
test_a_second_signal_ends_at_once (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->folder, "slow.nudge", NULL);
  g_auto (Outcome) outcome = { 0 };
  Started run;

  put_contents (path, SLOW);
  put_contents (scratch->path, "kept");
  run = start (scratch, "run slow.nudge --losses x.csv --snapshot x.npz");
  wait_until_it_stays (scratch, 500000); /* the step begins when it was opened */
  g_assert_cmpint (kill (run.pid, SIGINT), ==, 0);
  g_usleep (300000);
  g_assert_cmpint (kill (run.pid, SIGINT), ==, 0);
  outcome = wait_for (&run);
  g_assert_cmpint (outcome.status, ==, 128 + SIGINT);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
  assert_contents (scratch->path, "kept");
}

/* 4 million parameters: while they are written there is time for a signal. */
#define LARGE                                                                            \
  "{ \"nudge\": 1, \"data\": { \"source\": \"moons\", \"examples\": 3 },"                \
  "  \"network\": { \"layers\": [ { \"units\": 2000 }, { \"units\": 2000 },"             \
  "  { \"units\": 1 } ] }, \"loss\": { \"type\": \"mse\" } }"

static void
test_a_signal_after_the_last_step_is_late (Scratch *scratch, gconstpointer data)
{
  g_autofree char *snapshot = NULL;
  g_auto (Outcome) outcome = { 0 };
  gsize length;
  Started run;

  scratch_put (scratch, "large.nudge", LARGE);
  run = start (scratch, "run large.nudge --steps 0 --snapshot x.safetensors");
  wait_until_begun (scratch, 1);
  g_assert_cmpint (kill (run.pid, SIGINT), ==, 0);
  outcome = wait_for (&run);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
  snapshot = read_file (scratch, "x.safetensors", &length);
  g_assert_cmpuint (length, >, 16000000);
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
}

/* The next run in that folder removes what it left. */
static void
test_what_kill_leaves_is_swept (Scratch *scratch, gconstpointer data)
{
  Started run = start (scratch, ENDLESS "--losses x.csv");
  g_auto (Outcome) outcome = { 0 };

  wait_until_begun (scratch, 1);
  assert_succeeds (scratch,
                   "run seed --quiet --losses y.csv"); /* the first one's stays */
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
  kill (run.pid, SIGKILL);
  outcome = wait_for (&run);
  g_assert_cmpint (get_begun (scratch), >, 0);
  assert_succeeds (scratch, "run seed --quiet --losses y.csv");
  g_assert_cmpint (get_begun (scratch), ==, -1);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

#define ADD(name, data, function)                                                        \
  g_test_add ("/app/signals/" name, Scratch, data, scratch_set_up, function,             \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("interrupt-ends-the-run", GINT_TO_POINTER (SIGINT), test_a_signal_ends_the_run);
  ADD ("ending-ends-the-run", GINT_TO_POINTER (SIGTERM), test_a_signal_ends_the_run);
  ADD ("hanging-up-ends-the-run", GINT_TO_POINTER (SIGHUP), test_a_signal_ends_the_run);
  ADD ("one-request-may-come-twice", NULL, test_one_request_may_come_twice);
  ADD ("a-signal-ends-waiting-for-input", NULL, test_a_signal_ends_waiting_for_input);
  g_test_add ("/app/signals/a-signal-ends-other-commands", Scratch, NULL, scratch_set_up,
              test_a_signal_ends_other_commands, scratch_remove_all);
  ADD ("a-signal-ends-converting", NULL, test_a_signal_ends_converting);
  ADD ("a-file-too-large-is-not-kept", NULL, test_a_file_too_large_is_not_kept);
  ADD ("a-second-signal-ends-at-once", NULL, test_a_second_signal_ends_at_once);
  ADD ("a-signal-after-the-last-step-is-late", NULL,
       test_a_signal_after_the_last_step_is_late);
  ADD ("what-kill-leaves-is-swept", NULL, test_what_kill_leaves_is_swept);
  return g_test_run ();
}
