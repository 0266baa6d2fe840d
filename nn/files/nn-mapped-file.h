/* nn-mapped-file.h - a memory-mapped file
 *
 * SPDX-License-Identifier: MIT
 *
 * The mapping is for headers and other small parts. Large parts should be read by
 * nn_mapped_file_read (), as touching the mapping after another program has truncated the
 * file raises SIGBUS. One owner; read from any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *path; /* (owned) as the user wrote it, for messages */
  int fd;     /* (owned) */
  guint64 size;
  gboolean is_sparse; /* it has holes, which take no space on disk */
  GBytes *bytes;      /* (owned) the whole mapping */
} NnMappedFile;

/* Returns: FALSE to stop, with @error set */
typedef gboolean (*NnMappedFileFunc) (gpointer data,
                                      const guint8 *bytes,
                                      gsize n_bytes,
                                      GError **error);

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
gboolean nn_mapped_file_read_pieces (const NnMappedFile *self,
                                     guint64 begin,
                                     guint64 end,
                                     NnMappedFileFunc func,
                                     gpointer data,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnMappedFile, nn_mapped_file_free)

G_END_DECLS
