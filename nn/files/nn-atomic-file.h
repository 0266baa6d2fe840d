/* nn-atomic-file.h - replaces a file atomically
 *
 * SPDX-License-Identifier: MIT
 *
 * Writes go to a temporary file with a hidden name in the same folder, which commit
 * renames to the target: at any time that is the complete old file or the complete new
 * one. Freed without a commit, nothing is left behind; temporary files of processes that
 * were killed are removed (nn-temporary.h).
 *
 * A stream, such as standard output, is written to directly. One owner, one thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnAtomicFile NnAtomicFile;

NnAtomicFile *
nn_atomic_file_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnAtomicFile *nn_atomic_file_new_stream (int fd,
                                         const char *name,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean nn_atomic_file_write (NnAtomicFile *self,
                               const void *bytes,
                               gsize n_bytes,
                               GError **error);
int nn_atomic_file_get_fd (const NnAtomicFile *self);
gboolean nn_atomic_file_commit (NnAtomicFile *self, GError **error);
void nn_atomic_file_free (NnAtomicFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAtomicFile, nn_atomic_file_free)

G_END_DECLS
