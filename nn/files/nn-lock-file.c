/* nn-lock-file.c - one writer at a time for a file that is read, changed and replaced
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-lock-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* Others have the lock for milliseconds, unless they were stopped. */
#define LONGEST_WAIT_US (2 * G_USEC_PER_SEC)
#define INTERVAL_US     1000

struct _NnLockFile {
  int fd; /* -1: there is no lock */
};

/**
 * nn_lock_file_take:
 * @path: the file that is to be changed; the lock is @path.lock
 *
 * Waits for others, but not for ever: a process may have been stopped while it has the lock.
 *
 * Returns: (transfer full): never NULL: if there can be no lock, it locks nothing
 */
NnLockFile *
nn_lock_file_take (const char *path)
{
  NnLockFile *self = g_new (NnLockFile, 1);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  self->fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  for (gint64 waited = 0; self->fd >= 0 && waited < LONGEST_WAIT_US;
       waited += INTERVAL_US) {
    if (flock (self->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
      break;
    g_usleep (INTERVAL_US);
  }
  return self;
}

/**
 * nn_lock_file_release:
 *
 * The file of the lock stays: removed, it could be locked twice.
 */
void
nn_lock_file_release (NnLockFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
