/* try-csv.h - what any bytes must do when they are read as a table of text
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_csv (const void *bytes, gsize size);

G_END_DECLS
