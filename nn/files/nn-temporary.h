/* nn-temporary.h - temporary files, and what programs that were killed left of them
 *
 * SPDX-License-Identifier: MIT
 *
 * A hidden name that says what it is, ".nudge-unfinished-XXXXXX", in the folder of the
 * file that it will be. As long as its process is alive the file is locked (flock): one
 * that is not locked was left by a process that is gone, on this machine or, on a network
 * folder, another one. Any thread.
 *
 * A process knows its own, so that it can remove them when a signal ends it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nn_temporary_create (const char *folder, int *fd) G_GNUC_WARN_UNUSED_RESULT;
void nn_temporary_free (char *path);
void nn_temporary_sweep (const char *folder);
void nn_temporary_remove_all (void);

G_END_DECLS
