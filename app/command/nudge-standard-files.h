/* nudge-standard-files.h - standard input, output and error that are closed or full
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nudge_standard_files_open (void);
gboolean nudge_standard_files_flush (GError **error);

G_END_DECLS
