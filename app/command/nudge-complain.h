/* nudge-complain.h - what went wrong, as one line on standard error
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nudge_complain (const char *what, const char *why);

G_END_DECLS
