/* try-store.h - what any bytes must do when they are arrays that stay on disk
 *
 * SPDX-License-Identifier: MIT
 *
 * Each returns whether the bytes were accepted.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_store (const void *bytes, gsize size);

G_END_DECLS
