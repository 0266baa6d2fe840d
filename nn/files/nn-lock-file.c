/* nn-lock-file.c - serialises processes that read, change and replace a file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-lock-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* A process holds the lock for milliseconds, unless it was suspended. */
#define LONGEST_WAIT_US (2 * G_USEC_PER_SEC)
#define INTERVAL_US     1000

struct _NnLockFile {
  int fd; /* -1: there is no lock */
};

/**
 * nn_lock_file_take:
 * @path: of the file to be changed; the lock is on @path.lock
 *
 * Waits for other processes, but at most two seconds, as one may have been suspended
 * while it holds the lock.
 *
 * Returns: (transfer full): never NULL; without a lock if that is impossible
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
 * The lock's file stays: if it were removed, two processes could hold locks on different
 * files of that name.
 */
void
nn_lock_file_release (NnLockFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
