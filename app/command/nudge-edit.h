/* nudge-edit.h - the command `nudge edit`: nudges of the arrays in a file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_edit (char *argv[]);

G_END_DECLS
