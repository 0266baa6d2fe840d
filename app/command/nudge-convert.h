/* nudge-convert.h - the command `nudge convert`: arrays from one format to another
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_convert (int argc, char *argv[]);

G_END_DECLS
