/* nudge-list.h - the command `nudge list`: the names that there are
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_list (int argc, char *argv[]);

G_END_DECLS
