/* test-nn-file.c - files whole: reading one, and replacing one or not at all
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-file.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-atomic-file.h"
#include "tests/nn/scratch.h"

#define UNPRIVILEGED_USER 65534

static void
replace (const char *path, const char *contents)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nn_file_replace (path, contents, strlen (contents), &error));
  g_assert_no_error (error);
}

static void
assert_refused (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_file_replace (path, "new", 3, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_false (nn_file_replace (path, "new", 3, NULL));
}

static mode_t
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_replaces_whole (Scratch *scratch, gconstpointer data)
{
  replace (scratch->path, "a long first version");
  assert_contents (scratch->path, "a long first version");
  replace (scratch->path, "short");
  assert_contents (scratch->path, "short");
  g_assert_true (nn_file_replace (scratch->path, NULL, 0, NULL));
  assert_contents (scratch->path, "");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_new_file_obeys_umask (Scratch *scratch, gconstpointer data)
{
  mode_t old = umask (027);

  replace (scratch->path, "new");
  umask (old);
  g_assert_cmpuint (get_mode (scratch->path), ==, 0640);
}

static void
test_old_file_keeps_its_mode (Scratch *scratch, gconstpointer data)
{
  put_contents (scratch->path, "old");
  g_assert_cmpint (g_chmod (scratch->path, 0606), ==, 0);
  replace (scratch->path, "new");
  g_assert_cmpuint (get_mode (scratch->path), ==, 0606);
  assert_contents (scratch->path, "new");
}

/* A program that has the old file open reads the old file to its end. */
static void
test_reader_keeps_the_old_file (Scratch *scratch, gconstpointer data)
{
  char bytes[8] = "";
  FILE *reader;

  put_contents (scratch->path, "old");
  reader = g_fopen (scratch->path, "r");
  g_assert_nonnull (reader);
  replace (scratch->path, "newer");
  g_assert_cmpuint (fread (bytes, 1, sizeof bytes, reader), ==, 3);
  g_assert_cmpstr (bytes, ==, "old");
  fclose (reader);
}

static void
test_link_is_followed (Scratch *scratch, gconstpointer data)
{
  g_autofree char *link = g_build_filename (scratch->folder, "link", NULL);

  put_contents (scratch->path, "old");
  g_assert_cmpint (symlink ("wanted", link), ==, 0);
  replace (link, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (scratch->path, G_FILE_TEST_IS_SYMLINK));
  assert_contents (scratch->path, "new");
  g_assert_cmpuint (scratch_count (scratch), ==, 2);
}

static void
test_link_to_nothing_is_refused (Scratch *scratch, gconstpointer data)
{
  g_autofree char *message = g_strdup_printf (
      "cannot write %s: it links to a file that does not exist, remove the link",
      scratch->path);

  g_assert_cmpint (symlink ("missing", scratch->path), ==, 0);
  assert_refused (scratch->path, message);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_long_name_is_written (Scratch *scratch, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *path = g_build_filename (scratch->folder, name, NULL);
  g_autofree char *beyond = g_strconcat (path, "n", NULL);
  g_autofree char *message =
      g_strdup_printf ("cannot write %s: File name too long", beyond);

  replace (path, "new");
  assert_contents (path, "new");
  assert_refused (beyond, message);
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_folder_is_refused (Scratch *scratch, gconstpointer data)
{
  g_autofree char *message = g_strdup_printf (
      "cannot write %s: it is a folder, name a file in it", scratch->folder);

  assert_refused (scratch->folder, message);
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
test_special_file_is_refused (Scratch *scratch, gconstpointer data)
{
  g_autofree char *message = g_strdup_printf (
      "cannot write %s: it is a device or pipe, name a regular file", scratch->path);
  struct stat info;

  /* The pipe comes first: were it not refused, /dev/full would be replaced. */
  g_assert_cmpint (mkfifo (scratch->path, 0600), ==, 0);
  assert_refused (scratch->path, message);
  g_assert_cmpint (stat (scratch->path, &info), ==, 0);
  g_assert_true (S_ISFIFO (info.st_mode));
  g_assert_cmpuint (scratch_count (scratch), ==, 1);

  assert_refused ("/dev/full",
                  "cannot write /dev/full: it is a device or pipe, name a regular file");
  g_assert_cmpint (stat ("/dev/full", &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));
}

static void
test_missing_folder_is_named (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->path, "file", NULL);
  g_autofree char *slash = g_strconcat (scratch->path, "/", NULL);
  g_autofree char *message = g_strdup_printf (
      "cannot write %s: there is no folder %s, create it first", path, scratch->path);
  g_autofree char *slash_message = g_strdup_printf (
      "cannot write %s: there is no folder %s, create it first", slash, scratch->path);

  assert_refused (path, message);
  assert_refused (slash, slash_message);
  assert_refused ("", "cannot write '': its name is empty");
  g_assert_cmpuint (scratch_count (scratch), ==, 0);
}

static void
test_file_is_no_folder (Scratch *scratch, gconstpointer data)
{
  g_autofree char *path = g_build_filename (scratch->path, "file", NULL);
  g_autofree char *message = g_strdup_printf ("cannot write %s: Not a directory", path);

  put_contents (scratch->path, "old");
  assert_refused (path, message);
  assert_contents (scratch->path, "old");
}

/* As a user who owns neither, so that root's rights do not hide the refusal. */
static void
test_rights_are_respected (Scratch *scratch, gconstpointer data)
{
  uid_t me = geteuid ();
  g_autofree char *locked =
      g_strdup_printf ("cannot write %s: Permission denied", scratch->path);
  g_autofree char *path = g_build_filename (scratch->folder, "other", NULL);
  g_autofree char *closed =
      g_strdup_printf ("cannot write %s: cannot create a file in %s: Permission denied",
                       path, scratch->folder);

  put_contents (scratch->path, "old");
  g_assert_cmpint (g_chmod (scratch->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (scratch->folder, 0555), ==, 0);
  if (me == 0 && seteuid (UNPRIVILEGED_USER) != 0) {
    g_assert_cmpint (g_chmod (scratch->folder, 0700), ==, 0);
    g_test_skip ("this namespace has no other user");
    return;
  }
  assert_refused (scratch->path, locked);
  assert_refused (path, closed);
  if (me == 0) {
    g_assert_cmpint (seteuid (me), ==, 0);
    prctl (PR_SET_DUMPABLE, 1); /* lost with the rights; the leak checker needs it */
  }
  g_assert_cmpint (g_chmod (scratch->folder, 0700), ==, 0);
  assert_contents (scratch->path, "old");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_full_disk_keeps_the_old_file (Scratch *scratch, gconstpointer data)
{
  g_autofree char *bytes = g_strnfill (1 << 20, 'x');
  g_autoptr (GError) error = NULL;
  gboolean replaced;

  put_contents (scratch->path, "old");
  for (rlim_t size = 1; size < 1 << 20; size *= 4) {
    limit_files (size);
    replaced = nn_file_replace (scratch->path, bytes, 1 << 20, &error);
    unlimit_files ();
    g_assert_false (replaced);
    g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
    g_assert_true (g_str_has_suffix (error->message, "/wanted: File too large"));
    assert_contents (scratch->path, "old");
    g_assert_cmpuint (scratch_count (scratch), ==, 1);
    g_clear_error (&error);
  }
}

/* What fits the buffer is refused by the disk only when it is committed. */
static void
test_full_disk_at_the_end (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean replaced;

  put_contents (scratch->path, "old");
  limit_files (1);
  replaced = nn_file_replace (scratch->path, "new", 3, &error);
  unlimit_files ();
  g_assert_false (replaced);
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  assert_contents (scratch->path, "old");
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

/* A folder that takes the wanted name while the file is written stays. */
static void
test_late_obstacle (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnAtomicFile) file = nn_atomic_file_new (scratch->path, &error);

  g_assert_no_error (error);
  g_assert_true (nn_atomic_file_write (file, "new", 3, &error));
  g_assert_cmpint (g_mkdir (scratch->path, 0700), ==, 0);
  g_assert_false (nn_atomic_file_commit (file, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_true (g_file_test (scratch->path, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (scratch_count (scratch), ==, 1);
}

static void
test_reads_whole (Scratch *scratch, gconstpointer data)
{
  const gsize n_most = 200000;
  g_autofree char *bytes = g_strnfill (n_most, 'b');
  g_autofree char *read = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes = 0;

  bytes[7] = '\0';
  g_assert_true (nn_file_replace (scratch->path, bytes, n_most, NULL));
  read = nn_file_read (scratch->path, n_most, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (read, n_bytes, bytes, n_most);
  g_assert_cmpint (read[n_bytes], ==, '\0');
  g_clear_pointer (&read, g_free);

  put_contents (scratch->path, "");
  read = nn_file_read (scratch->path, 0, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, "");
  g_assert_cmpuint (n_bytes, ==, 0);
}

static void
assert_unreadable (const char *path, const char *reason)
{
  g_autofree char *message = g_strdup_printf ("cannot read %s: %s", path, reason);
  g_autoptr (GError) error = NULL;
  gsize n_bytes;

  g_assert_null (nn_file_read (path, 100, &n_bytes, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (nn_file_read (path, 100, &n_bytes, NULL));
}

static void
test_unreadable_is_refused (Scratch *scratch, gconstpointer data)
{
  g_autofree char *bytes = g_strnfill (101, 'b');

  assert_unreadable (scratch->path, "No such file or directory");
  assert_unreadable (scratch->folder, "Is a directory");
  assert_unreadable ("/dev/zero", "it is a device, name a file");
  put_contents (scratch->path, bytes);
  assert_unreadable (scratch->path, "it is larger than 100 bytes");
}

static char *
read_pipe (gsize most_bytes, GError **error)
{
  g_autofree char *path = NULL;
  gsize n_bytes;
  char *bytes;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "0123456789", 10), ==, 10);
  close (ends[1]);
  path = g_strdup_printf ("/dev/fd/%d", ends[0]);
  bytes = nn_file_read (path, most_bytes, &n_bytes, error);
  close (ends[0]);
  return bytes;
}

static void
test_pipe_is_read_up_to_its_limit (Scratch *scratch, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = read_pipe (10, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bytes, ==, "0123456789");
  g_assert_null (read_pipe (9, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, ": it is larger than 9 bytes"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  scratch_add ("/nn/file/replaces-whole", test_replaces_whole);
  scratch_add ("/nn/file/new-file-obeys-umask", test_new_file_obeys_umask);
  scratch_add ("/nn/file/old-file-keeps-its-mode", test_old_file_keeps_its_mode);
  scratch_add ("/nn/file/reader-keeps-the-old-file", test_reader_keeps_the_old_file);
  scratch_add ("/nn/file/link-is-followed", test_link_is_followed);
  scratch_add ("/nn/file/link-to-nothing-is-refused", test_link_to_nothing_is_refused);
  scratch_add ("/nn/file/long-name-is-written", test_long_name_is_written);
  scratch_add ("/nn/file/folder-is-refused", test_folder_is_refused);
  scratch_add ("/nn/file/special-file-is-refused", test_special_file_is_refused);
  scratch_add ("/nn/file/missing-folder-is-named", test_missing_folder_is_named);
  scratch_add ("/nn/file/file-is-no-folder", test_file_is_no_folder);
  scratch_add ("/nn/file/rights-are-respected", test_rights_are_respected);
  scratch_add ("/nn/file/full-disk-keeps-the-old-file",
               test_full_disk_keeps_the_old_file);
  scratch_add ("/nn/file/full-disk-at-the-end", test_full_disk_at_the_end);
  scratch_add ("/nn/file/late-obstacle", test_late_obstacle);
  scratch_add ("/nn/file/reads-whole", test_reads_whole);
  scratch_add ("/nn/file/unreadable-is-refused", test_unreadable_is_refused);
  scratch_add ("/nn/file/pipe-is-read-up-to-its-limit",
               test_pipe_is_read_up_to_its_limit);
  return g_test_run ();
}
