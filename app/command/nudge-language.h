/* nudge-language.h - the language that the program speaks
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void nudge_language_start (void);

G_END_DECLS
