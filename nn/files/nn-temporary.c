/* nn-temporary.c - temporary files, and the removal of stale ones
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX   ".nudge-unfinished-"
#define N_RANDOM 6 /* characters after the prefix */
#define ATTEMPTS 100

/* The files of this process. Accessed atomically, as a signal handler reads them; if
 * there are more, the rest is left to a sweep. */
static char *living[16];

static void
replace (char *old, char *new)
{
  for (gsize i = 0; i < G_N_ELEMENTS (living); i++)
    if (g_atomic_pointer_compare_and_exchange (&living[i], old, new))
      return;
}

/* Locks the file. FALSE if a sweep, seeing it unlocked, was faster and removed it.
 * Without locks on the file system, there are no sweeps, either. */
static gboolean
is_kept (int fd)
{
  struct stat info;

  if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return FALSE;
  return fstat (fd, &info) == 0 && info.st_nlink > 0;
}

/**
 * nn_temporary_create:
 * @fd: (out): open for reading and writing; the lock lasts until it and its duplicates
 *   are closed
 *
 * The name does not contain the target's, which may have the maximal length already.
 *
 * Returns: (transfer full) (nullable): the path, for nn_temporary_free (); NULL with
 *   errno set
 */
char *
nn_temporary_create (const char *folder, int *fd)
{
  for (guint i = 0; i < ATTEMPTS; i++) {
    g_autofree char *path = g_build_filename (folder, PREFIX "XXXXXX", NULL);

    *fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0666);
    if (*fd < 0)
      return NULL;
    if (is_kept (*fd)) {
      replace (NULL, path);
      return g_steal_pointer (&path);
    }
    close (*fd);
  }
  errno = EAGAIN;
  return NULL;
}

/**
 * nn_temporary_free:
 * @path: (transfer full): of a file that was renamed or removed
 */
void
nn_temporary_free (char *path)
{
  replace (path, NULL);
  g_free (path);
}

static gboolean
has_our_name (const char *name)
{
  return g_str_has_prefix (name, PREFIX) && strlen (name) == strlen (PREFIX) + N_RANDOM &&
         strspn (name + strlen (PREFIX), G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS) ==
             N_RANDOM;
}

/* Removes @path if it is not locked. It is locked here first, so that a process that has
 * just created it notices and creates another. */
static void
sweep (const char *path)
{
  const int fd = g_open (path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat info;

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid () &&
      info.st_nlink == 1 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);
  close (fd);
}

/**
 * nn_temporary_sweep:
 *
 * Removes the user's stale temporary files from @folder.
 */
void
nn_temporary_sweep (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = NULL;

    if (!has_our_name (name))
      continue;
    path = g_build_filename (folder, name, NULL);
    sweep (path);
  }
  g_dir_close (dir);
}

/**
 * nn_temporary_remove_all:
 *
 * Removes this process's temporary files. Async-signal-safe: for a signal handler that
 * ends the process.
 */
void
nn_temporary_remove_all (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (living); i++) {
    const char *path = g_atomic_pointer_get (&living[i]);

    if (path)
      unlink (path);
  }
}
