/* try-idx.h - what any bytes must do when they are read as an array in MNIST's format
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_idx (const void *bytes, gsize size);

G_END_DECLS
