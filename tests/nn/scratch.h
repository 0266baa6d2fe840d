/* scratch.h - a fixture: a folder of its own for every test that writes files
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

typedef struct {
  char *folder; /* (owned) removed with all files in it when the test ends */
  char *path;   /* (owned) a name in it, for which there is no file yet */
} Scratch;

static inline void
scratch_set_up (Scratch *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("nudge-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "wanted", NULL);
}

/* How many entries the folder has, hidden ones included. */
static inline guint
scratch_count (const Scratch *self)
{
  GDir *dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

static inline void
scratch_tear_down (Scratch *self, gconstpointer data)
{
  GDir *dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

/* Adds a test that has one. */
static inline void
scratch_add (const char *path, void (*test) (Scratch *, gconstpointer))
{
  g_test_add (path, Scratch, NULL, scratch_set_up, test, scratch_tear_down);
}

static inline void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static inline void
put_contents (const char *path, const char *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

/* @name: of a file in the folder */
static inline void
scratch_put (const Scratch *self, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  put_contents (path, contents);
}

/* Puts one of tests/data/tables/ into the folder. Returns: (transfer full): its path there */
static inline char *
scratch_copy_table (const Scratch *self, const char *name)
{
  g_autofree char *from =
      g_test_build_filename (G_TEST_DIST, "data", "tables", name, NULL);
  char *to = g_build_filename (self->folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (to, contents, (gssize) length, NULL));
  return to;
}

/* Lets no file grow beyond @n_bytes, which is as good as a full disk. */
static inline void
limit_files (rlim_t n_bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN); /* then write () fails with EFBIG */
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (n_bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static inline void
unlimit_files (void)
{
  limit_files (RLIM_INFINITY);
}
