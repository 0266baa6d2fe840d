/* test-nudge-kept-run.c - that every kept run has one program, however many there are
 *
 * SPDX-License-Identifier: MIT
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/nudge-kept-run.h"

#define ENDING NUDGE_EDITS_ENDING
#define N_RUNS 300 /* so many that programs meet at one */

static char *
dup_folder (void)
{
  char *folder = g_build_filename (g_get_user_state_dir (), "nudge", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return folder;
}

static void
put (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, path, -1, &error);
  g_assert_no_error (error);
}

static gboolean
holds (const char *path, const char *text)
{
  g_autofree char *contents = NULL;

  return g_file_get_contents (path, &contents, NULL, NULL) &&
         g_str_equal (contents, text);
}

/* A program with this one's process ID has ended, and left @kind of file or lock. */
static void
test_what_another_left_is_not_overwritten (gconstpointer kind)
{
  enum { N_LEFT = 200, N_NEW = 40 }; /* of all cases the counter runs on */
  g_autofree char *folder = dup_folder ();
  char *left[N_LEFT]; /* (owned) */

  for (guint i = 0; i < N_LEFT; i++) {
    g_autofree char *name =
        g_strdup_printf ("run-%d-%u%s", (int) getpid (), 2 * i + 1, (const char *) kind);

    left[i] = g_build_filename (folder, name, NULL);
    put (left[i]);
  }
  for (guint i = 0; i < N_NEW; i++) {
    g_autoptr (GError) error = NULL;
    NudgeKeptRun *kept = nudge_kept_run_new (ENDING, &error);
    const NudgeKeptNote note = { .unsaved = TRUE };

    g_assert_no_error (error);
    put (nudge_kept_run_get_checkpoint (kept));
    g_assert_true (nudge_kept_run_write_note (kept, &note, NULL));
    {
      g_autofree char *aside = nudge_kept_run_set_aside (kept);

      g_assert_cmpint (g_remove (aside), ==, 0);
    }
  }
  for (guint i = 0; i < N_LEFT; i++) {
    g_assert_true (holds (left[i], left[i]));
    g_assert_cmpint (g_remove (left[i]), ==, 0);
    g_free (left[i]);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Says each run that it was given, where it is, and that it discards it. */
static void
take_all (int to)
{
  NudgeKeptRun *kept;

  while ((kept = nudge_kept_run_take_abandoned ()) != NULL) {
    const char *path = nudge_kept_run_get_checkpoint (kept);
    const char said = holds (path, path) ? '.' : '!';

    if (write (to, &said, 1) != 1)
      _exit (1);
    nudge_kept_run_remove (kept);
  }
  _exit (0);
}

static void
test_each_is_offered_by_one (void)
{
  enum { N_PROGRAMS = 4 };
  g_autofree char *folder = dup_folder ();
  int ends[2], status;
  guint n = 0;
  char said;

  for (guint i = 0; i < N_RUNS; i++) {
    g_autofree char *name = g_strdup_printf ("run-1-%u" ENDING, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    put (path);
  }
  g_assert_cmpint (pipe (ends), ==, 0);
  for (guint i = 0; i < N_PROGRAMS; i++) {
    const pid_t child = fork ();

    g_assert_cmpint (child, >=, 0);
    if (child == 0)
      take_all (ends[1]);
  }
  close (ends[1]);
  while (read (ends[0], &said, 1) == 1) {
    g_assert_cmpint (said, ==, '.'); /* what is offered is there */
    n++;
  }
  close (ends[0]);
  for (guint i = 0; i < N_PROGRAMS; i++) {
    g_assert_cmpint (wait (&status), >, 0);
    g_assert_cmpint (status, ==, 0);
  }
  g_assert_cmpuint (n, ==, N_RUNS);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* no lock is left either */
}

/* The state folder was removed, and the run taken by another as it had no lock any more. */
static void
test_what_was_taken_away_is_not_removed (void)
{
  g_autofree char *folder = dup_folder ();
  NudgeKeptRun *kept = nudge_kept_run_new (ENDING, NULL);
  g_autofree char *path = g_strdup (nudge_kept_run_get_checkpoint (kept));
  g_autofree char *locked = g_strndup (path, strlen (path) - strlen (ENDING));
  NudgeKeptRun *other;

  g_assert_true (nudge_kept_run_is_held (kept));
  {
    g_autofree char *lock = g_strconcat (locked, ".lock", NULL);

    g_assert_cmpint (g_unlink (lock), ==, 0);
  }
  g_assert_false (nudge_kept_run_is_held (kept));
  put (path);
  other = nudge_kept_run_take_abandoned ();
  g_assert_nonnull (other);
  nudge_kept_run_remove (kept);
  g_assert_true (holds (path, path));
  g_assert_true (nudge_kept_run_is_held (other));
  nudge_kept_run_remove (other);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A file is where the folder should be. */
static void
test_no_folder_is_an_error (void)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  put (folder);
  g_assert_null (nudge_kept_run_new (ENDING, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_assert_nonnull (strstr (error->message, folder));
  g_assert_cmpint (g_remove (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *state = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);
  int status;

  g_assert_nonnull (state);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/app/kept-run/nudges-another-left-are-not-overwritten", ENDING,
                        test_what_another_left_is_not_overwritten);
  g_test_add_data_func ("/app/kept-run/a-note-another-left-is-not-overwritten", ".note",
                        test_what_another_left_is_not_overwritten);
  g_test_add_data_func ("/app/kept-run/a-lock-another-left-is-not-taken", ".lock",
                        test_what_another_left_is_not_overwritten);
  g_test_add_data_func ("/app/kept-run/what-was-set-aside-is-not-overwritten",
                        ENDING ".damaged", test_what_another_left_is_not_overwritten);
  g_test_add_func ("/app/kept-run/each-is-offered-by-one", test_each_is_offered_by_one);
  g_test_add_func ("/app/kept-run/what-was-taken-away-is-not-removed",
                   test_what_was_taken_away_is_not_removed);
  g_test_add_func ("/app/kept-run/no-folder-is-an-error", test_no_folder_is_an_error);
  status = g_test_run ();
  g_rmdir (state); /* which each test leaves empty, if it passed */
  return status;
}
