/* nn-memory.h - how much memory there is for this process
 *
 * SPDX-License-Identifier: MIT
 *
 * What the machine, a control group (a container's or a session's) and the process's own
 * limits leave. It is an estimate: others take and give back memory all the time.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint64 nn_memory_get_available (void);
guint64 nn_memory_get_available_under (const char *root);

G_END_DECLS
