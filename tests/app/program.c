/* program.c - the built program, run in a folder of its own
 *
 * SPDX-License-Identifier: MIT
 */

#include "program.h"

#include <errno.h>
#include <pty.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/deadline.h"
#include "tests/nn/snapshot-reader.h"

#define DEADLINE_US (60 * G_USEC_PER_SEC)

/* --- Running the program ----------------------------------------------------------- */

void
outcome_clear (Outcome *self)
{
  g_free (self->out);
  g_free (self->err);
}

static int
status_of (int wait_status)
{
  return WIFSIGNALED (wait_status) ? 128 + WTERMSIG (wait_status)
                                   : WEXITSTATUS (wait_status);
}

/* @command as typed into a shell, with "nudge" for the program. */
Outcome
program_shell (const Scratch *scratch, const char *command)
{
  g_autofree char *script =
      g_strdup_printf ("nudge () { \"$NUDGE_PROGRAM\" \"$@\"; }\n%s", command);
  g_autofree char *flag = g_strdup ("-c");
  g_autofree char *sh = g_strdup ("/bin/sh");
  char *argv[] = { sh, flag, script, NULL };
  Outcome outcome;
  g_autoptr (GError) error = NULL;
  int wait_status;

  g_spawn_sync (scratch->folder, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &outcome.out,
                &outcome.err, &wait_status, &error);
  g_assert_no_error (error);
  outcome.status = status_of (wait_status);
  return outcome;
}

Outcome
program_run (const Scratch *scratch, const char *arguments)
{
  g_autofree char *command = g_strconcat ("nudge ", arguments, NULL);

  return program_shell (scratch, command);
}

/* A test that fails takes along what it started. */
static void
end_with_the_test (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Starts it without waiting. @err becomes its standard error and is closed here. */
GPid
program_start (const Scratch *scratch, const char *arguments, int err)
{
  g_autofree char *line =
      g_strdup_printf ("'%s' %s", g_getenv ("NUDGE_PROGRAM"), arguments);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_shell_parse_argv (line, NULL, &argv, &error);
  g_assert_no_error (error);
  g_spawn_async_with_fds (scratch->folder, argv, NULL,
                          G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                          end_with_the_test, NULL, &pid, -1, -1, err, &error);
  g_assert_no_error (error);
  close (err);
  return pid;
}

/* Returns its exit status; the test fails if it takes too long. */
int
program_wait_for (GPid pid)
{
  const gint64 deadline = deadline_after (DEADLINE_US);
  int wait_status;

  while (waitpid (pid, &wait_status, WNOHANG) == 0) {
    if (g_get_monotonic_time () > deadline) {
      kill (pid, SIGKILL);
      g_error ("the program does not end");
    }
    g_usleep (1000);
  }
  return status_of (wait_status);
}

/* What the program writes to a terminal that is its standard error. NULL, and the test is
 * skipped, on a system without pseudo-terminals. */
char *
program_run_on_terminal (const Scratch *scratch, const char *arguments)
{
  GString *shown;
  char buffer[4096];
  int ours, theirs;
  GPid pid;
  ssize_t n;

  if (openpty (&ours, &theirs, NULL, NULL, NULL) != 0) {
    g_autofree char *reason =
        g_strdup_printf ("there is no pseudo-terminal: %s", g_strerror (errno));

    g_test_skip (reason);
    return NULL;
  }
  shown = g_string_new (NULL);
  pid = program_start (scratch, arguments, theirs);
  while ((n = read (ours, buffer, sizeof buffer)) > 0)
    g_string_append_len (shown, buffer, n);
  close (ours);
  g_assert_cmpint (program_wait_for (pid), ==, 0);
  return g_string_free (shown, FALSE);
}

/* Tears down a folder that has folders in it. */
void
scratch_remove_all (Scratch *scratch, gconstpointer data)
{
  g_auto (Outcome) outcome = program_shell (scratch, "rm -rf -- *");

  g_assert_cmpint (outcome.status, ==, 0);
  scratch_tear_down (scratch, data);
}

/* --- What is asserted -------------------------------------------------------------- */

/* "nudge: WHAT: WHY", once. */
void
assert_one_line (const Outcome *outcome)
{
  const char *colon;

  g_test_message ("%s", outcome->err);
  g_assert_true (g_str_has_prefix (outcome->err, "nudge: "));
  colon = strstr (outcome->err + strlen ("nudge: "), ": ");
  g_assert_nonnull (colon);
  g_assert_cmpuint (strlen (colon), >, strlen (": \n"));
  g_assert_cmpuint (strcspn (outcome->err, "\n"), ==, strlen (outcome->err) - 1);
}

void
assert_refuses (const Scratch *scratch,
                const char *arguments,
                int status,
                const char *said)
{
  g_auto (Outcome) outcome = program_run (scratch, arguments);
  g_autofree char *shown = g_strescape (arguments, NULL);

  g_test_message ("nudge %s", shown);
  assert_one_line (&outcome);
  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_cmpint (outcome.status, ==, status);
  g_assert_nonnull (strstr (outcome.err, said));
}

void
assert_succeeds (const Scratch *scratch, const char *arguments)
{
  g_auto (Outcome) outcome = program_run (scratch, arguments);

  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.status, ==, 0);
}

char *
read_file (const Scratch *scratch, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

void
assert_same_files (const Scratch *scratch, const char *a, const char *b)
{
  gsize n_a, n_b;
  g_autofree char *first = read_file (scratch, a, &n_a);
  g_autofree char *second = read_file (scratch, b, &n_b);

  g_assert_cmpmem (first, n_a, second, n_b);
}

/* A losses file whose every byte is checked: [n_steps][n_columns], without the steps. */
double *
read_columns (const Scratch *scratch,
              const char *name,
              const char *header,
              gsize n_columns,
              gsize n_steps)
{
  g_autofree char *contents = read_file (scratch, name, NULL);
  g_auto (GStrv) rows = g_strsplit (contents, "\n", -1);
  double *values = g_new (double, n_steps *n_columns);

  g_assert_cmpstr (rows[0], ==, header);
  g_assert_cmpuint (g_strv_length (rows), ==, n_steps + 2);
  g_assert_cmpstr (rows[n_steps + 1], ==, "");
  for (gsize i = 0; i < n_steps; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i + 1], ",", -1);
    g_autofree char *step = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);

    g_assert_cmpuint (g_strv_length (cells), ==, n_columns + 1);
    g_assert_cmpstr (cells[0], ==, step);
    for (gsize k = 0; k < n_columns; k++) {
      double *value = &values[i * n_columns + k];
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      *value = g_ascii_strtod (cells[k + 1], NULL);
      g_ascii_formatd (number, sizeof number, "%.9g", *value);
      g_assert_cmpstr (cells[k + 1], ==, number);
    }
  }
  return values;
}

double *
read_losses (const Scratch *scratch, const char *name, gsize n_steps)
{
  return read_columns (scratch, name, "step,loss", 1, n_steps);
}

/* The same run in this process. */
NnTrainer *
train_experiment (const NnExperiment *experiment, guint64 n_steps)
{
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (experiment, &error);

  g_assert_no_error (error);
  while (nn_trainer_get_n_steps (trainer) < n_steps)
    g_assert_true (nn_trainer_step (trainer, NULL));
  return trainer;
}

/* Bit for bit, as another program reads it. */
void
assert_snapshot (const Scratch *scratch, const char *name, NnTrainer *trainer)
{
  const NnNetwork *network = nn_trainer_get_network (trainer);
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  g_autofree char *found = snapshot_read_by_python (path);
  g_autofree char *expected = snapshot_describe (nn_network_get_architecture (network),
                                                 nn_network_get_values (network));

  if (found != NULL)
    g_assert_cmpstr (found, ==, expected);
}
