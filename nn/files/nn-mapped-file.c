/* nn-mapped-file.c - a memory-mapped file
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/files/nn-mapped-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nn/base/nn-error.h"
#include "nn/files/nn-path.h"

#define DISK_BLOCK 512           /* bytes: the unit of st_blocks */
#define PIECE      (1024 * 1024) /* bytes read at a time */

static void
refuse (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = nn_path_dup_display_name (path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("cannot read %s: %s"), name, reason);
}

typedef struct {
  gpointer start;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->start, mapping->size);
  g_free (mapping);
}

static GBytes *
map (int fd, gsize size)
{
  gpointer start;
  Mapping *mapping;

  if (size == 0)
    return g_bytes_new (NULL, 0);
  start = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (start == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ start, size };
  return g_bytes_new_with_free_func (start, size, unmap, mapping);
}

/**
 * nn_mapped_file_new:
 * @path: for messages
 * @fd: (transfer full): open for reading; closed on failure, too
 *
 * Returns: (transfer full) (nullable): NULL if it is not a regular file, or cannot be
 *   mapped (NN_ERROR_FILE)
 */
NnMappedFile *
nn_mapped_file_new (const char *path, int fd, GError **error)
{
  g_autoptr (NnMappedFile) self = g_new0 (NnMappedFile, 1);
  struct stat info;

  self->path = g_strdup (path);
  self->fd = fd;
  if (fstat (fd, &info) != 0) {
    refuse (error, path, nn_error_describe (errno));
    return NULL;
  }
  if (!S_ISREG (info.st_mode)) {
    refuse (error, path,
            S_ISDIR (info.st_mode) ? _ ("it is a folder, name a file in it")
                                   : _ ("it is a device or pipe, name a file"));
    return NULL;
  }
  self->size = (guint64) info.st_size;
  self->is_sparse = (guint64) info.st_blocks * DISK_BLOCK < self->size;
  self->bytes = map (fd, self->size);
  if (self->bytes == NULL) {
    refuse (error, path, nn_error_describe (errno));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * nn_mapped_file_open:
 *
 * Returns: (transfer full) (nullable): NULL if the file cannot be read (NN_ERROR_FILE)
 */
NnMappedFile *
nn_mapped_file_open (const char *path, GError **error)
{
  const int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd >= 0)
    return nn_mapped_file_new (path, fd, error);
  refuse (error, path, nn_error_describe (errno));
  return NULL;
}

void
nn_mapped_file_free (NnMappedFile *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * nn_mapped_file_find:
 * @bytes: any address
 * @offset: (out): its offset in the file
 *
 * Returns: FALSE if the address is not in the mapping
 */
gboolean
nn_mapped_file_find (const NnMappedFile *self, gconstpointer bytes, guint64 *offset)
{
  const guint8 *start = g_bytes_get_data (self->bytes, NULL);
  const guintptr distance = (guintptr) bytes - (guintptr) start;

  if (start == NULL || (guintptr) bytes < (guintptr) start || distance > self->size)
    return FALSE;
  *offset = distance;
  return TRUE;
}

/**
 * nn_mapped_file_read:
 * @bytes: (out) (array length=n_bytes): from @offset on
 *
 * Returns: FALSE if they cannot be read, or the file was truncated (NN_ERROR_FILE)
 */
gboolean
nn_mapped_file_read (const NnMappedFile *self,
                     guint64 offset,
                     gpointer bytes,
                     gsize n_bytes,
                     GError **error)
{
  for (gsize done = 0; done < n_bytes;) {
    const ssize_t n = pread (self->fd, (guint8 *) bytes + done, n_bytes - done,
                             (off_t) (offset + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      refuse (error, self->path,
              n < 0 ? nn_error_describe (errno) : _ ("it was cut short meanwhile"));
      return FALSE;
    }
    done += (gsize) n;
  }
  return TRUE;
}

/**
 * nn_mapped_file_read_pieces:
 * @begin: offset of the first byte
 * @end: offset after the last byte
 * @func: called with each piece, in order
 * @data: for @func
 *
 * Returns: FALSE as nn_mapped_file_read (), or if @func does
 */
gboolean
nn_mapped_file_read_pieces (const NnMappedFile *self,
                            guint64 begin,
                            guint64 end,
                            NnMappedFileFunc func,
                            gpointer data,
                            GError **error)
{
  g_autofree guint8 *bytes = g_malloc (PIECE);

  while (begin < end) {
    const gsize n = (gsize) MIN (end - begin, PIECE);

    if (!nn_mapped_file_read (self, begin, bytes, n, error) ||
        !func (data, bytes, n, error))
      return FALSE;
    begin += n;
  }
  return TRUE;
}
