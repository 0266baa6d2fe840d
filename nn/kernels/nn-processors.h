/* nn-processors.h - how many processors this process may use
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint nn_processors_count (void);
guint nn_processors_read_limit (const char *cgroups, const char *root);

G_END_DECLS
