/* nudge-info.h - the command `nudge info`: what a file holds
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_info (int argc, char *argv[]);

G_END_DECLS
