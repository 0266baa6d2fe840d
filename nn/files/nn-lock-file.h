/* nn-lock-file.h - serialises processes that read, change and replace a file
 *
 * SPDX-License-Identifier: MIT
 *
 * The lock (flock) is on a second file, as the file itself is replaced by each change. It
 * is released when its process ends, even by a crash. On file systems without locks
 * nothing is locked, and the last writer wins.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnLockFile NnLockFile;

NnLockFile *nn_lock_file_take (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void nn_lock_file_release (NnLockFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLockFile, nn_lock_file_release)

G_END_DECLS
