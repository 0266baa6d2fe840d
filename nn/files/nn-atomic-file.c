/* nn-atomic-file.c - replaces a file atomically
 *
 * SPDX-License-Identifier: MIT
 *
 * Not g_file_set_contents (): it needs all contents in memory, loses the old file's mode,
 * replaces a link or a device by a plain file, and its messages name the temporary file.
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
  char *target;    /* (owned) (nullable) path, or what it links to; NULL for a stream */
  char *temporary; /* (owned) (nullable) in target's folder, while it exists */
  FILE *stream;    /* (nullable) writes to temporary, or to the stream; until closed */
  int lock;        /* a duplicate of the stream's fd that keeps temporary locked; or -1 */
  int failure;     /* errno of the first write that failed; 0 if none did */
};

static void
refuse (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot write %s: %s"), name, reason);
}

/* Returns: (transfer none) (nullable): why the existing file cannot be replaced */
static const char *
find_obstacle (const char *path, const struct stat *info)
{
  if (S_ISDIR (info->st_mode))
    return _ ("it is a folder, name a file in it");
  if (!S_ISREG (info->st_mode))
    return _ ("it is a device or pipe, name a regular file");
  /* rename () ignores the file's own permissions, but a read-only file is meant
   * to stay. */
  if (faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
    return nn_error_describe (errno);
  return NULL;
}

/* @mode: (out): its st_mode; 0 if it does not exist
 *
 * Returns: (transfer full) (nullable): the file that writing to @path would change: a
 *   link's target, so that the link stays one
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
    obstacle = _ ("it links to a file that does not exist, remove the link");
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
      reason =
          g_strdup_printf (_ ("there is no folder %s, create it first"), folder_name);
    else
      reason = g_strdup_printf (_ ("cannot create a file in %s: %s"), folder_name,
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
 * @path: of the target. An existing file keeps its permissions; of a link, the file that
 *   it points to is replaced
 *
 * Refuses at once what could not be committed.
 *
 * Returns: (transfer full) (nullable): NULL if the folder is missing or not writable, the
 *   file is read-only or not a regular file (NN_ERROR_FILE)
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
 * @fd: taken over: of a pipe, a terminal, or whatever standard output is
 * @name: for messages
 *
 * For a target that cannot be replaced: writes take effect immediately or when a buffer
 * is full, at the latest at nn_atomic_file_commit (), which closes @fd.
 *
 * Returns: (transfer full) (nullable)
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
 * Appends to a buffer: a full disk may be reported by a later call, at the latest by
 * nn_atomic_file_commit (). After a failure, all further calls fail.
 *
 * Returns: FALSE if it cannot be written (NN_ERROR_FILE)
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
 * Returns: the temporary file, for a caller that reads and writes at any offset and
 *   does not use nn_atomic_file_write (); owned by @self and closed by
 *   nn_atomic_file_commit ()
 */
int
nn_atomic_file_get_fd (const NnAtomicFile *self)
{
  return fileno (self->stream);
}

/* To be called after the temporary file was renamed or removed. */
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
 * Replaces the target by what was written. On failure the temporary file is removed and
 * the target is unchanged. Either way @self can then only be freed.
 *
 * Returns: FALSE if a write or the renaming failed (NN_ERROR_FILE)
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
