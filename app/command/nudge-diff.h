/* nudge-diff.h - the command `nudge diff`: what differs between two files
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_diff (char *argv[]);

G_END_DECLS
