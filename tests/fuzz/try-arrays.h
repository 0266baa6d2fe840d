/* try-arrays.h - what any bytes must do when they are read as named arrays
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean try_arrays_csv (const void *bytes, gsize size);
gboolean try_json (const void *bytes, gsize size);
gboolean try_npy (const void *bytes, gsize size);
gboolean try_npz (const void *bytes, gsize size);
gboolean try_safetensors (const void *bytes, gsize size);

G_END_DECLS
