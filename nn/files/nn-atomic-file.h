/* nn-atomic-file.h - a file that takes effect as a whole, or not at all
 *
 * SPDX-License-Identifier: MIT
 *
 * Writes go to a temporary file with a hidden name in the same folder. A commit renames
 * it, which replaces the wanted file in one move; freed without a commit, it leaves
 * nothing behind. What processes that were killed left in the folder is removed. So the
 * wanted file is the old one or the whole new one at any time.
 *
 * A stream, such as standard output, is written into as it comes. One owner, one thread.
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
