/* test-nn-temporary.c - what programs that were killed leave, and what is left alone
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-temporary.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nn/files/nn-atomic-file.h"
#include "tests/nn/scratch.h"

#define LIKE_OURS ".nudge-unfinished-abc123"

/* A process that is in the middle of a file. */
static pid_t
start_writer (const Scratch *scratch)
{
  int ends[2];
  pid_t writer;
  char byte = 0;

  g_assert_cmpint (pipe (ends), ==, 0);
  writer = fork ();
  if (writer == 0) {
    NnAtomicFile *file = nn_atomic_file_new (scratch->path, NULL);

    if (file != NULL && nn_atomic_file_write (file, "half", 4, NULL) &&
        write (ends[1], &byte, 1) == 1)
      pause ();
    _exit (1);
  }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  close (ends[0]);
  return writer;
}

static void
stop (pid_t writer)
{
  g_assert_cmpint (kill (writer, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (writer, NULL, 0), ==, writer);
}

static void
test_what_is_left_is_swept (Scratch *scratch, gconstpointer data)
{
  const pid_t writer = start_writer (scratch);
  g_autoptr (NnAtomicFile) file = NULL;

  stop (writer);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  file = nn_atomic_file_new (scratch->path, NULL);
  g_assert_cmpuint (scratch_count (scratch), ==, 1); /* its own */
  g_assert_true (nn_atomic_file_write (file, "whole", 5, NULL));
  g_assert_true (nn_atomic_file_commit (file, NULL));
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
  assert_contents (scratch->path, "whole");
}

/* Of other processes and of this one. */
static void
test_what_is_being_written_is_not (Scratch *scratch, gconstpointer data)
{
  const pid_t writer = start_writer (scratch);
  g_autoptr (NnAtomicFile) first = nn_atomic_file_new (scratch->path, NULL);
  g_autoptr (NnAtomicFile) second = nn_atomic_file_new (scratch->path, NULL);

  g_assert_cmpuint (scratch_count (scratch), ==, 3);
  g_assert_true (nn_atomic_file_write (first, "whole", 5, NULL));
  nn_temporary_sweep (scratch->folder);
  g_assert_true (nn_atomic_file_commit (first, NULL));
  stop (writer);
  nn_temporary_sweep (scratch->folder);
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
}

static char *
build (const Scratch *scratch, const char *name)
{
  return g_build_filename (scratch->folder, name, NULL);
}

static void
test_other_files_are_left_alone (Scratch *scratch, gconstpointer data)
{
  static const char *const names[] = { ".nudge-abc123", ".nudge-unfinished-",
                                       ".nudge-unfinished-abc12",
                                       ".nudge-unfinished-abc1234",
                                       ".nudge-unfinished-abc.23" };
  g_autofree char *folder = build (scratch, LIKE_OURS);
  g_autofree char *link = build (scratch, ".nudge-unfinished-link00");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  put_contents (scratch->path, "kept");
  g_assert_cmpint (symlink ("wanted", link), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = build (scratch, names[i]);

    put_contents (path, "kept");
  }
  nn_temporary_sweep (scratch->folder);
  g_assert_cmpuint (scratch_count (scratch), ==, 3 + G_N_ELEMENTS (names));
  assert_contents (scratch->path, "kept");
}

/* A folder that a sweep cannot read, or that is none, is no error. */
static void
test_missing_folder_is_no_error (Scratch *scratch, gconstpointer data)
{
  int fd;

  nn_temporary_sweep (scratch->path);
  g_assert_null (nn_temporary_create (scratch->path, &fd));
}

static void
test_a_process_knows_its_own (Scratch *scratch, gconstpointer data)
{
  const pid_t writer = start_writer (scratch);
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (scratch->path, NULL);
  g_autoptr (NnAtomicFile) done = nn_atomic_file_new (scratch->path, NULL);

  g_assert_true (nn_atomic_file_commit (done, NULL));
  g_assert_cmpuint (scratch_count (scratch), ==, 3);
  nn_temporary_remove_all ();
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
  assert_contents (scratch->path, "");
  stop (writer);
}

#define ADD(name, function)                                                              \
  g_test_add ("/nn/temporary/" name, Scratch, NULL, scratch_set_up, function,            \
              scratch_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-left-is-swept", test_what_is_left_is_swept);
  ADD ("what-is-being-written-is-not", test_what_is_being_written_is_not);
  ADD ("other-files-are-left-alone", test_other_files_are_left_alone);
  ADD ("missing-folder-is-no-error", test_missing_folder_is_no_error);
  ADD ("a-process-knows-its-own", test_a_process_knows_its_own);
  return g_test_run ();
}
