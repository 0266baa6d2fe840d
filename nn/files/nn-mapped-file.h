/* nn-mapped-file.h - a file that stays on disk, for reading parts of it
 *
 * SPDX-License-Identifier: MIT
 *
 * Its bytes are mapped, which takes no memory by itself: meant for its head and other
 * small parts. Much of it is read by nn_mapped_file_read (), which survives that another
 * program cuts the file short. One owner; read from any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *path; /* (owned) as the user wrote it, for messages */
  int fd;     /* (owned) */
  guint64 size;
  gboolean is_sparse; /* parts of it take no space on disk */
  GBytes *bytes;      /* (owned) all of it */
} NnMappedFile;

NnMappedFile *
nn_mapped_file_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnMappedFile *
nn_mapped_file_new (const char *path, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void nn_mapped_file_free (NnMappedFile *self);

gboolean
nn_mapped_file_find (const NnMappedFile *self, gconstpointer bytes, guint64 *offset);
gboolean nn_mapped_file_read (const NnMappedFile *self,
                              guint64 offset,
                              gpointer bytes,
                              gsize n_bytes,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnMappedFile, nn_mapped_file_free)

G_END_DECLS
