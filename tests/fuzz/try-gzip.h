/* try-gzip.h - what any bytes must do when they are read as a gzip file
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_gzip (const void *bytes, gsize size);

G_END_DECLS
