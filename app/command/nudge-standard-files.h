/* nudge-standard-files.h - standard input, output and error, when they are not as they should be
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nudge_standard_files_open (void);
gboolean nudge_standard_files_flush (GError **error);

G_END_DECLS
