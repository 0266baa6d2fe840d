/* nn-atomic-file.c - a file that takes effect as a whole, or not at all
 *
 * SPDX-License-Identifier: MIT
 *
 * g_file_set_contents () promises as much for contents that are all there, but
 * it forgets the old file's mode, replaces a link or a device by a plain file,
 * and its messages speak of the temporary file.
 */

#include "nn/files/nn-atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"
#include "nn/files/nn-temporary.h"

struct _NnAtomicFile {
  char *path;      /* (owned) as the user wrote it, for messages */
  char *target;    /* (owned) (nullable) to be replaced: path, or what it links to */
  char *temporary; /* (owned) (nullable) beside target, as long as it exists */
  FILE *stream;    /* (nullable) onto temporary, or where no target is; until closed */
  int lock;        /* a copy of the stream's, which keeps temporary locked; or -1 */
  int failure;     /* errno of the first write that failed, or 0 */
};

static void
refuse (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot write %s: %s"), name, reason);
}

/* Why @info, of a file that is there, cannot be replaced; NULL if it can. */
static const char *
find_obstacle (const char *path, const struct stat *info)
{
  if (S_ISDIR (info->st_mode))
    return _ ("it is a folder, name a file in it");
  if (!S_ISREG (info->st_mode))
    return _ ("it is a device or pipe, name a regular file");
  /* A move needs no leave from the file itself, but who locked it meant it. */
  if (faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
    return nn_error_describe (errno);
  return NULL;
}

/*
 * Returns the path of the file that a write to @path would change, so that a
 * link stays one, and sets @mode to its st_mode, or to 0 if it is yet to be.
 */
static char *
find_target (const char *path, mode_t *mode, GError **error)
{
  struct stat info;
  const char *obstacle = NULL;
  char *real;
  char *target;

  *mode = 0;
  if (stat (path, &info) == 0)
    obstacle = find_obstacle (path, &info);
  else if (errno != ENOENT)
    obstacle = nn_error_describe (errno);
  else if (*path == '\0')
    obstacle = _ ("its name is empty");
  else if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    obstacle = _ ("it links to a file that is not there, remove the link");
  else
    return g_strdup (path);

  if (obstacle != NULL) {
    refuse (error, path, obstacle);
    return NULL;
  }
  real = realpath (path, NULL);
  if (real == NULL) {
    refuse (error, path, nn_error_describe (errno));
    return NULL;
  }
  *mode = info.st_mode;
  target = g_strdup (real);
  free (real);
  return target;
}

static gboolean
open_temporary (NnAtomicFile *self, mode_t mode, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  g_autofree char *folder_name = nn_path_dup_display_name (folder);
  g_autofree char *reason = NULL;
  int fd;

  nn_temporary_sweep (folder);
  self->temporary = nn_temporary_create (folder, &fd);
  if (self->temporary == NULL) {
    int failure = errno;

    if (failure == ENOENT && !g_file_test (folder, G_FILE_TEST_EXISTS))
      reason = g_strdup_printf (_ ("there is no folder %s, make it first"), folder_name);
    else
      reason = g_strdup_printf (_ ("no file can be made in %s: %s"), folder_name,
                                nn_error_describe (failure));
    refuse (error, self->path, reason);
    return FALSE;
  }
  if (mode == 0 || fchmod (fd, mode & (S_IRWXU | S_IRWXG | S_IRWXO)) == 0)
    self->lock = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (self->lock >= 0)
    self->stream = fdopen (fd, "wb");
  if (self->stream == NULL) {
    refuse (error, self->path, nn_error_describe (errno));
    close (fd);
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_atomic_file_new:
 * @path: the wanted file; one that exists keeps its permissions, and if it is a
 *   link, what it links to is replaced
 *
 * Refuses at once what could not be committed: a missing or unwritable folder, a
 * read-only file, anything that is not a regular file.
 */
NnAtomicFile *
nn_atomic_file_new (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (NnAtomicFile) self = g_new0 (NnAtomicFile, 1);
  mode_t mode;

  self->lock = -1;
  self->path = g_strdup (path);
  self->target = find_target (path, &mode, error);
  if (self->target == NULL || !open_temporary (self, mode, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * nn_atomic_file_new_stream:
 * @fd: taken over: a pipe's, a terminal's, whatever standard output is
 * @name: what messages call it
 *
 * For what cannot be replaced: each write takes effect, soon or at
 * nn_atomic_file_commit (), which closes @fd.
 */
NnAtomicFile *
nn_atomic_file_new_stream (int fd, const char *name, GError **error)
{
  g_autoptr (NnAtomicFile) self = g_new0 (NnAtomicFile, 1);

  self->lock = -1;
  self->path = g_strdup (name);
  self->stream = fdopen (fd, "wb");
  if (self->stream != NULL)
    return g_steal_pointer (&self);
  refuse (error, name, nn_error_describe (errno));
  return NULL;
}

/**
 * nn_atomic_file_write:
 *
 * Appends through a buffer, so a full disk may show only some calls later, and
 * at nn_atomic_file_commit () at the latest. After a failure nothing more is written
 * and every further call fails.
 */
gboolean
nn_atomic_file_write (NnAtomicFile *self,
                      const void *bytes,
                      gsize n_bytes,
                      GError **error)
{
  g_return_val_if_fail (self->stream != NULL, FALSE);

  if (self->failure == 0 && fwrite (bytes, 1, n_bytes, self->stream) != n_bytes)
    self->failure = errno;
  if (self->failure != 0) {
    refuse (error, self->path, nn_error_describe (self->failure));
    return FALSE;
  }
  return TRUE;
}

/**
 * nn_atomic_file_get_fd:
 *
 * Returns: the temporary file, for who reads and writes it at any place, and never calls
 *   nn_atomic_file_write (); it stays @self's, and is closed by a commit
 */
int
nn_atomic_file_get_fd (const NnAtomicFile *self)
{
  return fileno (self->stream);
}

/* After its file was renamed or removed. */
static void
unlock (NnAtomicFile *self)
{
  g_clear_pointer (&self->temporary, nn_temporary_free);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

static void
discard (NnAtomicFile *self)
{
  g_clear_pointer (&self->stream, fclose);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  unlock (self);
}

/**
 * nn_atomic_file_commit:
 *
 * Replaces the wanted file by what was written. On failure that is removed, and the
 * wanted file stays as it was. Either way there are no more writes.
 */
gboolean
nn_atomic_file_commit (NnAtomicFile *self, GError **error)
{
  g_return_val_if_fail (self->stream != NULL, FALSE);

  FILE *stream = g_steal_pointer (&self->stream);
  int failure = self->failure;

  /* On disk before it is moved: a crash must not leave an empty file instead. */
  if (failure == 0 &&
      (fflush (stream) != 0 || (self->target != NULL && fsync (fileno (stream)) != 0)))
    failure = errno;
  if (fclose (stream) != 0 && failure == 0)
    failure = errno;
  if (failure == 0 && self->target != NULL &&
      g_rename (self->temporary, self->target) != 0)
    failure = errno;
  if (failure != 0) {
    discard (self);
    refuse (error, self->path, nn_error_describe (failure));
    return FALSE;
  }
  unlock (self);
  return TRUE;
}

void
nn_atomic_file_free (NnAtomicFile *self)
{
  discard (self);
  g_free (self->target);
  g_free (self->path);
  g_free (self);
}
