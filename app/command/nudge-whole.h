/* nudge-whole.h - whole numbers that are typed behind an option
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Steps of a run, and so the last one that can be asked about. */
#define NUDGE_MOST_STEPS G_GUINT64_CONSTANT (1000000000000)

gboolean nudge_whole_parse (const char *option,
                            const char *text,
                            guint64 most,
                            guint64 *number,
                            GError **error);

G_END_DECLS
