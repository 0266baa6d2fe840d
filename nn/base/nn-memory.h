/* nn-memory.h - how much memory this process may still allocate
 *
 * SPDX-License-Identifier: MIT
 *
 * The least of what the machine (/proc/meminfo), the control groups (of a container or a
 * login session) and the process's resource limits leave. Asked before a large
 * allocation, so that a file too large for memory is an error and not the end of the
 * process. It is an estimate: other processes allocate and free all the time. Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For messages, which give sizes in MiB. */
#define NN_MEBI (1024 * 1024)

guint64 nn_memory_get_available (void);
guint64 nn_memory_get_available_under (const char *root);
char *nn_memory_dup_size (guint64 n_bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
