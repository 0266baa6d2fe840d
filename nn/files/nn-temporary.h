/* nn-temporary.h - temporary files, and the removal of stale ones
 *
 * SPDX-License-Identifier: MIT
 *
 * A temporary file has a hidden name, ".nudge-unfinished-XXXXXX", in the folder of its
 * target, and is locked (flock) while its process is alive. One that is not locked is
 * stale: its process was killed, on this machine or, in a network folder, on another.
 * Any thread.
 *
 * A process keeps a list of its own, to remove them in a signal handler.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_temporary_create (const char *folder, int *fd) G_GNUC_WARN_UNUSED_RESULT;
void nn_temporary_free (char *path);
void nn_temporary_sweep (const char *folder);
void nn_temporary_remove_all (void);

G_END_DECLS
