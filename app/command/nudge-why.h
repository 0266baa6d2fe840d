/* nudge-why.h - the command `nudge why`: why did the loss jump?
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nudge_why (char *argv[]);

G_END_DECLS
