/* nudge-paths.h - where the program's other files are
 *
 * SPDX-License-Identifier: MIT
 *
 * Everything is found from the folder of the running program, links resolved. If the file
 * nudge-uninstalled is there, this is a build folder, wherever it was moved to: the file
 * names the source's resources/, which must be where it was; what is compiled is in the
 * build folder. Else the program is installed, under a prefix that may have been moved.
 *
 * Nothing is computed before it is asked, and nothing is kept. Any thread may ask.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nudge_paths_dup_program (const char *name, GError **error);
char *nudge_paths_dup_data (const char *name);

G_END_DECLS
