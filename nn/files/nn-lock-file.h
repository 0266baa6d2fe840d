/* nn-lock-file.h - one writer at a time for a file that is read, changed and replaced
 *
 * SPDX-License-Identifier: MIT
 *
 * The lock is on a file beside it, as the file itself is replaced with each change. It
 * ends with its process, so a crash leaves nothing to be mended. On file systems without
 * locks there is none: there the last writer wins.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnLockFile NnLockFile;

NnLockFile *nn_lock_file_take (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void nn_lock_file_release (NnLockFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnLockFile, nn_lock_file_release)

G_END_DECLS
